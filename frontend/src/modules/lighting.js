// The import's preview: a field hovered or focused at the right lights its words at the left and brings them into sight;
// words clicked at the left bring their field. Without scripts the field's link jumps to the same words.

/** How far a stretch lies outside another. @param {number} first @param {number} last @param {number} from @param {number} to */
const outside = (first, last, from, to) => (first < from ? first - from : last > to ? Math.min(last - to, first - from) : 0);

/** Brings words into sight inside the paper; the page itself stays where it is under the hand. @param {Element} mark */
function bring(mark) {
  const [paper, table] = [mark.closest(".docscroll"), mark.closest(".scroll")];
  if (!paper) return;
  const [box, pane] = [mark.getBoundingClientRect(), paper.getBoundingClientRect()];
  paper.scrollTop += outside(box.top, box.bottom, Math.max(pane.top, 0) + 8, Math.min(pane.bottom, innerHeight) - 8);
  if (!table) return;
  const frame = table.getBoundingClientRect();
  table.scrollLeft += outside(box.left, box.right, frame.left, frame.right);
}

/** @param {string} id @param {boolean} on */
function light(id, on) {
  document.querySelectorAll(`mark[data-span="${CSS.escape(id)}"]`).forEach((mark, at) => {
    mark.classList.toggle("now", on);
    if (on && at === 0) bring(mark);
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
