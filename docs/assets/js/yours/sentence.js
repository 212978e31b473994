/** The result in words. */

import { listed, named, shareText } from "./text.js";

/** @typedef {import("./scoring.js").Scored} Scored */

/** How many names of a band a sentence gives. */
const NAMED = 4;

/**
 * Return the result in a sentence or two, as it is announced.
 * @param {import("./result.js").Shown} shown
 * @returns {string}
 */
export function sentence({ data, plan, outcome, placed }) {
  const [first] = placed;
  const left = outcome.excluded.length + outcome.doubtful.length;
  const without = left ? ` ${left} of ${left + count(placed)} ${left === 1 ? "has" : "have"} no place.` : "";
  if (!plan.weights.size) {
    const fit = `${outcome.ordered.length + outcome.doubtful.length} fit so far`;
    return `Nothing is weighed yet; ${fit}. Choose what you build, or add a weight.`;
  }
  if (outcome.known < data.rules.known) return "Too little of what counts is known. A ranking would be a guess.";
  if (!first) return "No entry meets the needs.";
  const band = placed.filter(({ place }) => place === 1).map(({ entry }) => named(entry));
  if (band.length === 1) return `First: ${band[0]}, in ${shareText(first.shares?.first)} of the draws.${without}`;
  const told = band.length > NAMED ? [...band.slice(0, NAMED - 1), `${band.length - NAMED + 1} others`] : band;
  return `First: ${listed(told, "or")}; the weights do not tell them apart.${without}`;
}

/**
 * Return how many entries have a place, those under another one included.
 * @param {Scored[]} placed
 * @returns {number}
 */
const count = (placed) => placed.reduce((all, { grouped }) => all + 1 + grouped.length, 0);
