// The selection bar of a ledger: how many rows are chosen, which, and why an act cannot be done to some of them.
// Without scripts the bar stands open under the list and the server answers the same refusals.

/** Which rows an act is refused to, and why: 第4项、第11项 措施未全部确认. @param {string} act @param {HTMLTableRowElement[]} chosen */
function refusals(act, chosen) {
  /** @type {Map<string, string[]>} */
  const byReason = new Map();
  chosen.forEach((row) => {
    const reason = row.getAttribute(`data-no-${act}`);
    if (reason) byReason.set(reason, [...(byReason.get(reason) || []), row.dataset.name || ""]);
  });
  return [...byReason].map(([reason, names]) => `${names.join("、")} ${reason}`);
}

/** @param {HTMLFormElement} bar @param {HTMLTableRowElement[]} chosen */
function greyActs(bar, chosen) {
  const why = bar.querySelector("[data-why]");
  /** @type {string[]} */
  const reasons = [];
  bar.querySelectorAll("button[name=act]").forEach((button) => {
    if (!(button instanceof HTMLButtonElement)) return;
    const refused = refusals(button.value, chosen);
    button.setAttribute("aria-disabled", String(refused.length > 0));
    if (refused.length) reasons.push(`不能${button.textContent || ""}：${refused.slice(0, 3).join("；")}`);
  });
  if (why) why.textContent = reasons.join("。");
}

/** @param {HTMLFormElement} bar */
function show(bar) {
  const boxes = [...document.querySelectorAll(`input[name=row][form="${bar.id}"]`)].filter((box) => box instanceof HTMLInputElement);
  /** @type {HTMLTableRowElement[]} */
  const chosen = [];
  boxes.forEach((box) => {
    const row = box.closest("tr");
    if (!row) return;
    row.setAttribute("aria-selected", String(box.checked));
    if (box.checked) chosen.push(row);
  });
  bar.hidden = chosen.length === 0;
  const count = bar.querySelector("[data-count]");
  const which = bar.querySelector("[data-which]");
  if (count instanceof HTMLElement) count.textContent = `已选 ${chosen.length} ${count.dataset.count}`;
  if (which) which.textContent = chosen.map((row) => row.dataset.name).join("、");
  greyActs(bar, chosen);
}

export function countSelection() {
  const bar = document.getElementById("selection");
  if (!(bar instanceof HTMLFormElement)) return;
  const all = document.querySelector("[data-pick-all]");
  const boxes = () => [...document.querySelectorAll(`input[name=row][form="${bar.id}"]`)];
  /** @param {boolean} on */
  const pickAll = (on) => boxes().forEach((box) => box instanceof HTMLInputElement && (box.checked = on));
  if (all instanceof HTMLInputElement) {
    all.hidden = false;
    all.addEventListener("change", () => pickAll(all.checked));
  }
  bar.addEventListener("click", (event) => {
    const at = /** @type {Element} */ (event.target);
    if (at.closest("[aria-disabled=true]")) event.preventDefault();
    if (at.closest("[data-pick-none]")) {
      pickAll(false);
      if (all instanceof HTMLInputElement) all.checked = false;
      show(bar);
    }
  });
  document.addEventListener("change", () => show(bar));
  show(bar);
}
