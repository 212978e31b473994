/**
 * Scores and rankings by the rules of `macros/catalog/scoring.py` and `rankings.py`: 100 × weight earned ÷ weight asked;
 * needs exclude, what is not recorded gives a range, and what nobody should build on for years stands below.
 */

import { PROOFS, isInherited, proofOf, valueOf } from "./data.js";
import { fixed } from "./text.js";

/** @typedef {import("./data.js").Criterion} Criterion */
/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Entry} Entry */
/** @typedef {import("./data.js").Fact} Fact */
/** @typedef {import("./data.js").Kind} Kind */
/** @typedef {import("./data.js").Weight} Weight */
/** @typedef {import("./draws.js").Shares} Shares */

const TOP = 5;

/**
 * What the reader asks for.
 * @typedef {object} Plan
 * @property {string} kind
 * @property {string} language  empty for any
 * @property {boolean} lasting  whether it is built on for years
 * @property {"" | "machine" | "run"} confirmed  what must confirm the facts that meet needs
 * @property {number} released  days since the last release, at most; 0 for any
 * @property {Map<string, string[]>} needs
 * @property {Map<string, Weight>} weights
 */

/**
 * One weight in a score: what it could bring and what it brought; credit and points are null where nothing is known.
 * @typedef {object} Summand
 * @property {string} id
 * @property {string} name
 * @property {string} anchor
 * @property {"fact" | "rating" | "figure"} sort
 * @property {Fact | null} fact
 * @property {string} text  the value in words
 * @property {number} asked
 * @property {number | null} credit
 * @property {number} most
 * @property {number | null} points
 */

/**
 * An entry with its score and, once it is placed, its rank and its shares of the draws.
 * @typedef {object} Scored
 * @property {Entry} entry
 * @property {number} low
 * @property {number} high
 * @property {Summand[]} counted
 * @property {string[]} unproven  the criteria of needs that are not recorded
 * @property {Scored[]} grouped
 * @property {number} place
 * @property {Shares | null} shares
 */

/** @typedef {{entry: Entry, reasons: string[]}} Excluded */

/**
 * @typedef {object} Outcome
 * @property {Scored[]} ordered  by score
 * @property {Excluded[]} excluded
 * @property {Scored[]} doubtful
 * @property {number} known  the share of the weights that is known, for the entry that is known best
 */

/**
 * Return what a value counts for; null if it counts for nothing. With credits of its own, what has none counts 0.
 * @param {import("./data.js").Value} value
 * @param {Record<string, number> | null} own
 * @returns {number | null}
 */
export function creditOfValue([value, , credit], own) {
  if (value === "not-applicable") return null;
  return own ? (Object.hasOwn(own, value) ? (own[value] ?? 0) : 0) : credit;
}

/**
 * Return what a criterion brings to a sum, or null where it does not count for this entry.
 * @param {Criterion} criterion
 * @param {Entry} entry
 * @param {Record<string, number> | null} own
 * @returns {Pick<Summand, "name" | "anchor" | "sort" | "fact" | "text" | "credit"> | null}
 */
function ofCriterion(criterion, entry, own) {
  if (criterion.language && criterion.language !== entry.language) return null;
  const common = { name: criterion.name, anchor: criterion.id, sort: /** @type {const} */ ("fact") };
  const fact = entry.facts.get(criterion.id);
  if (!fact) return { ...common, fact: null, text: "", credit: null };
  const credit = creditOfValue(valueOf(criterion, fact), own);
  return credit === null ? null : { ...common, fact, text: valueOf(criterion, fact)[1], credit };
}

/**
 * Return a weight as a summand without its points, or null where it does not count for this entry.
 * @param {Kind} kind
 * @param {Entry} entry
 * @param {string} id
 * @param {Weight} weight
 * @returns {Summand | null}
 */
