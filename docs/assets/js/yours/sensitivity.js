/** The smallest change of one weight, and of one fact, that would change the first place: as `macros/catalog/sensitivity.py`. */

import { creditOfValue } from "./scoring.js";

/** @typedef {import("./data.js").Kind} Kind */
/** @typedef {import("./scoring.js").Plan} Plan */
/** @typedef {import("./scoring.js").Scored} Scored */
/** @typedef {import("./scoring.js").Summand} Summand */
/** @typedef {{weight: Summand, factor: number, rival: Scored}} WeightChange */
/** @typedef {{of: Scored, item: Summand, after: string, points: number, rival: Scored}} FactChange */

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
  const found = rivals.flatMap((rival) => changes(first, rival, largest));
  const weight = least(found, ({ weight: { id }, factor, rival }) => [Math.abs(Math.log(factor)), id, rival.entry.id]);
  return { level, weight };
}

/**
 * Return the change that comes first by its keys: by its size, then by names.
 * @template Change
 * @param {Change[]} found
 * @param {(change: Change) => [size: number, ...names: string[]]} key
 * @returns {Change | null}
 */
function least(found, key) {
  const keyed = found.map((one) => {
    const [size, ...names] = key(one);
    return { one, keys: [Number(size.toFixed(6)), ...names] };
  });
  keyed.sort((a, b) => {
    const place = a.keys.findIndex((own, index) => own !== b.keys[index]);
    return place < 0 ? 0 : Number((a.keys[place] ?? 0) > (b.keys[place] ?? 0)) * 2 - 1;
  });
  return keyed[0]?.one ?? null;
}

/**
 * Return the smallest change of one fact with which another entry has more points than the first, if there is one.
 * @param {Kind} kind
 * @param {Plan} plan
 * @param {readonly Scored[]} ordered by score
 * @returns {FactChange | null}
 */
export function factChange(kind, plan, ordered) {
  const [first, second] = ordered;
  if (!first || !second) return null;
  const found = ordered.flatMap((of) =>
    of.counted.flatMap((item) => {
      const rival = of === first ? second : of;
      const enough = first.low - rival.low + HALF_A_STEP;
      return otherValues(kind, plan, item).flatMap(([after, credit]) => {
        const moved = (credit - (item.credit ?? 0)) * item.most;
        return (of === first ? -moved : moved) > enough ? [{ of, item, after, points: Math.abs(moved), rival }] : [];
      });
    }),
  );
  return least(found, ({ of, item, after, points }) => [points, of.entry.id, item.id, after]);
}

/**
 * Return the values that a fact does not have and that no need excludes: label and credit.
 * @param {Kind} kind
 * @param {Plan} plan
 * @param {Summand} item
 * @returns {[label: string, credit: number][]}
 */
function otherValues(kind, plan, { id, fact }) {
  const own = plan.weights.get(id)?.credit ?? null;
  return (kind.criteria.get(id)?.values ?? []).flatMap((value, place) => {
    const credit = creditOfValue(value, own);
    const isAllowed = plan.needs.get(id)?.includes(value[0]) ?? true;
    return credit === null || fact?.[0] === place || !isAllowed
      ? []
      : [/** @type {[string, number]} */ ([value[1], credit])];
  });
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
