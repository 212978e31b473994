/** The table of a comparison: a column for each entry, what differs first. */

import { make } from "../dom.js";
import { spoken } from "../copies.js";
import { countOf } from "./answers.js";

/**
 * @typedef {import("./answers.js").Answers} Answers
 * @typedef {import("./answers.js").Cell} Cell
 * @typedef {import("./answers.js").Group} Group
 * @typedef {import("./answers.js").Part} Part
 * @typedef {import("./answers.js").Row} Row
 * @typedef {import("./choice.js").Known} Known
 */

/**
 * What a table shows, and where the site begins.
 * @typedef {object} Shown
 * @property {string} root
 * @property {string} kind
 * @property {readonly Known[]} entries
 * @property {readonly Answers[]} answers
 * @property {readonly Part[]} parts
 */

/**
 * Return a count with the word for it.
 * @param {number} count
 * @returns {string}
 */
export function criteria(count) {
  return count === 1 ? "1 criterion" : `${count} criteria`;
}

/**
 * Return the name of an entry as a link, with the status that is told.
 * @param {Known} entry
 * @param {string} address
 */
function entryLink({ name, tile, told }, address) {
  const sign = make("span", { class: "tile compact", "aria-hidden": "true" }, tile);
  const status = told ? [" ", make("span", { class: "status" }, told)] : [];
  return make("a", { class: "entry", href: address }, sign, make("bdi", {}, name), ...status);
}

/**
 * Return the link to the page that proves a fact, with the release and the day, or with why it is out of date.
 * @param {import("./answers.js").Fact} fact
 */
function evidence([, , , , , link, day, release, age]) {
  const sign = make("i", { "aria-hidden": "true" }, age ? "◔" : "◐");
  const when = make("span", {}, age ? `· documented ${release} ${day}` : `· ${day}`);
  const said = age ? [make("b", {}, sign, ` ${age}`)] : [make("b", {}, sign, " documented"), release && ` ${release}`];
  return make("a", { class: age ? "evidence old" : "evidence", href: link }, ...said, " ", when);
}

/**
 * Return what stands in a cell.
 * @param {Cell} cell
 * @param {string} address  of the rating of the entry
 * @returns {(Node | string)[]}
 */
function content(cell, address) {
  if ("missing" in cell) {
    return [make("span", { class: "value muted" }, make("i", { "aria-hidden": "true" }, "·"), cell.missing)];
  }
  if ("rating" in cell) {
    const bar = make("span", { class: "bar", "aria-hidden": "true" });
    bar.style.setProperty("--x", cell.rating);
    return [make("a", { class: "quiet", href: address }, bar, make("b", { class: "number" }, cell.rating))];
  }
  const [, label, symbol, tone, note] = cell.fact;
  const sign = symbol ? [make("i", { "aria-hidden": "true" }, symbol), label] : [make("bdi", {}, label)];
  const value = make("span", { class: `value ${tone}` }, ...sign);
  const said = note ? [make("span", { class: "note", dir: "auto" }, note)] : [];
  return [value, ...said, evidence(cell.fact)];
}

/**
 * Return the row of a criterion or a rating.
 * @param {Row} row
 * @param {Shown} shown
 */
function rowOf(row, { root, kind, entries, answers }) {
  const address = row.rating ? `${root}matrix/ratings/` : `${root}${kind}/by/${row.id}/`;
  const here = { class: "here", href: `#${row.id}`, "aria-label": `Address of the row ${row.name}` };
  const head = make("th", { scope: "row" }, make("a", { href: address }, row.name), " ", make("a", here, "#"));
  const cells = row.cells.map((cell, place) => {
    const [entry, answer] = [entries[place], answers[place]];
    const label = [entry?.name, entry?.told && `(${entry.told})`].filter(Boolean).join(" ");
    return make("td", { "data-label": label }, ...content(cell, `${root}${answer?.url}#${row.id}`));
  });
  return make("tr", { "data-criterion": row.id }, head, ...cells);
}

/**
 * Return a row that is a heading.
 * @param {string} name
 * @param {string} note
 * @param {number} width
 * @param {string} kind  `part` or `group`
 */
function headingOf(name, note, width, kind) {
  const said = make("span", {}, name, note ? " " : "", note ? make("span", { class: "muted" }, note) : "");
  const head = make("th", { scope: "rowgroup", colspan: String(width) }, said);
  return make("tr", { class: kind === "part" ? "group-row part-row" : "group-row" }, head);
}

/**
 * Return the table.
 * @param {Shown} shown
 * @param {string} caption
 * @returns {HTMLTableElement}
 */
export function makeTable(shown, caption) {
  const width = shown.entries.length + 1;
  const heads = shown.entries.map((entry, place) =>
    make("th", { scope: "col" }, entryLink(entry, `${shown.root}${shown.answers[place]?.url}`)),
  );
  const bodies = shown.parts.flatMap((part) =>
    part.groups.map((group, place) => {
      const first = place ? [] : [headingOf(part.name, criteria(countOf(part)), width, "part")];
      const rows = group.rows.map((row) => rowOf(row, shown));
      return make("tbody", {}, ...first, headingOf(group.name, "", width, "group"), ...rows);
    }),
  );
  const head = make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Criterion"), ...heads));
  const said = make("caption", { class: "visually-hidden" }, caption);
  return make("table", { class: "matrix few-columns compared" }, said, head, ...bodies);
}

/**
 * Return the cells of a comparison as text, in the order in which they are shown.
 * @param {HTMLTableElement} table
 * @returns {string[][]}
 */
export function linesOf(table) {
  const lines = [["Part", "Group", ...[...(table.tHead?.rows[0]?.cells ?? [])].map(spoken)]];
  let [part, group] = ["", ""];
  for (const row of [...table.tBodies].flatMap((body) => [...body.rows])) {
    const cells = [...row.cells].map(spoken);
    if (row.matches(".part-row")) part = cells[0]?.replace(/ \d+ criteri(on|a)$/, "") ?? "";
    else if (row.matches(".group-row")) group = cells[0] ?? "";
    else lines.push([part, group, ...cells]);
  }
  return lines;
}
