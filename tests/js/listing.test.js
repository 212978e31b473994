import assert from "node:assert/strict";
import { test } from "node:test";

import { fits } from "../../docs/assets/js/listing.js";

const row = new Map([
  ["language", "Python"],
  ["status", "active"],
]);

test("a row fits if it has every value that is asked for", () => {
  assert.equal(fits(row, new Map([["language", "Python"]])), true);
  assert.equal(
    fits(
      row,
      new Map([
        ["language", "Python"],
        ["status", "ended"],
      ]),
    ),
    false,
  );
});

test("what is not asked for excludes nothing", () => {
  assert.equal(
    fits(
      row,
      new Map([
        ["language", ""],
        ["status", ""],
      ]),
    ),
    true,
  );
});

test("a row without a value does not fit where one is asked for", () => {
  assert.equal(fits(new Map(), new Map([["language", "Python"]])), false);
});
