// A row of tabs that is wider than the screen opens where the current one stands, not at its beginning.

export function showCurrentTab() {
  document.querySelectorAll(".views > ul").forEach((tabs) => {
    const tab = tabs.querySelector("[aria-current]");
    if (!tab) return;
    const [box, frame] = [tab.getBoundingClientRect(), tabs.getBoundingClientRect()];
    if (box.right > frame.right) tabs.scrollLeft += box.left - frame.left - (frame.width - box.width) / 2;
  });
}
