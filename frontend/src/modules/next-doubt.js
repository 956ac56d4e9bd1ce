// After an answer was taken and the part swapped, the keyboard stands on the next open question, not at the page's top:
// on the one behind the question that was answered, so that a hard one can be passed over.

/** @param {Element | null} doubt */
const place = (doubt) => Number(doubt?.id.replace("doubt-", "") || 0);

export function goToNextDoubt() {
  let answered = 0;
  document.addEventListener("submit", (event) => {
    if (event.target instanceof Element && event.target.matches(".doubt")) answered = place(event.target);
  });
  document.addEventListener("htmx:after:swap", () => {
    const open = [...document.querySelectorAll(".doubt")].filter((doubt) => !doubt.querySelector(".k.done"));
    const doubt = open.find((one) => place(one) >= answered) || open[0];
    const waiting = doubt ? doubt.querySelector("button:not(.vh), summary") : document.querySelector("#understood h2");
    const next = document.querySelector(".doubt input.bad") || waiting; // words that were refused come first
    if (!(next instanceof HTMLElement)) return;
    if (!doubt) next.tabIndex = -1;
    next.focus({ preventScroll: false });
  });
}
