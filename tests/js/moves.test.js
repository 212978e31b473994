import assert from "node:assert/strict";
import { test } from "node:test";

import { distances, firstApart } from "../../docs/assets/js/matrix/moves.js";

test("two orders differ from the first row that is elsewhere", () => {
  assert.equal(firstApart(["a", "b", "c"], ["a", "c", "b"]), 1);
  assert.equal(firstApart(["a", "b"], ["b", "a"]), 0);
});

test("orders that are the same differ nowhere", () => {
  assert.equal(firstApart(["a", "b"], ["a", "b"]), 2);
  assert.equal(firstApart([], []), 0);
});

test("rows are shown as far away as the heights of those that change sides with them", () => {
  const heights = new Map([
    ["a", 10],
    ["b", 20],
    ["c", 30.5],
  ]);
  const far = distances(["a", "b", "c"], ["c", "a", "b"], heights);
  assert.deepEqual(Object.fromEntries(far), { c: -30, a: 30.5, b: 30.5 });
});

test("a row that is filtered out takes no room", () => {
  const far = distances(["a", "b"], ["b", "a"], new Map([["b", 20]]));
  assert.deepEqual(Object.fromEntries(far), { b: 0, a: 20 });
});
