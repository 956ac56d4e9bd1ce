// Passkeys: the browser makes one, or signs with one, and the answer is sent with the form. Where it cannot, the form says so
// and the six digits remain.
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from "@simplewebauthn/browser";

const ASK = { make: startRegistration, sign: startAuthentication };

/** @param {HTMLFormElement} form */
function listen(form) {
  const say = form.querySelector("[data-passkey-said]");
  const answer = /** @type {HTMLInputElement} */ (form.elements.namedItem("answer"));
  form.addEventListener("submit", async (event) => {
    if (answer.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say.textContent = "请按浏览器的提示做。";
    try {
      const options = JSON.parse(form.dataset.options);
      answer.value = JSON.stringify(await ASK[form.dataset.passkey]({ optionsJSON: options }));
      form.submit(); // which asks nobody again: the press itself was counted once
    } catch {
      say.textContent = "没有做成：可能取消了，或这台设备没有通行密钥。可以再试一次，或改用手机验证码。";
    }
  }, true);
}

export function askForPasskeys() {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (browserSupportsWebAuthn()) listen(/** @type {HTMLFormElement} */ (form));
    form.hidden = !browserSupportsWebAuthn();
  }
}