function summand(kind, entry, id, { weight, credit: own }) {
  const common = { id, asked: weight, most: 0, points: null, fact: null };
  const criterion = kind.criteria.get(id);
  if (criterion) {
    const found = ofCriterion(criterion, entry, own);
    return found && { ...common, ...found };
  }
  const rating = kind.ratings.get(id);
  if (rating !== undefined) {
    const value = entry.ratings.get(id) ?? null;
    const [text, credit] = value === null ? ["", null] : [`${fixed(value)} of ${TOP}`, value / TOP];
    return { ...common, name: `rating: ${rating}`, anchor: `rating-${id}`, sort: "rating", text, credit };
  }
  const [credit, text] = entry.figures.get(id) ?? [null, ""];
  return { ...common, name: kind.figures.get(id) ?? id, anchor: "health", sort: "figure", text, credit };
}

/**
 * Return the score of an entry; what is not known counts 0 in `low` and all in `high`.
 * @param {Kind} kind
 * @param {Entry} entry
 * @param {Plan} plan
 * @returns {Scored}
 */
export function scoreOf(kind, entry, plan) {
  const found = [...plan.weights].map(([id, weight]) => summand(kind, entry, id, weight)).filter((one) => one !== null);
  const raw = ["fact", "rating", "figure"].flatMap((sort) => found.filter((one) => one.sort === sort));
  const scale = 100 / (raw.reduce((sum, { asked }) => sum + asked, 0) || 1);
  const counted = raw.map((one) => ({
    ...one,
    most: one.asked * scale,
    points: one.credit === null ? null : one.asked * one.credit * scale,
  }));
  const low = counted.reduce((sum, { points }) => sum + (points ?? 0), 0);
  const unknown = counted.reduce((sum, { points, most }) => sum + (points === null ? most : 0), 0);
  return {
    entry,
    low: Number(fixed(low)),
    high: Number(fixed(low + unknown)),
    counted,
    unproven: [...plan.needs.keys()].filter((name) => !entry.facts.has(name)),
    grouped: [],
    place: 0,
    shares: null,
  };
}

/**
 * Return why an entry does not meet a need, or nothing: it meets it, or nothing is recorded.
 * @param {Kind} kind
 * @param {Entry} entry
 * @param {Plan} plan
 * @param {string} name
 * @returns {string[]}
 */
function failing(kind, entry, plan, name) {
  const [criterion, fact] = [kind.criteria.get(name), entry.facts.get(name)];
  if (!criterion || !fact) return [];
  const [value, label] = valueOf(criterion, fact);
  if (!plan.needs.get(name)?.includes(value)) return [`${criterion.name}: ${label}`];
  const isConfirmed = !plan.confirmed || proofOf(fact) >= PROOFS[plan.confirmed];
  return isConfirmed ? [] : [`${criterion.name}: ${label}, which no ${plan.confirmed} confirms`];
}

/**
 * Return why an entry is excluded, a reason each; none if it may be ranked.
 * @param {Kind} kind
 * @param {Entry} entry
 * @param {Plan} plan
 * @returns {string[]}
 */
export function reasonsAgainst(kind, entry, plan) {
  const reasons = entry.superseded ? [entry.superseded] : [];
  if (plan.language && plan.language !== entry.language) reasons.push(`it is written for ${entry.language}`);
  reasons.push(...[...plan.needs.keys()].flatMap((name) => failing(kind, entry, plan, name)));
  if (plan.released && entry.released !== null && entry.released > plan.released) {
    reasons.push(`its last release is ${entry.released.toLocaleString("en")} days old`);
  }
  return reasons;
}

/**
 * Return the entries of the kind: scored and in order, excluded, and those that fit but not for years.
 * @param {Data} data
 * @param {Plan} plan
 * @returns {Outcome}
 */
