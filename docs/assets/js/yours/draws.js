/**
 * How sure a ranking is: the same draws as in `macros/catalog/acceptability.py`, whose shares they give.
 * Every weight may be wrong by a factor of two, and what is not known lies anywhere.
 */

import { at, uniform } from "./random.js";

/** Scores that differ by less are equal. */
const LEVEL = 1e-9;
const FIRST_PLACES = 3;

/**
 * What is drawn: the weights, what each entry earns of each (null where it is not known; nothing where it is not
 * asked), and the entry with the highest score.
 * @typedef {object} Drawing
 * @property {Record<string, number>} weights
 * @property {Record<string, Record<string, number | null>>} entries
 * @property {string} leader
 */

/** @typedef {{draws: number, seed: number, factor: number}} DrawRules */
/** @typedef {{first: number, top: number, beaten: number}} Shares  shares of the draws, each from 0 to 1 */

/**
 * Return a function that gives the shares of every entry. It keeps the numbers that it has drawn.
 * @param {DrawRules} rules
 * @returns {(drawing: Drawing) => Record<string, Shares>}
 */
export function drawer(rules) {
  const column = columns(rules);
  /** @type {Map<number, Float64Array>} */
  const factors = new Map();

  /** @param {number} place */
  function factor(place) {
    const found = factors.get(place) ?? column(0, place).map((share) => rules.factor ** (share * 2 - 1));
    factors.set(place, found);
    return found;
  }

  return ({ weights, entries, leader }) => {
    const names = Object.keys(weights).sort();
    const ids = Object.keys(entries).sort();
    const drawn = names.map((name, place) =>
      factor(place).map((one) => Math.round((weights[name] ?? 0) * one * 1e12) / 1e12),
    );
    const scores = ids.map((id, place) =>
      scored(rules.draws, names, drawn, entries[id] ?? {}, (unknown) => column(place + 1, unknown)),
    );
    return counted(rules.draws, ids, scores, ids.indexOf(leader));
  };
}

/**
 * Return a function that gives a column of a stream; each is drawn once.
 * @param {DrawRules} rules
 * @returns {(stream: number, place: number) => Float64Array}
 */
function columns({ draws, seed }) {
  /** @type {Map<number, {next: (count: number) => Float64Array, drawn: Float64Array[]}>} */
  const streams = new Map();
  return (stream, place) => {
    const found = streams.get(stream) ?? { next: uniform(seed, stream), drawn: [] };
    streams.set(stream, found);
    while (found.drawn.length <= place) found.drawn.push(found.next(draws));
    return /** @type {Float64Array} */ (found.drawn[place]);
  };
}

/**
 * Return the score of an entry in every draw, from 0 to 1.
 * @param {number} draws
 * @param {readonly string[]} names of the weights
 * @param {readonly Float64Array[]} drawn weights
 * @param {Record<string, number | null>} own  what the entry earns
 * @param {(unknown: number) => Float64Array} lying  where what is not known lies
 * @returns {Float64Array}
 */
function scored(draws, names, drawn, own, lying) {
  const earned = new Float64Array(draws);
  const asked = new Float64Array(draws);
  let unknown = 0;
  names.forEach((name, place) => {
    const credit = Object.hasOwn(own, name) ? own[name] : undefined;
    const weight = drawn[place];
    if (credit === undefined || !weight) return;
    const shares = credit === null ? lying(unknown++) : null;
    for (let draw = 0; draw < draws; draw++) {
      const one = at(weight, draw);
      asked[draw] = at(asked, draw) + one;
      earned[draw] = at(earned, draw) + one * (shares ? at(shares, draw) : (credit ?? 0));
    }
  });
  return earned.map((one, draw) => (at(asked, draw) ? one / at(asked, draw) : 0));
}

/**
 * Return how often each entry is first, in the first three, and behind the leader.
 * @param {number} draws
 * @param {readonly string[]} ids
 * @param {readonly Float64Array[]} scores
 * @param {number} leader
 * @returns {Record<string, Shares>}
 */
function counted(draws, ids, scores, leader) {
  const counts = ids.map(() => ({ first: 0, top: 0, beaten: 0 }));
  const leading = /** @type {Float64Array} */ (scores[leader]);
  for (let draw = 0; draw < draws; draw++) {
    const [best, third] = highest(scores, draw);
    const most = at(leading, draw);
    counts.forEach((count, place) => {
      const own = at(/** @type {Float64Array} */ (scores[place]), draw);
      if (own >= best - LEVEL) count.first += 1;
      if (own >= third - LEVEL) count.top += 1;
      if (most > own + LEVEL) count.beaten += 1;
    });
  }
  const share = (/** @type {Shares} */ { first, top, beaten }) => ({
    first: first / draws,
    top: top / draws,
    beaten: beaten / draws,
  });
  return Object.fromEntries(ids.map((id, place) => [id, share(/** @type {Shares} */ (counts[place]))]));
}

/**
 * Return the highest score of a draw and the third, or the lowest where there are fewer.
 * @param {readonly Float64Array[]} scores
 * @param {number} draw
 * @returns {[number, number]}
 */
function highest(scores, draw) {
  let [first, second, third] = [-1, -1, -1];
  for (const own of scores) {
    const score = at(own, draw);
    if (score > first) [first, second, third] = [score, first, second];
    else if (score > second) [second, third] = [score, second];
    else if (score > third) third = score;
  }
  const last = [first, second, third][Math.min(FIRST_PLACES, scores.length) - 1];
  return [first, last ?? first];
}
