/** The smallest change of one weight that would change the first place, as in `macros/catalog/sensitivity.py`. */

/** @typedef {import("./scoring.js").Scored} Scored */
/** @typedef {import("./scoring.js").Summand} Summand */
/** @typedef {{weight: Summand, factor: number, rival: Scored}} WeightChange */

const LEVEL = 1e-9;
/** Scores are shown to a tenth of a point; what differs by less is the same score. */
const HALF_A_STEP = 0.05;

/**
 * Return the entries that have the score of the first one, or else the change by the smallest factor, if there is one.
 * @param {readonly Scored[]} ordered by score
 * @param {number} largest factor
 * @returns {{level: Scored[], weight: WeightChange | null}}
 */
export function weightChange(ordered, largest) {
  const [first, ...rivals] = ordered;
  const level = rivals.filter((rival) => first && first.low - rival.low < HALF_A_STEP);
  if (!first || level.length || !rivals.length) return { level, weight: null };
  const key = (/** @type {WeightChange} */ { weight, factor, rival }) =>
    /** @type {const} */ ([Math.abs(Math.log(factor)).toFixed(9), weight.id, rival.entry.id]);
  const found = rivals.flatMap((rival) => changes(first, rival, largest)).map((one) => ({ one, key: key(one) }));
  found.sort((a, b) => {
    const place = [0, 1, 2].find((index) => a.key[index] !== b.key[index]);
    if (place === undefined) return 0;
    return String(a.key[place]) < String(b.key[place]) ? -1 : 1;
  });
  return { level, weight: found[0]?.one ?? null };
}

/**
 * Return the weight earned and the weight asked.
 * @param {Scored} entry
 * @returns {[number, number]}
 */
function earned({ counted }) {
  const got = counted.reduce((sum, { asked, credit }) => sum + asked * (credit ?? 0), 0);
  return [got, counted.reduce((sum, { asked }) => sum + asked, 0)];
}

/**
 * Return the nearest factor of each weight with which the rival has the score of the first entry.
 * @param {Scored} first
 * @param {Scored} rival
 * @param {number} largest
 * @returns {WeightChange[]}
 */
function changes(first, rival, largest) {
  const [[got, asked], [rivalGot, rivalAsked]] = [earned(first), earned(rival)];
  const own = new Map(first.counted.map((one) => [one.id, one]));
  const theirs = new Map(rival.counted.map((one) => [one.id, one]));
  return [...new Map([...theirs, ...own]).values()].flatMap((weight) => {
    const [one, other] = [own.get(weight.id), theirs.get(weight.id)];
    const [a, b] = [one?.credit ?? 0, one ? 1 : 0];
    const [c, d] = [other?.credit ?? 0, other ? 1 : 0];
    // (got + x a) / (asked + x b) = (rivalGot + x c) / (rivalAsked + x d), where x is added to the weight
    const linear = got * d + a * rivalAsked - rivalGot * b - c * asked;
    const found = roots(a * d - c * b, linear, got * rivalAsked - rivalGot * asked).map((x) => 1 + x / weight.asked);
    const allowed = found.filter((factor) => factor >= 1 / largest && factor <= largest);
    allowed.sort((x, y) => Math.abs(Math.log(x)) - Math.abs(Math.log(y)));
    return allowed[0] === undefined ? [] : [{ weight, factor: allowed[0], rival }];
  });
}

/**
 * Return where square x² + linear x + constant is nothing.
 * @param {number} square
 * @param {number} linear
 * @param {number} constant
 * @returns {number[]}
 */
function roots(square, linear, constant) {
  if (Math.abs(square) < LEVEL) return Math.abs(linear) > LEVEL ? [-constant / linear] : [];
  const inside = linear * linear - 4 * square * constant;
  if (inside < 0) return [];
  return [1, -1].map((sign) => (-linear + sign * Math.sqrt(inside)) / (2 * square));
}
