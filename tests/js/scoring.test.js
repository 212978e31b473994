/** The scoring in the browser against the cases that Python wrote: scores, exclusion, ranges, bands, shares, changes. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { dataOf } from "../../docs/assets/js/yours/data.js";
import { drawer } from "../../docs/assets/js/yours/draws.js";
import { seedWords, uniform } from "../../docs/assets/js/yours/random.js";
import { decide, placed, reasonsAgainst, scoreOf } from "../../docs/assets/js/yours/scoring.js";
import { planned, read } from "../../docs/assets/js/yours/state.js";
import { factorText, fixed, listed, pointsText, shareText } from "../../docs/assets/js/yours/text.js";
import { outcome } from "./decide.js";

const { data: file, cases } = JSON.parse(readFileSync(new URL("../scoring.json", import.meta.url), "utf8"));
const data = dataOf(file);
const draw = drawer(data.rules);
const NEAR = 1e-9;

/**
 * Assert that two values are the same, numbers but for their last digits.
 * @param {any} own
 * @param {any} other
 * @param {string} where
 */
function near(own, other, where) {
  if (typeof own === "number" && typeof other === "number") {
    assert.ok(Math.abs(own - other) <= NEAR * Math.max(1, Math.abs(other)), `${where}: ${own}, not ${other}`);
  } else if (own && other && typeof own === "object" && typeof other === "object") {
    assert.deepEqual(Object.keys(own).sort(), Object.keys(other).sort(), where);
    for (const name of Object.keys(other)) near(own[name], other[name], `${where}.${name}`);
  } else assert.deepEqual(own, other, where);
}

test("every case comes to what Python computes, with the same draws", () => {
  for (const { query, outcome: expected } of cases) {
    const { notes, ...own } = outcome(data, draw, query);
    assert.deepEqual(notes, [], query);
    near(own, expected, query);
  }
});

test("the cases are of every sort", () => {
  const all = cases.map((/** @type {any} */ one) => one.outcome);
  const placings = all.flatMap((/** @type {any} */ one) => one.placed);
  for (const [what, found] of Object.entries({
    "a range": placings.some((/** @type {any} */ one) => one.high > one.low),
    "a band of several": all.some((/** @type {any} */ one) => one.placed[1]?.place === 1),
    "a place behind": placings.some((/** @type {any} */ one) => one.place > 1),
    "an exclusion": all.some((/** @type {any} */ one) => one.excluded.length),
    "a doubt": all.some((/** @type {any} */ one) => one.doubtful.length),
    "a need that is not recorded": placings.some((/** @type {any} */ one) => one.unproven.length),
    "a weight that changes the first place": all.some((/** @type {any} */ one) => one.weight),
    "a fact that changes the first place": all.some((/** @type {any} */ one) => one.fact),
    "no ranking": all.some((/** @type {any} */ one) => !one.placed.length),
  })) {
    assert.ok(found, what);
  }
});

test("the numbers are those of NumPy's generator", () => {
  // numpy.random.SeedSequence((13, 0)).generate_state(8), and PCG64(SeedSequence((13, 2))) as numbers from 0 to 1
  assert.deepEqual(
    seedWords(13, 0),
    [2293376285, 344083026, 239756175, 1913203270, 295202071, 4151899352, 2256204575, 3503978453],
  );
  const next = uniform(13, 2);
  assert.deepEqual([...next(1), ...next(2)], [0.8666329055627192, 0.7736573776803954, 0.12303489510886789]);
});

test("two entries that earn one weight each share the draws as the sum by hand says", () => {
  // With u and v from -1 to 1, v - u > log2 w: a triangle from -2 to 2, of which (2 - d)² / 8 is beyond d.
  for (const [weight, first] of /** @type {const} */ ([
    [1, 0.5],
    [1.5, 0.75],
    [2, 0.875],
    [4, 1],
  ])) {
    const entries = { one: { x: 1, y: 0 }, two: { x: 0, y: 1 } };
    const found = draw({ weights: { x: weight, y: 1 }, entries, leader: "one" });
    assert.ok(Math.abs((found["one"]?.first ?? 0) - first) < 0.015, `${weight}: ${found["one"]?.first}`);
    assert.equal(found["two"]?.beaten, found["one"]?.first);
  }
});

