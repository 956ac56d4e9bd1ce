// A picture that was copied is pasted into the choice of files, beside those that are there.

export function takePasted() {
  const input = document.querySelector("input[type=file][multiple]");
  if (!(input instanceof HTMLInputElement)) return;
  document.addEventListener("paste", (event) => {
    const pasted = event.clipboardData ? [...event.clipboardData.files] : [];
    if (!pasted.length) return;
    const together = new DataTransfer();
    [...(input.files || []), ...pasted].forEach((file) => together.items.add(file));
    input.files = together.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    event.preventDefault();
  });
}
