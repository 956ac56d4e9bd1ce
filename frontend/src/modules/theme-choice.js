// Light, dark or the system's choice, kept in this browser only.

/** @typedef {"light" | "dark" | "system"} Choice */

const KEY = "bihuan-theme";
const dark = window.matchMedia("(prefers-color-scheme: dark)");

/** @returns {Choice} */
function chosen() {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : "system";
  } catch {
    return "system"; // storage may be forbidden: then the system decides
  }
}

/** Put the theme in force on <html>, now and whenever the system changes between day and night. */
export function keepTheme() {
  applyTheme();
  dark.addEventListener("change", applyTheme);
}

function applyTheme() {
  const choice = chosen();
  document.documentElement.dataset.theme = choice === "system" ? (dark.matches ? "dark" : "light") : choice;
}

/** Show the three buttons and let them choose. */
export function offerThemes() {
  const box = document.querySelector("[data-theme-choice]");
  if (!(box instanceof HTMLElement)) return;
  box.hidden = false;
  const buttons = [...box.querySelectorAll("button")];
  const mark = () => buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.value === chosen())));
  box.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (!button) return;
    try {
      localStorage.setItem(KEY, button.value);
    } catch {
      document.documentElement.dataset.theme = button.value;
    }
    applyTheme();
    mark();
  });
  mark();
}
