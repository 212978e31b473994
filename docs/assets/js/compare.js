/** The form that leads from chosen entries to their comparison. */

import { all, one } from "./dom.js";

/** Entries that fit beside each other; more of them are columns of the matrix. */
const MOST_ENTRIES = 6;

/**
 * Return the address that compares these entries: two have their own page, up to six are shown side by side, more are
 * columns of a matrix. One alone has none, which is the empty string.
 * @param {readonly string[]} ids
 * @param {string} root leads to the root of the site
 * @param {string} kind whose matrix is meant
 * @returns {string}
 */
export function comparisonAddress(ids, root, kind) {
  const sorted = [...ids].sort();
  if (sorted.length < 2) return "";
  if (sorted.length === 2) return `${root}compare/${sorted[0]}-vs-${sorted[1]}/`;
  if (sorted.length <= MOST_ENTRIES) return `${root}compare/?e=${ids.join(",")}`;
  return `${root}matrix/${kind}/?show=${sorted.join(",")}`;
}

/**
 * Return what the form says when so many entries are chosen.
 * @param {number} count
 * @returns {string}
 */
export function pickerMessage(count) {
  if (count < 2) return "Choose at least two.";
  if (count === 2) return "Two entries open their own page.";
  return `${count} entries open side by side${count > MOST_ENTRIES ? " in the matrix" : ""}.`;
}

/**
 * Let the form lead to the comparison. An address as the form alone writes it, with a name for each entry, leads on at
 * once; on the page of comparisons only to a pair, for more are shown there.
 * @param {HTMLFormElement} form
 * @param {URLSearchParams} parameters of the address
 */
export function setUpPicker(form, parameters) {
  const status = one("[data-picker-status]", form);
  const root = (form.getAttribute("action") ?? "").replace(/compare\/$/, "");
  const boxes = all("input", form).filter((input) => input instanceof HTMLInputElement);
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const target = () => comparisonAddress(chosen(), root, form.dataset.picker ?? "");

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (target()) location.assign(target());
    else status.textContent = pickerMessage(chosen().length);
  });
  form.addEventListener("change", () => {
    status.textContent = pickerMessage(chosen().length);
  });

  const given = parameters.getAll("e");
  if (!given.length) return;
  const asked = given.flatMap((names) => names.split(","));
  for (const box of boxes) box.checked = asked.includes(box.value);
  const here = document.querySelector("[data-comparison]") !== null;
  const leads = here ? given.length > 1 && chosen().length === 2 : chosen().length > 1;
  if (leads) location.replace(target());
}
