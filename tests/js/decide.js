/** Prints what addresses of the page of own weights come to: `node tests/js/decide.js DATA`, the queries as JSON from standard input. */

import { readFileSync } from "node:fs";

import { dataOf } from "../../docs/assets/js/yours/data.js";
import { drawer } from "../../docs/assets/js/yours/draws.js";
import { decide, drawingOf, placed } from "../../docs/assets/js/yours/scoring.js";
import { factChange, weightChange } from "../../docs/assets/js/yours/sensitivity.js";
import { planned, read } from "../../docs/assets/js/yours/state.js";

/**
 * Return what a query comes to, in the form of `tests/scoring.json`.
 * @param {import("../../docs/assets/js/yours/data.js").Data} data
 * @param {ReturnType<typeof drawer>} draw
 * @param {string} query
 */
export function outcome(data, draw, query) {
  const { state, notes } = read(new URLSearchParams(query), data);
  const plan = planned(state);
  const { ordered, excluded, doubtful, known } = decide(data, plan);
  const shares = ordered.length ? draw(drawingOf(plan, ordered)) : {};
  const places = placed(ordered, shares, data.rules.clear);
  const { level, weight } = weightChange(ordered, data.rules.largest);
  const kind = data.kinds.get(plan.kind);
  const fact = kind && !level.length ? factChange(kind, plan, ordered) : null;
  const sum = (/** @type {typeof places[number]} */ one) =>
    one.counted.map(({ id, credit, points }) => [id, credit, points]);
  return {
    notes,
    placed: places.map((one) => ({
      ...{ place: one.place, id: one.entry.id, low: one.low, high: one.high, sum: sum(one) },
      shares: one.shares && [one.shares.first, one.shares.top, one.shares.beaten],
      unproven: one.unproven,
      grouped: one.grouped.map(({ entry, low, high }) => [entry.id, low, high]),
    })),
    excluded: excluded.map(({ entry }) => entry.id),
    doubtful: doubtful.map((one) => [one.entry.id, one.low, one.high, one.entry.doubts]),
    known,
    level: level.map(({ entry }) => entry.id),
    weight: weight && [weight.weight.id, weight.factor, weight.rival.entry.id],
    fact: fact && [fact.of.entry.id, fact.item.id, fact.after, fact.points, fact.rival.entry.id],
  };
}

if (process.argv[1]?.endsWith("decide.js")) {
  const data = dataOf(JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")));
  const draw = drawer(data.rules);
  /** @type {string[]} */
  const queries = JSON.parse(readFileSync(0, "utf8"));
  process.stdout.write(JSON.stringify(queries.map((query) => outcome(data, draw, query))));
}
