// A form is sent once: a second press while the answer is awaited does nothing. (The server holds the same by the form's
// own key; this only spares the person a refusal.) Greyed buttons never send.

/** @type {WeakSet<HTMLFormElement>} */
const sent = new WeakSet();

/** @param {SubmitEvent} event */
function onSubmit(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || (form.getAttribute("method") || "get").toLowerCase() !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  sent.add(form);
  if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
}

export function sendOnce() {
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("htmx:after:request", () => document.querySelectorAll("form").forEach((form) => sent.delete(form)));
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form").forEach((form) => sent.delete(form)); // back from the history: the form is live again
    document.querySelectorAll("button[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  });
  document.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).closest("button[aria-disabled=true]")) event.preventDefault();
  });
}
