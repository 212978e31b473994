/** Names in an address that are not known here: what is plainly meant, and what the reader is told. */

import { isNear } from "./near.js";

/** @typedef {{id: string, name: string}} Named */

/** Names of an address that are read, letters of one that are repeated to the reader, and names that are repeated. */
export const MOST_READ = 100;
const MOST_LETTERS = 40;
const MOST_TOLD = 3;
/** A name shorter than this must be spelled right. */
const FORGIVEN = 4;

/**
 * Return the texts as a list in words: `a, b and c`.
 * @param {readonly string[]} texts
 * @param {string} [joint]
 * @returns {string}
 */
export function inWords(texts, joint = "and") {
  if (texts.length < 2) return texts.join("");
  return `${texts.slice(0, -1).join(", ")} ${joint} ${texts.at(-1)}`;
}

/**
 * Return what an address says in quotation marks: in one line, without signs that cannot be seen, and not too long.
 * @param {string} text
 * @returns {string}
 */
export function quoted(text) {
  const plain = text.replace(/[\p{C}\p{Z}\s]+/gu, " ").trim();
  const letters = [...plain];
  return `“${letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS).join("")}…` : plain}”`;
}

/**
 * Return the names in quotation marks, the first of them if they are many.
 * @param {readonly string[]} names
 * @param {string} joint
 * @returns {string}
 */
function listed(names, joint) {
  const first = names.slice(0, MOST_TOLD).map(quoted);
  const more = names.length - first.length;
  return inWords(more ? [...first, more === 1 ? "one more" : `${more} more`] : first, joint);
}

/**
 * Return a name with nothing but its letters and digits, in lower case.
 * @param {string} text
 * @returns {string}
 */
function folded(text) {
  return text
    .slice(0, 2 * MOST_LETTERS)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/**
 * Return the one thing that is plainly meant: it has this name, or it alone begins so or differs by one letter.
 * @template {Named} Thing
 * @param {string} asked
 * @param {readonly Thing[]} known
 * @returns {Thing | undefined}
 */
export function meant(asked, known) {
  const word = folded(asked);
  if (!word) return undefined;
  const is = (/** @type {(name: string) => boolean} */ fits) =>
    known.filter(({ id, name }) => fits(folded(id)) || fits(folded(name)));
  const same = is((name) => name === word);
  if (same.length || word.length < FORGIVEN) return same[0];
  for (const found of [is((name) => isNear(name, word)), is((name) => name.startsWith(word))]) {
    if (found.length === 1) return found[0];
  }
  return undefined;
}

/**
 * Return the ids that an address asks for, each once and in its order, and what is said of the others, in sentences.
 * @param {readonly string[]} asked
 * @param {readonly Named[]} known
 * @param {string} what they are, such as `entry`
 * @returns {{ids: string[], said: string[]}}
 */
export function repaired(asked, known, what) {
  const names = [...new Set(asked.filter((name) => name.trim()))];
  const byId = new Map(known.map((thing) => [thing.id, thing]));
  /** @type {Set<string>} */
  const ids = new Set();
  /** @type {string[]} */
  const unknown = [];
  /** @type {string[]} */
  const said = [];
  for (const name of names.slice(0, MOST_READ)) {
    const exact = byId.get(name);
    const found = exact ?? meant(name, known);
    if (!found) unknown.push(name);
    else if (!exact && said.length < MOST_TOLD) said.push(`${quoted(name)} is read as ${found.name}.`);
    if (found) ids.add(found.id);
  }
  if (unknown.length) said.push(`There is no ${what} ${listed(unknown, "or")}.`);
  if (names.length > MOST_READ) said.push(`Only the first ${MOST_READ} of ${names.length} names are read.`);
  return { ids: [...ids], said };
}
