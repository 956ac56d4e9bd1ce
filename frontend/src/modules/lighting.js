// The import's preview: a field hovered or focused at the right lights its words at the left and brings them into sight;
// words clicked at the left bring their field. Without scripts the field's link jumps to the same words.

/** @param {string} id @param {boolean} on */
function light(id, on) {
  document.querySelectorAll(`mark[data-span="${CSS.escape(id)}"]`).forEach((mark, at) => {
    mark.classList.toggle("now", on);
    if (on && at === 0) mark.scrollIntoView({ block: "nearest", behavior: "auto" });
  });
  document.querySelectorAll(`[data-lights="${CSS.escape(id)}"]`).forEach((field) => field.classList.toggle("on", on));
}

export function lightSources() {
  if (!document.querySelector(".docpane")) return;
  let lit = "";
  /** @param {Event} event */
  const follow = (event) => {
    const field = event.target instanceof Element && event.target.closest("[data-lights]");
    const id = field instanceof HTMLElement ? field.dataset.lights || "" : "";
    if (!id || id === lit) return;
    if (lit) light(lit, false);
    lit = id;
    light(id, true);
  };
  document.addEventListener("mouseover", follow);
  document.addEventListener("focusin", follow);
  document.addEventListener("click", (event) => {
    const mark = event.target instanceof Element && event.target.closest("mark[data-span]");
    const field = mark instanceof HTMLElement && document.querySelector(`[data-lights="${CSS.escape(mark.dataset.span || "")}"]`);
    if (!field) return;
    const record = field.closest("details");
    if (record) record.open = true;
    field.scrollIntoView({ block: "center" });
    field.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
  });
}