test("an entry whose name every object has is drawn like another", () => {
  const entries = { constructor: { toString: 1 }, two: { toString: 0 } };
  const found = draw({ weights: { toString: 1 }, entries, leader: "constructor" });
  assert.deepEqual(found["constructor"], { first: 1, top: 1, beaten: 0 });
});

test("facts that meet needs may have to be confirmed, and releases to be young", () => {
  const kind = /** @type {import("../../docs/assets/js/yours/data.js").Kind} */ (data.kinds.get("frameworks"));
  const { state } = read(new URLSearchParams("case=async-api"), data);
  const entry = (/** @type {number} */ proof, /** @type {number | null} */ released) => ({
    .../** @type {import("../../docs/assets/js/yours/data.js").Entry} */ (kind.entries[0]),
    ...{
      superseded: "",
      released,
      facts: new Map([["async-handlers", /** @type {[number, number, number, number]} */ ([0, 0, 0, proof])]]),
    },
  });
  const reasons = (
    /** @type {any} */ changed,
    /** @type {number} */ proof,
    /** @type {number | null} */ released = 0,
  ) => reasonsAgainst(kind, entry(proof, released), planned({ ...state, ...changed }));
  assert.deepEqual(reasons({}, 0), []);
  assert.deepEqual(reasons({ confirmed: "machine" }, 0), ["Async handlers: built in, which no machine confirms"]);
  assert.deepEqual(reasons({ confirmed: "machine" }, 1), []);
  assert.deepEqual(reasons({ confirmed: "run" }, 1 + 4), ["Async handlers: built in, which no run confirms"]);
  assert.deepEqual(reasons({ confirmed: "run" }, 2 + 4), []);
  assert.deepEqual(reasons({ released: 365 }, 0, 1366), ["its last release is 1,366 days old"]);
  assert.deepEqual(reasons({ released: 365 }, 0, 365), []);
  assert.deepEqual(reasons({ released: 365 }, 0, null), [], "nothing is held against what is not measured");
});

test("with no weight there are no points, and a weight of nothing counts for nothing", () => {
  const { state } = read(new URLSearchParams("case=async-api&w=websockets:0,scope:0,async-handlers:0"), data);
  assert.equal(planned(state).weights.size, 0);
  assert.ok(decide(data, planned(state)).ordered.every(({ low, high }) => low === 0 && high === 0));
  assert.deepEqual(placed([], {}, 0.9), []);
  const kind = /** @type {import("../../docs/assets/js/yours/data.js").Kind} */ (data.kinds.get("frameworks"));
  const first = /** @type {import("../../docs/assets/js/yours/data.js").Entry} */ (kind.entries[0]);
  assert.deepEqual(scoreOf(kind, first, planned(state)).counted, []);
});

test("numbers read as on the other pages", () => {
  assert.deepEqual(
    [62.25, 62.75, 0.05, 99.96].map((value) => fixed(value)),
    ["62.2", "62.8", "0.1", "100.0"],
  );
  assert.deepEqual(
    [62.5, 63.5, 62.51].map((value) => fixed(value, 0)),
    ["62", "64", "63"],
  );
  assert.deepEqual([0, 0.004, 0.5, 0.995, 1, undefined].map(shareText), [
    "0 %",
    "< 1 %",
    "50 %",
    "> 99 %",
    "100 %",
    "–",
  ]);
  assert.deepEqual([1.5555, 0.6042].map(factorText), ["1.56 times as much", "0.6 times as much"]);
  assert.deepEqual([pointsText({ low: 60, high: 100 }), pointsText({ low: 82, high: 82 })], ["60–100", "82"]);
  assert.deepEqual([listed([]), listed(["a"]), listed(["a", "b", "c"], "or")], ["", "a", "a, b or c"]);
});
