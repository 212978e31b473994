/** The questions of the first page: each form leads straight to its answer. */

import { comparisonAddress } from "./compare.js";
import { all } from "./dom.js";

/** @typedef {{id: string, kind: string}} Chosen  what a field names: a use case or an entry, with its kind */

/**
 * Return the address that answers a question; the empty string where nothing is chosen yet.
 * @param {string} question `case`, `pair` or `entry`
 * @param {readonly Chosen[]} chosen
 * @param {string} root leads to the root of the site
 * @returns {string}
 */
export function answerAddress(question, chosen, root) {
  const [first] = chosen;
  if (!first?.id) return "";
  if (question === "case") return `${root}guide/${first.id}/`;
  if (question === "entry") return `${root}${first.kind}/${first.id}/#health`;
  const ids = new Set(chosen.map(({ id }) => id));
  return comparisonAddress([...ids], root, first.kind);
}

/**
 * Let the form lead to the answer. Two that are compared are of one kind: the second field follows the first.
 * @param {HTMLFormElement} form
 */
export function setUpQuestion(form) {
  const fields = all("select", form).filter((field) => field instanceof HTMLSelectElement);
  const root = form.dataset.root ?? "";
  const chosen = () => fields.map((field) => ({ id: field.value, kind: field.selectedOptions[0]?.dataset.kind ?? "" }));

  function follow() {
    const [first, second] = fields;
    if (!first || !second) return;
    const [{ id, kind } = { id: "", kind: "" }] = chosen();
    for (const option of second.options) option.disabled = option.dataset.kind !== kind || option.value === id;
    if (!second.selectedOptions[0]?.disabled) return;
    const next = [...second.options].find((option) => !option.disabled);
    if (next) second.value = next.value;
  }

  form.addEventListener("change", follow);
  form.addEventListener("submit", (event) => {
    const address = answerAddress(form.dataset.question ?? "", chosen(), root);
    if (!address) return;
    event.preventDefault();
    location.assign(address);
  });
  follow();
}
