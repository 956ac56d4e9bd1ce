// Drop-down menus are <details class="menu|chip">: they open without scripts. Here they also close: by Esc, by a click
// elsewhere, when another opens. The rail of a phone, opened by its anchor, closes by Esc too.

const MENUS = "details.menu, details.chip, details.how, details.insp-menu";

/** Close every open menu that does not hold `kept`. @param {Node | null} kept */
function closeOthers(kept) {
  document.querySelectorAll(MENUS).forEach((menu) => {
    if (menu instanceof HTMLDetailsElement && menu.open && !(kept && menu.contains(kept))) menu.open = false;
  });
}

/** @param {KeyboardEvent} event */
function onEscape(event) {
  if (event.key !== "Escape") return;
  const at = document.activeElement;
  const menu = at && at.closest(MENUS);
  if (menu instanceof HTMLDetailsElement && menu.open) {
    menu.open = false;
    const summary = menu.querySelector("summary");
    if (summary) summary.focus();
  } else {
    closeOthers(null);
  }
  if (location.hash === "#rail") location.hash = "#main";
}

export function closeMenusElsewhere() {
  document.addEventListener("click", (event) => closeOthers(/** @type {Node} */ (event.target)));
  document.addEventListener("focusin", (event) => closeOthers(/** @type {Node} */ (event.target)));
  document.addEventListener("keydown", onEscape);
}
