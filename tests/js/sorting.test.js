import assert from "node:assert/strict";
import { test } from "node:test";

import { keysFrom, keysParameter, nextKeys, sortedBy } from "../../docs/assets/js/sorting.js";

const KNOWN = ["documentation", "type-safety"];

test("the address states columns and directions", () => {
  assert.deepEqual(keysFrom("documentation", KNOWN), [{ key: "documentation", direction: 1 }]);
  assert.deepEqual(keysFrom("-type-safety,documentation", KNOWN), [
    { key: "type-safety", direction: -1 },
    { key: "documentation", direction: 1 },
  ]);
});

test("an unknown column is no key, and a column is one key alone", () => {
  for (const text of ["", "-", "nonesuch", "-nonesuch", "--documentation", ",,"]) {
    assert.deepEqual(keysFrom(text, KNOWN), [], text);
  }
  assert.deepEqual(keysFrom("documentation,-documentation", KNOWN), [{ key: "documentation", direction: 1 }]);
});

test("keys are stated in the address and read back the same", () => {
  for (const text of ["documentation", "-documentation", "-type-safety,documentation", ""]) {
    assert.equal(keysParameter(keysFrom(text, KNOWN)), text);
  }
});

test("three clicks on a column lead back to where it began", () => {
  let keys = keysFrom("", KNOWN);
  const stated = [1, 2, 3, 4].map(() => keysParameter((keys = nextKeys(keys, "documentation", false))));
  assert.deepEqual(stated, ["-documentation", "documentation", "", "-documentation"]);
});

test("another column takes the place of the first, unless it is added", () => {
  const keys = keysFrom("-documentation", KNOWN);
  assert.equal(keysParameter(nextKeys(keys, "type-safety", false)), "-type-safety");
  assert.equal(keysParameter(nextKeys(keys, "type-safety", true)), "-documentation,-type-safety");
});

test("an added column is turned and taken away in its place", () => {
  let keys = keysFrom("-documentation,-type-safety", KNOWN);
  keys = nextKeys(keys, "documentation", true);
  assert.equal(keysParameter(keys), "documentation,-type-safety");
  keys = nextKeys(keys, "documentation", true);
  assert.equal(keysParameter(keys), "-type-safety");
});

test("items are sorted by figures, not by text, and equal ones keep their order unless another key decides", () => {
  /** @type {[string, Record<string, number>][]} */
  const rows = [
    ["a", { first: 9, second: 1 }],
    ["b", { first: 10, second: 1 }],
    ["c", { first: -1, second: 2 }],
    ["d", { first: 9, second: 2 }],
  ];
  const names = (/** @type {string} */ text) =>
    sortedBy(rows, keysFrom(text, ["first", "second"]), ([, figures], key) => figures[key] ?? 0)
      .map(([name]) => name)
      .join("");
  assert.equal(names("first"), "cadb");
  assert.equal(names("-first"), "badc");
  assert.equal(names(""), "abcd");
  assert.equal(names("-second,first"), "cdab");
});
