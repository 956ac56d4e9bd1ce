// Before and after: a slider moves the cut between two photographs. Without scripts it stands in the middle.

export function slidePairs() {
  document.querySelectorAll(".pair input[type=range]").forEach((range) => {
    const pair = range.closest(".pair");
    const after = pair && pair.querySelector(".after img");
    const cut = pair && pair.querySelector(".cut");
    if (!(range instanceof HTMLInputElement) || !(after instanceof HTMLElement) || !(cut instanceof HTMLElement)) return;
    range.hidden = false;
    range.addEventListener("input", () => {
      const at = `${range.value}%`;
      after.style.clipPath = `polygon(${at} 0, 100% 0, 100% 100%, ${at} 100%)`;
      cut.style.left = at;
    });
  });
}
