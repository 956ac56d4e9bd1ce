// The rows of the ledger on this page, and the one the keyboard stands on.

/** @returns {HTMLTableRowElement[]} */
export function rows() {
  return [...document.querySelectorAll("tr[data-row]")].filter((row) => row instanceof HTMLTableRowElement);
}

/** @returns {HTMLTableRowElement | undefined} */
export function standing() {
  return rows().find((row) => row.classList.contains("open")) || rows().find((row) => row.classList.contains("at"));
}

/** Stand on a row and bring it into sight. @param {HTMLTableRowElement} row */
export function standOn(row) {
  rows().forEach((other) => other.classList.toggle("at", other === row));
  row.scrollIntoView({ block: "nearest" });
}

/** The link that opens a row. @param {HTMLTableRowElement} row @returns {HTMLAnchorElement | null} */
export function linkOf(row) {
  return row.querySelector("a.t");
}
