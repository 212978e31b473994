/** Names that somebody typed into an address, and what is said of those that have to be repaired or left out. */

const LONGEST = 60;
const SHOWN = 40;

/**
 * Return a name as a message shows it: not longer than a line, in quotation marks.
 * @param {string} name
 * @returns {string}
 */
export function quoted(name) {
  const text = [...name.slice(0, 4 * SHOWN)];
  return `“${text.length > SHOWN ? `${text.slice(0, SHOWN).join("")}…` : text.join("")}”`;
}

/**
 * Return how many letters have to be changed, added or removed to make one word of the other.
 * @param {string} one
 * @param {string} other
 * @returns {number}
 */
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1];
    for (let place = 1; place <= other.length; place++) {
      const changed = (row[place - 1] ?? 0) + Number(letter !== other[place - 1]);
      next.push(Math.min(changed, (row[place] ?? 0) + 1, (next[place - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/**
 * Return the one of the names that is plainly meant, or nothing: the same but for capitals and signs, the only one that
 * begins so, or the only one that differs by a letter or two.
 * @param {string} typed
 * @param {Iterable<string>} names
 * @returns {string | undefined}
 */
export function meant(typed, names) {
  const all = [...names];
  if (all.includes(typed)) return typed;
  if (typed.length > LONGEST) return undefined;
  const word = typed
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, "-");
  if (all.includes(word)) return word;
  if (word.length < 3) return undefined;
  const beginning = all.filter((name) => name.startsWith(word));
  if (beginning.length === 1) return beginning[0];
  const near = all.filter((name) => distance(word, name) <= (word.length > 5 ? 2 : 1));
  return near.length === 1 ? near[0] : undefined;
}
