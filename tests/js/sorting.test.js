import assert from "node:assert/strict";
import { test } from "node:test";

import { nextOrder, orderFrom, orderParameter, sortedBy } from "../../docs/assets/js/sorting.js";

const KEYS = ["documentation", "type-safety"];

test("the address states a column and a direction", () => {
  assert.deepEqual(orderFrom("documentation", KEYS), { key: "documentation", direction: 1 });
  assert.deepEqual(orderFrom("-type-safety", KEYS), { key: "type-safety", direction: -1 });
});

test("an unknown column is no order", () => {
  for (const text of ["", "-", "nonesuch", "-nonesuch", "--documentation"]) {
    assert.deepEqual(orderFrom(text, KEYS), { key: "", direction: 0 }, text);
  }
});

test("an order is stated in the address and read back the same", () => {
  for (const text of ["documentation", "-documentation", ""]) {
    assert.equal(orderParameter(orderFrom(text, KEYS)), text);
  }
  assert.equal(orderParameter({ key: "documentation", direction: 0 }), "");
});

test("three clicks on a column lead back to where it began", () => {
  let order = orderFrom("", KEYS);
  const stated = [1, 2, 3, 4].map(() => orderParameter((order = nextOrder(order, "documentation"))));
  assert.deepEqual(stated, ["-documentation", "documentation", "", "-documentation"]);
});

test("another column begins from its highest", () => {
  const order = nextOrder({ key: "documentation", direction: -1 }, "type-safety");
  assert.deepEqual(order, { key: "type-safety", direction: -1 });
});

test("items are sorted by figures, not by text, and equal ones keep their order", () => {
  const rows = [
    ["a", 9],
    ["b", 10],
    ["c", -1],
    ["d", 9],
  ];
  const names = (/** @type {-1 | 0 | 1} */ direction) =>
    sortedBy(rows, ([, figure]) => Number(figure), direction)
      .map(([name]) => name)
      .join("");
  assert.equal(names(1), "cadb");
  assert.equal(names(-1), "badc");
  assert.equal(names(0), "abcd");
});
