// What is typed or chosen and not sent is kept by the server a few seconds later, or at once where the page is left or the phone put
// away, and put back when the page is opened again. Passwords, codes and files are never kept.
const WAIT = 3000;
const TYPED = "textarea, input[type=text], input[type=date], input[type=number], input[type=radio], input:not([type])";

/** @param {HTMLFormElement} form */
const fieldsOf = (form) =>
  [.../** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll(TYPED))].filter(
    (field) => field.name && !field.autocomplete.startsWith("one-time") && field.autocomplete !== "off",
  );

/** @param {HTMLInputElement} field */
const isNew = (field) => (field.type === "radio" ? field.checked && !field.defaultChecked : field.value !== field.defaultValue);

// A form is known by its first text field: "note-accept" is the opinion of one step and of no other.
/** @param {HTMLFormElement} form */
const nameOf = (form) => form.querySelector("textarea").id;

// What was sent when the session had just ended was kept with all its fields: it belongs where they all stand alike.
/** @param {HTMLFormElement} form @param {{form: string, fields: Record<string, string>}} draft */
const isOf = (form, draft) =>
  draft.form === nameOf(form) ||
  (draft.form === "" &&
    Object.entries(draft.fields).every(([name, text]) => {
      const field = /** @type {HTMLInputElement | null} */ (form.elements.namedItem(name));
      return field && (field.type !== "hidden" || field.value === text);
    }));

/** @param {HTMLFormElement} form */
function keep(form) {
  const typed = new URLSearchParams();
  for (const field of fieldsOf(form)) if (isNew(field)) typed.append(field.name, field.value);
  const token = /** @type {HTMLInputElement} */ (form.elements.namedItem("csrfmiddlewaretoken"));
  const body = new URLSearchParams({ path: location.pathname, form: nameOf(form), typed: String(typed), csrfmiddlewaretoken: token.value });
  fetch("/drafts/", { method: "POST", body, keepalive: true }).catch(() => {});
}

/** @param {HTMLFormElement} form @param {{fields: Record<string, string>, at: string}} draft */
function putBack(form, draft) {
  let count = 0;
  const fields = fieldsOf(form);
  const changed = new Set(fields.filter(isNew).map((field) => field.name));
  for (const field of fields) {
    const kept = draft.fields[field.name];
    if (kept === undefined || changed.has(field.name)) continue;
    if (field.type === "radio" && field.value !== kept) continue;
    if (field.type === "radio") field.checked = true;
    else field.value = kept;
    count += 1;
  }
  if (!count) return;
  const said = document.createElement("p");
  said.className = "told asked";
  said.setAttribute("role", "status");
  said.textContent = `已填回 ${draft.at} 填的、还没有交的内容。`;
  form.prepend(said);
  const details = form.closest("details");
  if (details) details.open = true;
}

export async function keepDrafts() {
  const forms = [.../** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("main form[method=post]"))].filter(
    (form) => form.elements.namedItem("csrfmiddlewaretoken") && !form.querySelector("input[type=password]") && form.querySelector("textarea"),
  );
  if (!forms.length) return;
  for (const form of forms) {
    let timer = 0;
    const stop = () => {
      clearTimeout(timer);
      timer = 0;
    };
    const keepNow = () => {
      stop();
      keep(form);
    };
    form.addEventListener("input", () => {
      stop();
      timer = window.setTimeout(keepNow, WAIT);
    });
    form.addEventListener("submit", stop);
    document.addEventListener("visibilitychange", () => {
      if (timer && document.visibilityState === "hidden") keepNow();
    });
  }
  const answer = await fetch(`/drafts/?path=${encodeURIComponent(location.pathname)}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  const { drafts } = await answer.json();
  for (const draft of drafts) {
    const form = forms.find((one) => isOf(one, draft));
    if (form) putBack(form, draft);
  }
}
