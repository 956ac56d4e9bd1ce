// One-key commands, as on the card that `?` shows. Never while somebody types, never with Ctrl, Alt or Meta.
import { isBeside, showBeside } from "./peek.js";
import { linkOf, rows, standOn, standing } from "./rows.js";

/** @param {number} step */
function walk(step) {
  const all = rows();
  if (!all.length) return;
  const now = standing();
  const next = now ? all.indexOf(now) + step : step > 0 ? 0 : all.length - 1;
  const row = all[Math.max(0, Math.min(all.length - 1, next))];
  standOn(row);
  const link = linkOf(row);
  if (link) link.focus({ preventScroll: true });
  if (isBeside()) showBeside(row);
}

function toggleRow() {
  const row = standing();
  const box = row && row.querySelector(".k-pick input");
  if (box instanceof HTMLInputElement) box.click();
}

function openRow() {
  const row = standing();
  const link = row && linkOf(row);
  if (link) location.assign(link.href);
}

function find() {
  const field = document.querySelector('.find input[type="search"]');
  if (field instanceof HTMLInputElement) field.focus();
}

function toggleCard() {
  const card = document.getElementById("keys");
  if (!card) return;
  card.hidden = !card.hidden;
  if (!card.hidden) card.focus();
}

/** @type {Record<string, () => void>} */
const COMMANDS = { "/": find, j: () => walk(1), k: () => walk(-1), x: toggleRow, "?": toggleCard, Enter: openRow };

/** @param {KeyboardEvent} event */
function onKey(event) {
  const at = event.target instanceof Element ? event.target : document.body;
  const card = document.getElementById("keys");
  if (event.key === "Escape" && card && !card.hidden) card.hidden = true;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !COMMANDS[event.key]) return;
  if (at.matches("textarea, select, input:not([type=checkbox]), [contenteditable]")) return;
  if (event.key === "Enter" && !at.matches("body, tr[data-row] a.t, .k-pick input")) return; // a button keeps its own Enter
  if (event.key !== "Enter" || standing() || at.matches(".k-pick input")) event.preventDefault(); // Enter in a box sends no form
  if (event.key === "Enter" && !standing()) return;
  COMMANDS[event.key]();
}

export function listenToKeys() {
  document.addEventListener("keydown", onKey);
  document.querySelectorAll("[data-keys]").forEach((button) => {
    if (button instanceof HTMLElement) button.hidden = false;
    button.addEventListener("click", toggleCard);
  });
}