export function decide(data, plan) {
  const kind = /** @type {Kind} */ (data.kinds.get(plan.kind));
  const judged = kind.entries.map((entry) => ({ entry, reasons: reasonsAgainst(kind, entry, plan) }));
  const scored = judged.filter(({ reasons }) => !reasons.length).map(({ entry }) => scoreOf(kind, entry, plan));
  const excluded = judged.filter(({ reasons }) => reasons.length);
  const known = scored.length ? Math.max(...scored.map(({ low, high }) => 1 - (high - low) / 100)) : 1;
  const ranked = known >= data.rules.known;
  const doubtful = plan.lasting && ranked ? scored.filter(({ entry }) => entry.doubts.length) : [];
  doubtful.sort((a, b) => b.low - a.low || compared(a.entry.id, b.entry.id));
  const homes = grouped(
    scored.filter((one) => !doubtful.includes(one)),
    data.rules.grouped,
  );
  homes.sort(
    (a, b) => b.low - a.low || b.high - a.high || compared(a.entry.name.toLowerCase(), b.entry.name.toLowerCase()),
  );
  return { ordered: ranked ? homes : [], excluded, doubtful, known };
}

/**
 * Return the order of two texts by their letters alone, whatever the language of the reader.
 * @param {string} one
 * @param {string} other
 * @returns {number}
 */
const compared = (one, other) => Number(one > other) - Number(one < other);

/**
 * Return the entries, with those that owe most of their points to another one under the topmost of these.
 * @param {Scored[]} scored
 * @param {number} share from which they are grouped
 * @returns {Scored[]}
 */
function grouped(scored, share) {
  const ids = new Set(scored.map(({ entry }) => entry.id));
  const homes = new Map();
  for (const { entry, counted, low } of scored) {
    const inherited = counted.reduce(
      (sum, { fact, points }) => sum + (fact && isInherited(fact) ? (points ?? 0) : 0),
      0,
    );
    if (ids.has(entry.origin) && low && inherited / low > share) homes.set(entry.id, entry.origin);
  }
  const top = (/** @type {string} */ id) => {
    const path = [id];
    for (let next = homes.get(id); next && !path.includes(next); next = homes.get(next)) path.push(next);
    return path.at(-1);
  };
  const under = (/** @type {Scored} */ home) =>
    scored.filter(({ entry }) => homes.has(entry.id) && top(entry.id) === home.entry.id);
  return scored.filter(({ entry }) => !homes.has(entry.id)).map((home) => ({ ...home, grouped: under(home) }));
}

/**
 * Return what is to be drawn for entries in the order of their scores.
 * @param {Plan} plan
 * @param {readonly Scored[]} ordered
 * @returns {import("./draws.js").Drawing}
 */
export function drawingOf(plan, ordered) {
  const credits = (/** @type {Scored} */ { counted }) =>
    Object.fromEntries(counted.map(({ id, credit }) => [id, credit]));
  return {
    weights: Object.fromEntries([...plan.weights].map(([id, { weight }]) => [id, weight])),
    entries: Object.fromEntries(ordered.map((one) => [one.entry.id, credits(one)])),
    leader: ordered[0]?.entry.id ?? "",
  };
}

/**
 * Return the entries with their places: the first band, then the others by score; equal scores share a place.
 * @param {readonly Scored[]} ordered
 * @param {Record<string, Shares>} shares
 * @param {number} clear the share of draws from which an entry is behind the first
 * @returns {Scored[]}
 */
export function placed(ordered, shares, clear) {
  const all = ordered.map((one) => ({ ...one, shares: shares[one.entry.id] ?? null }));
  const isBehind = (/** @type {Scored} */ one) => (one.shares?.beaten ?? 0) >= clear;
  const band = all.filter((one) => !isBehind(one)).map((one) => at(1, one));
  const rest = all.filter(isBehind);
  rest.forEach((one, index) => {
    const last = index ? band.at(-1) : undefined;
    const tied = last && last.low === one.low && last.high === one.high;
    band.push(at(tied ? last.place : band.length + 1, one));
  });
  return band;
}

/**
 * Return an entry at a place, with what is grouped under it.
 * @param {number} place
 * @param {Scored} one
 * @returns {Scored}
 */
function at(place, one) {
  return { ...one, place, grouped: one.grouped.map((other) => ({ ...other, place })) };
}
