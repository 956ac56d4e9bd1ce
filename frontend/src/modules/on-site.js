// On the spot: the position that the phone measures, and a name drawn on the glass. A page without either is untouched.

/** @param {HTMLFormElement} form */
function measure(form) {
  const place = form.querySelector("[data-where]");
  const [north, east] = ["latitude", "longitude"].map((name) => form.elements.namedItem(name));
  if (!place || !(north instanceof HTMLInputElement) || !(east instanceof HTMLInputElement)) return;
  if (!navigator.geolocation || !window.isSecureContext) return;
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    north.value = coords.latitude.toFixed(6);
    east.value = coords.longitude.toFixed(6);
    place.textContent = `定位 ${north.value}, ${east.value}（WGS-84，误差约 ${Math.round(coords.accuracy)} 米）`;
    if (place instanceof HTMLElement) place.hidden = false;
  });
}

/** @param {HTMLFormElement} form */
function sign(form) {
  const box = form.querySelector("[data-sign]");
  const glass = box && box.querySelector("canvas");
  const drawn = form.elements.namedItem("signature");
  const pen = glass && glass.getContext("2d");
  if (!(box instanceof HTMLElement) || !glass || !pen || !(drawn instanceof HTMLInputElement)) return;
  box.hidden = false;
  const clean = () => {
    pen.fillStyle = "white"; // as paper, in whatever look the page is drawn
    pen.fillRect(0, 0, glass.width, glass.height);
  };
  clean();
  pen.strokeStyle = "black";
  pen.lineWidth = 4;
  pen.lineCap = "round";
  let down = false;
  const at = (/** @type {PointerEvent} */ event) => {
    const edge = glass.getBoundingClientRect();
    return /** @type {const} */ ([
      ((event.clientX - edge.left) / edge.width) * glass.width,
      ((event.clientY - edge.top) / edge.height) * glass.height,
    ]);
  };
  glass.addEventListener("pointerdown", (event) => {
    down = true;
    glass.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  glass.addEventListener("pointermove", (event) => {
    if (!down) return;
    pen.lineTo(...at(event));
    pen.stroke();
  });
  glass.addEventListener("pointerup", () => {
    down = false;
    drawn.value = glass.toDataURL("image/png");
  });
  const anew = box.querySelector("button");
  if (anew) {
    anew.addEventListener("click", () => {
      clean();
      drawn.value = "";
    });
  }
}

export function workOnSite() {
  const form = document.querySelector("form.check");
  if (!(form instanceof HTMLFormElement)) return;
  measure(form);
  sign(form);
}
