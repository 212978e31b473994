import assert from "node:assert/strict";
import { test } from "node:test";

import { SCHEMES, nextScheme } from "../../docs/assets/js/scheme.js";

test("the button offers each scheme in turn, beginning after the system's", () => {
  const offered = [];
  for (let scheme = ""; offered.length < SCHEMES.size; offered.push(scheme)) scheme = nextScheme(scheme);
  assert.deepEqual(offered, ["light", "dark", ""]);
});

test("an unknown scheme, as an older page may have stored, leads to the system's", () => {
  assert.equal(nextScheme("sepia"), "");
});

test("every scheme has a name", () => {
  for (const scheme of ["", "light", "dark"]) assert.ok(SCHEMES.get(scheme), scheme);
});
