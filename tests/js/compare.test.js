import assert from "node:assert/strict";
import { test } from "node:test";

import { comparisonAddress, pickerMessage } from "../../docs/assets/js/compare.js";

test("fewer than two entries have no comparison", () => {
  assert.equal(comparisonAddress([], "../", "frameworks"), "");
  assert.equal(comparisonAddress(["django"], "../", "frameworks"), "");
});

test("two entries have their own page, in the order of the alphabet", () => {
  assert.equal(comparisonAddress(["fastapi", "django"], "../", "frameworks"), "../compare/django-vs-fastapi/");
  assert.equal(comparisonAddress(["django", "fastapi"], "", "frameworks"), "compare/django-vs-fastapi/");
});

test("more entries are columns of the matrix of their kind", () => {
  const address = comparisonAddress(["quart", "fastapi", "django"], "../", "frameworks");
  assert.equal(address, "../matrix/frameworks/?show=django,fastapi,quart");
  assert.equal(comparisonAddress(["c", "b", "a"], "", "orms"), "matrix/orms/?show=a,b,c");
});

test("the entries given are not changed", () => {
  const ids = ["fastapi", "django"];
  comparisonAddress(ids, "", "frameworks");
  assert.deepEqual(ids, ["fastapi", "django"]);
});

test("the form says what is missing, or where it leads", () => {
  assert.equal(pickerMessage(0), "Choose at least two.");
  assert.equal(pickerMessage(1), "Choose at least two.");
  assert.equal(pickerMessage(2), "Two entries open their own page.");
  assert.equal(pickerMessage(3), "3 entries open side by side in the matrix.");
});
