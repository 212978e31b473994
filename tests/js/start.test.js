import assert from "node:assert/strict";
import { test } from "node:test";

import { answerAddress } from "../../docs/assets/js/start.js";

const fastapi = { id: "fastapi", kind: "frameworks" };
const django = { id: "django", kind: "frameworks" };

test("a use case, a pair and an entry have their addresses", () => {
  assert.equal(answerAddress("case", [{ id: "rest-api", kind: "" }], "./"), "./guide/rest-api/");
  assert.equal(answerAddress("pair", [fastapi, django], "../"), "../compare/django-vs-fastapi/");
  assert.equal(answerAddress("entry", [fastapi], "./"), "./frameworks/fastapi/#health");
});

test("nothing chosen, or the same twice, leads nowhere", () => {
  assert.equal(answerAddress("case", [{ id: "", kind: "" }], "./"), "");
  assert.equal(answerAddress("pair", [django, django], "./"), "");
  assert.equal(answerAddress("entry", [], "./"), "");
});
