import assert from "node:assert/strict";
import { test } from "node:test";

import { rowHas } from "../../docs/assets/js/rows.js";

test("a row is shown that has all the words, in any case and order", () => {
  assert.ok(rowHas("WebSocket built in", "built WEB"));
  assert.ok(!rowHas("WebSocket built in", "built third-party"));
});

test("no words show every row", () => {
  assert.ok(rowHas("WebSocket", ""));
});
