/** The form that leads from chosen entries to their comparison. */

import { all, one } from "./dom.js";

/**
 * Return the address that compares these entries: two have their own page, more are columns of a matrix. One alone has
 * none, which is the empty string.
 * @param {readonly string[]} ids
 * @param {string} root leads to the root of the site
 * @param {string} kind whose matrix is meant
 * @returns {string}
 */
export function comparisonAddress(ids, root, kind) {
  const sorted = [...ids].sort();
  if (sorted.length < 2) return "";
  if (sorted.length === 2) return `${root}compare/${sorted[0]}-vs-${sorted[1]}/`;
  return `${root}matrix/${kind}/?show=${sorted.join(",")}`;
}

/**
 * Return what the form says when so many entries are chosen.
 * @param {number} count
 * @returns {string}
 */
export function pickerMessage(count) {
  if (count < 2) return "Choose at least two.";
  return count === 2 ? "Two entries open their own page." : `${count} entries open side by side in the matrix.`;
}

/**
 * Let the form lead to the comparison; an address that names entries, as the form alone writes it, leads on at once.
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

  const asked = parameters.getAll("e");
  if (!asked.length) return;
  for (const box of boxes) box.checked = asked.includes(box.value);
  if (target()) location.replace(target());
}
