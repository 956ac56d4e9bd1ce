// Two pictures of one place: the slider uncovers the one taken afterwards. Without it both stand side by side.

/** @param {HTMLElement} pair */
function slide(pair) {
  const range = pair.querySelector("input[type=range]");
  const after = pair.querySelector(".after");
  const cut = pair.querySelector(".cut");
  if (!(range instanceof HTMLInputElement) || !(after instanceof HTMLElement) || !(cut instanceof HTMLElement)) return;
  const show = () => {
    after.style.clipPath = `polygon(${range.value}% 0, 100% 0, 100% 100%, ${range.value}% 100%)`;
    cut.style.left = `${range.value}%`;
  };
  pair.classList.add("slides");
  range.hidden = false;
  range.addEventListener("input", show);
  show();
}

export function slidePairs() {
  document.querySelectorAll(".pair").forEach((pair) => {
    if (pair instanceof HTMLElement) slide(pair);
  });
}
