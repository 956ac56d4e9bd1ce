// A row opened beside the list on wide screens: the row's page is asked for its part named "peek" and shown at the right.
// A page that has no such part answers whole: then its first screen is taken out of it.
// Without scripts, on narrow screens, with Ctrl, or for a row already open, the link goes to the page itself.
import { linkOf, rows, standOn } from "./rows.js";

const wide = window.matchMedia("(min-width: 1181px)");
let waiting = 0;
/** @type {AbortController | null} */
let asking = null;

/** @returns {HTMLElement | null} */
function pane() {
  return document.getElementById("peek");
}

/** Whether the pane is open now. */
export function isBeside() {
  const box = pane();
  return Boolean(box && !box.hidden && wide.matches);
}

function close() {
  const box = pane();
  if (!box) return;
  box.hidden = true;
  if (box.parentElement) box.parentElement.classList.remove("beside");
  rows().forEach((row) => row.classList.remove("open"));
}

/** The first screen of a whole page: number, title, the answers, the next step. @param {string} html @param {string} url */
function firstScreen(html, url) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const part = document.createDocumentFragment();
  const top = document.createElement("div");
  top.className = "top small";
  top.innerHTML = '<a class="right">整页打开 <kbd>Enter</kbd></a><button class="btn quiet small-act" type="button" data-peek-close aria-label="关上旁边这一件">×</button>';
  /** @type {HTMLAnchorElement} */ (top.firstElementChild).href = url;
  part.append(top);
  page.querySelectorAll("#matter .mhead, #matter .answers, #matter .nextstep, #matter .quote").forEach((node) => {
    const title = node.querySelector("h1");
    if (title) {
      const heading = document.createElement("h2");
      heading.textContent = title.textContent;
      title.replaceWith(heading);
    }
    part.append(document.importNode(node, true));
  });
  return part.childNodes.length > 1 ? part : null;
}

/** @param {HTMLElement} box @param {string} url */
async function fill(box, url) {
  if (asking) asking.abort();
  asking = new AbortController();
  box.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { headers: { "HX-Request": "true", "HX-Target": "peek" }, signal: asking.signal });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const html = await answer.text();
    const whole = /^\s*<!doctype/i.test(html) ? firstScreen(html, url) : undefined;
    if (whole === null) throw new Error("nothing to show beside the list");
    if (whole) box.replaceChildren(whole);
    else box.innerHTML = html;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    location.assign(url); // the page itself says what is wrong
  } finally {
    box.removeAttribute("aria-busy");
  }
}

/** Open a row beside the list. Rows passed over quickly are not asked for. @param {HTMLTableRowElement} row */
export function showBeside(row) {
  const box = pane();
  const link = linkOf(row);
  if (!box || !link) return;
  rows().forEach((other) => other.classList.toggle("open", other === row));
  standOn(row);
  box.hidden = false;
  if (box.parentElement) box.parentElement.classList.add("beside");
  clearTimeout(waiting);
  waiting = window.setTimeout(() => fill(box, link.href), 80);
}

/** @param {MouseEvent} event */
function onClick(event) {
  const at = /** @type {Element} */ (event.target);
  if (at.closest("[data-peek-close]")) {
    close();
    return;
  }
  const link = at.closest("tr[data-row] a.t");
  const row = link && link.closest("tr");
  if (!row || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (event.detail === 0 || row.classList.contains("open")) return; // Enter on the link, or a second click: the page
  event.preventDefault();
  showBeside(row);
}

export function openBeside() {
  if (!pane()) return;
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", (event) => {
    const at = document.activeElement;
    if (event.key === "Escape" && isBeside() && !(at && at.closest("details[open]"))) close();
  });
}
