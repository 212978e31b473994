/** The search: words, names, and what is found in a small index. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { isNear } from "../../docs/assets/js/near.js";
import { finder } from "../../docs/assets/js/search/find.js";
import { mentioned, spellings } from "../../docs/assets/js/search/names.js";
import { stem, tokens } from "../../docs/assets/js/search/words.js";

test("a word has one stem in singular and plural, British and American", () => {
  for (const words of [
    ["websocket", "websockets"],
    ["serialisation", "serialization", "serialiser", "serialize", "serializing"],
    ["query", "queries"],
    ["licence", "license", "licenses"],
    ["migration", "migrations", "migrate"],
    ["testing", "test", "tests"],
    ["behaviour", "behavior"],
  ]) {
    assert.equal(new Set(words.map(stem)).size, 1, words.join());
  }
  assert.notEqual(stem("class"), stem("cla"));
});

test("names with a dot are joined, names of settings stay whole and come apart", () => {
  assert.deepEqual(tokens("Node.js"), ["nodejs", "node", "js"]);
  assert.deepEqual(tokens("max_body_size"), ["max_body_size", "max", "body", "size"]);
  assert.deepEqual(tokens("bodyLimit"), ["bodylimit", "body", "limit"]);
  assert.deepEqual(
    tokens("what's Django's ORM?"),
    ["what", "django", "orm"].map((word) => word.replace("what", "what")),
  );
});

test("one letter may be missing, added, changed or swapped, and no two", () => {
  for (const typed of ["litestr", "litestarr", "litestur", "litesatr"]) assert.ok(isNear("litestar", typed), typed);
  for (const typed of ["litest", "lightstar", "sanic"]) assert.ok(!isNear("litestar", typed), typed);
});

test("the longest name is taken, in the order of the question", () => {
  const known = spellings([["Django"], ["Django REST framework", "DRF"], ["FastAPI"]]);
  assert.deepEqual(mentioned(known, tokens("django rest framework or fastapi")), { entries: [1, 2], rest: ["or"] });
  assert.deepEqual(mentioned(known, tokens("fast api vs drf")), { entries: [1], rest: ["fast", "api", "vs"] });
  assert.deepEqual(mentioned(known, tokens("fastpi cors")), { entries: [2], rest: ["cors"] });
});

/** @type {import("../../docs/assets/js/search/known.js").Index} */
const INDEX = {
  kinds: [["frameworks", "Frameworks", "framework"]],
  entries: [
    ["flask", "frameworks", "Flask", "active", "Active.", ""],
    ["faust", "frameworks", "Faust", "ended", "Ended; use faust-streaming.", "robinhood faust"],
  ],
  criteria: [
    ["frameworks", "cors", "CORS", "Can other origins be allowed?", "Third-party: Flask.", "cross origin"],
    ["frameworks", "body-limit", "Request body limit", "Is a body limited?", "Opt-in: Flask.", "upload size"],
  ],
  labels: ["third-party", "opt-in", "none"],
  facts: [
    [0, 0, 0, "via flask-cors."],
    [0, 1, 1, "MAX_CONTENT_LENGTH limits it."],
    [1, 0, 2, ""],
  ],
  pages: [["guide/kubernetes/", "Kubernetes", "A container in a cluster.", "k8s"]],
  code: ["flask"],
};

test("a question gets its answer first", () => {
  const find = finder(INDEX);
  const first = (/** @type {string} */ typed) => find(typed)[0];
  assert.deepEqual(first("does flask have cors"), {
    address: "frameworks/flask/#cors",
    title: "CORS in Flask",
    text: "third-party: via flask-cors.",
  });
  assert.equal(first("is faust dead?")?.address, "frameworks/faust/");
  assert.equal(first("cross-origin requests")?.address, "frameworks/by/cors/");
  assert.equal(first("k8s")?.address, "guide/kubernetes/");
  assert.equal(first("max_content_length")?.address, "frameworks/flask/#body-limit");
  assert.equal(first("flask code example")?.address, "frameworks/flask/code/");
  assert.deepEqual(first("Faust or Flask"), {
    address: "compare/faust-vs-flask/",
    title: "Faust and Flask",
    text: "They differ in 1 of 1 answers. Faust: ended.",
  });
  assert.deepEqual(find("xyzzy"), []);
  assert.deepEqual(find("the of"), []);
});
