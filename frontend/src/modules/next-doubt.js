// After an answer was taken and the part swapped, the keyboard stands on the next open question, not at the page's top.

export function goToNextDoubt() {
  document.addEventListener("htmx:after:swap", () => {
    const open = [...document.querySelectorAll(".doubt")].find((doubt) => !doubt.querySelector(".k.done"));
    const next = open ? open.querySelector("button") : document.querySelector("#understood h2");
    if (!(next instanceof HTMLElement)) return;
    if (!open) next.tabIndex = -1;
    next.focus({ preventScroll: false });
  });
}
