/** Which entries a question names, by any of their names, also with one letter wrong. */

import { isNear } from "../near.js";
import { isEmpty } from "./words.js";

/**
 * @typedef {{ words: string[], at: number }} Spelling A way to write an entry, as words, and its place in the index.
 */

/** A name shorter than this must be spelled right. */
const FORGIVEN = 5;

/**
 * Return every spelling of every entry, the longest first.
 * @param {string[][]} names The names of each entry.
 * @returns {Spelling[]}
 */
export function spellings(names) {
  const found = names.flatMap((own, at) => own.flatMap((text) => forms(text).map((words) => ({ words, at }))));
  const length = (/** @type {Spelling} */ one) => 100 * one.words.length + one.words.join("").length;
  return found.sort((one, other) => length(other) - length(one));
}

/**
 * Return the ways in which a name can be typed as words: its parts apart, and joined.
 * @param {string} text
 * @returns {string[][]}
 */
function forms(text) {
  const apart = text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  return apart.length > 1 ? [apart, [apart.join("")]] : [apart];
}

/**
 * Return the entries that are named, in the order of the question, and the words that are left.
 * @param {Spelling[]} known
 * @param {string[]} asked
 * @param {(typed: string) => boolean} [isKnown] Whether a word is no misspelling, since it is written on the site.
 * @returns {{ entries: number[], rest: string[] }}
 */
export function mentioned(known, asked, isKnown = () => false) {
  /** @type {Map<number, number>} */
  const places = new Map();
  const taken = new Set();
  for (const { words, at } of known) {
    const exact = placeOf(words, asked, taken, null);
    const place = exact < 0 ? placeOf(words, asked, taken, isKnown) : exact;
    if (place < 0) continue;
    words.forEach((_, step) => taken.add(place + step));
    if (!places.has(at)) places.set(at, place);
  }
  const entries = [...places].sort(([, one], [, other]) => one - other).map(([at]) => at);
  return { entries, rest: asked.filter((_, place) => !taken.has(place)) };
}

/**
 * Return where the words of a name stand one after the other, or -1.
 * @param {string[]} words
 * @param {string[]} asked
 * @param {Set<unknown>} taken
 * @param {((typed: string) => boolean) | null} isKnown
 * @returns {number}
 */
function placeOf(words, asked, taken, isKnown) {
  const isSame = (/** @type {string} */ word, /** @type {string | undefined} */ typed) =>
    word === typed || (isKnown !== null && typed !== undefined && !isKnown(typed) && isMeant(word, typed));
  return asked.findIndex((_, start) =>
    words.every((word, step) => !taken.has(start + step) && isSame(word, asked[start + step])),
  );
}

/**
 * Return whether a word of a name is meant by what was typed.
 * @param {string} word
 * @param {string} typed
 * @returns {boolean}
 */
function isMeant(word, typed) {
  return word.length >= FORGIVEN && !isEmpty(typed) && isNear(word, typed);
}
