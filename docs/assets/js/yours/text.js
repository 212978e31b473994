/** Numbers in words, as `macros/views/text.py` writes them. */

/**
 * Return a number with so many decimal places; what lies in the middle goes to the even digit, as in Python.
 * @param {number} value
 * @param {number} [places]
 * @returns {string}
 */
export function fixed(value, places = 1) {
  const doubled = value * 2 ** (places + 1);
  if (!Number.isInteger(doubled) || doubled % 2 === 0) return value.toFixed(places);
  const lower = Math.floor(value * 10 ** places);
  return ((lower % 2 ? lower + 1 : lower) / 10 ** places).toFixed(places);
}

/**
 * Return a share of draws as text: nothing and all are told from almost nothing and almost all.
 * @param {number | undefined} share
 * @returns {string}
 */
export function shareText(share) {
  if (share === undefined) return "–";
  if (share > 0 && share < 0.01) return "< 1 %";
  return share > 0.99 && share < 1 ? "> 99 %" : `${fixed(100 * share, 0)} %`;
}

/**
 * Return what a factor does to a weight: `1.56 times as much`.
 * @param {number} factor
 * @returns {string}
 */
export function factorText(factor) {
  return `${Number(factor.toPrecision(factor < 1 ? 2 : 3))} times as much`;
}

/**
 * Return points as text: `82`, or `60–100` where something is not recorded.
 * @param {{low: number, high: number}} score
 * @returns {string}
 */
export function pointsText({ low, high }) {
  return high > low ? `${fixed(low, 0)}–${fixed(high, 0)}` : fixed(low, 0);
}

/**
 * Return words as a list: `a, b and c`.
 * @param {readonly string[]} words
 * @param {string} [last]
 * @returns {string}
 */
export function listed(words, last = "and") {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

/**
 * Return the name of an entry with the status that is told: `Faust (ended)`.
 * @param {{name: string, told: string}} entry
 * @returns {string}
 */
export const named = ({ name, told }) => (told ? `${name} (${told})` : name);
