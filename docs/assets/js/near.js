/** Words that are almost the same. */

/**
 * Return whether two words are the same but for one letter that is missing, added, changed, or swapped with the next.
 * @param {string} one
 * @param {string} other
 * @returns {boolean}
 */
export function isNear(one, other) {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  const [left, right] = [short.slice(at), long.slice(at)];
  const swapped = `${left.slice(1, 2)}${left.slice(0, 1)}${left.slice(2)}`;
  return left === right.slice(1) || left.slice(1) === right.slice(1) || swapped === right;
}
