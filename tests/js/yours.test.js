/** The address of the page of own weights, and what can be kept of a decision. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { dataOf } from "../../docs/assets/js/yours/data.js";
import { asCsv, asJson, asRecord, cell, plain } from "../../docs/assets/js/yours/decision.js";
import { drawer } from "../../docs/assets/js/yours/draws.js";
import { meant, quoted } from "../../docs/assets/js/yours/names.js";
import { begunWith } from "../../docs/assets/js/yours/questions.js";
import { decide, drawingOf, placed } from "../../docs/assets/js/yours/scoring.js";
import { beginning, planned, query, read, weighable } from "../../docs/assets/js/yours/state.js";

const { data: file, cases } = JSON.parse(readFileSync(new URL("../scoring.json", import.meta.url), "utf8"));
const data = dataOf(file);
const reading = (/** @type {string} */ text) => read(new URLSearchParams(text), data);

test("an address says what differs from its use case, and nothing else", () => {
  for (const text of [
    "",
    "case=async-api",
    "kind=servers",
    "case=back-office&language=any",
    "case=async-api&language=python&lasts=years&confirmed=run&released=365&need=async-handlers:built-in&w=scope:0",
    "case=real-time&need=websockets:any",
    "need=websockets:built-in,official-package&w=features:2.5,orm:3",
  ]) {
    const { state, notes } = reading(text);
    assert.deepEqual(notes, [], text);
    assert.equal(query(state, data), text);
  }
  assert.equal(query(reading("case=async-api&lasts=less&w=scope:2").state, data), "case=async-api");
});

test("every case leads back to itself", () => {
  for (const { query: text } of cases) assert.deepEqual(reading(query(reading(text).state, data)), reading(text), text);
});

test("a use case fills in its needs and weights, with credits of its own", () => {
  const { needs, weights, kind, lasting } = beginning(data, "async-api");
  assert.deepEqual([...needs], [["async-handlers", ["built-in", "partial"]]]);
  assert.deepEqual(
    [...weights].map(([id, { weight }]) => [id, weight]),
    [
      ["async-handlers", 4],
      ["websockets", 4],
      ["scope", 2],
    ],
  );
  assert.deepEqual(weights.get("scope")?.credit, { api: 1, "full-stack": 0.5 });
  assert.deepEqual([kind, lasting], ["frameworks", false]);
  assert.deepEqual(reading("case=async-api&w=scope:5").state.weights.get("scope"), {
    weight: 5,
    credit: { api: 1, "full-stack": 0.5 },
  });
});

test("what is plainly meant is repaired, and said", () => {
  const { state, notes } = reading("case=Async_API&need=websocket:built,official&w=scop:3");
  assert.equal(query(state, data), "case=async-api&need=websockets:built-in,official-package&w=scope:3");
  assert.deepEqual(notes, [
    "The use case “Async_API” was read as “async-api”.",
    "The criterion “websocket” was read as “websockets”.",
    "The value of “WebSocket” “built” was read as “built-in”.",
    "The value of “WebSocket” “official” was read as “official-package”.",
    "The weight “scop” was read as “scope”.",
  ]);
});

test("what is wrong is left out, and said; the rest holds", () => {
  for (const [text, note, left] of /** @type {const} */ ([
    ["case=nothing-like-it", "There is no use case “nothing-like-it”; it was left out.", ""],
    ["kind=cars", "There is no kind “cars”; it was left out.", ""],
    [
      "case=async-api&w=scope:many",
      "The weight of “scope”, “many”, is no number; it was left as it was.",
      "case=async-api",
    ],
    ["case=async-api&w=scope", "The weight of “scope”, “”, is no number; it was left as it was.", "case=async-api"],
    [
      "case=async-api&w=scope:1e9",
      "The weight of “scope”, “1e9”, is no number; it was left as it was.",
      "case=async-api",
    ],
    ["case=async-api&w=scope:-2", "The weight of “scope” is negative; it was left as it was.", "case=async-api"],
    ["w=orm:99999", "The weight of “orm” is more than 50; it was read as 50.", "w=orm:50"],
    ["w=scope:3", "No value of “Scope” is better than another; it cannot be weighed.", ""],
    ["need=orm", "The must-have “ORM” has no value that will do; it was left as it was.", ""],
    ["need=orm:", "The must-have “ORM” has no value that will do; it was left as it was.", ""],
    ["need=gone:built-in", "There is no criterion “gone”; it was left out.", ""],
    ["w=%3Cscript%3Ealert(1)%3C/script%3E:3", "There is no weight “<script>alert(1)</script>”; it was left out.", ""],
    ["w=__proto__:3", "There is no weight “__proto__”; it was left out.", ""],
    ["w=constructor:3", "There is no weight “constructor”; it was left out.", ""],
    ["need=toString:built-in", "There is no criterion “toString”; it was left out.", ""],
    ["language=cobol", "There is no language “cobol”; it was left out.", ""],
    ["lasts=forever", "There is no time “forever”; it was left out.", ""],
    ["released=3", "There is no age “3”; it was left out.", ""],
    ["data=0", "The data has changed since this link was made, so the ranking may have changed, too.", ""],
  ])) {
    const { state, notes } = reading(text);
    assert.deepEqual(notes, [note], text);
    assert.equal(query(state, data), left, text);
  }
});

test("an address of any length is read at once, and a message stays a line", () => {
  const many = Array.from({ length: 5000 }, (_, place) => `name-${place}:1`).join();
  const started = performance.now();
  const { state, notes } = reading(`w=${many}&${"need=orm:built-in&".repeat(3000)}case=${"x".repeat(100_000)}`);
  assert.ok(performance.now() - started < 1000);
  assert.deepEqual([...state.needs], [["orm", ["built-in"]]]);
  assert.ok(notes.includes("The address has 5000 weights; those after 100 were left out."));
  assert.ok(notes.includes("The address has 3000 must-haves; those after 100 were left out."));
  assert.ok(notes.every((note) => note.length < 150));
});

test("a name is only read as another one where that is plain", () => {
  const names = ["orm", "openapi", "opencast", "websockets"];
  assert.equal(meant("ORM", names), "orm");
  assert.equal(meant(" web sockets ", ["web-sockets"]), "web-sockets");
  assert.equal(meant("web", names), "websockets");
  assert.equal(meant("open", names), undefined);
  assert.equal(meant("openapj", names), "openapi");
  assert.equal(meant("or", names), undefined);
  assert.equal(quoted("a".repeat(1000)), `“${"a".repeat(40)}…”`);
});

test("another use case keeps what was answered, and another kind does not", () => {
  const { state } = reading("case=async-api&language=python&need=orm:built-in&w=scope:9");
  assert.equal(query(begunWith(data, state, "tiny"), data), "case=tiny&language=python&need=orm:built-in");
  assert.equal(query(begunWith(data, state, "kind:frameworks"), data), "language=python&need=orm:built-in");
  assert.equal(query(begunWith(data, state, "server"), data), "case=server");
});

test("what counts for nothing cannot be weighed, but a use case may weigh it", () => {
  const kind = /** @type {import("../../docs/assets/js/yours/data.js").Kind} */ (data.kinds.get("frameworks"));
  assert.ok(!weighable(kind).includes("scope"));
  assert.ok(weighable(kind, beginning(data, "async-api")).includes("scope"));
});

/**
 * Return a decision.
 * @param {string} text  the query
 * @param {Partial<import("../../docs/assets/js/yours/data.js").Entry>} [changes] of the first entry of its kind
 */
function decision(text, changes = {}) {
  const own = dataOf(file);
  const [kind] = [...own.kinds.values()];
  Object.assign(kind?.entries[0] ?? {}, changes);
  const plan = { ...planned(reading(text).state), case: reading(text).state.case };
  const { ordered, ...rest } = decide(own, plan);
  const shares = ordered.length ? drawer(own.rules)(drawingOf(plan, ordered)) : {};
  const link = `https://example.org/guide/yours/?${text}&data=${own.version}`;
  const places = placed(ordered, shares, own.rules.clear);
  return {
    data: own,
    plan,
    placed: places,
    ...rest,
    address: link,
    link,
    root: "https://example.org/",
    day: "2026-11-29",
  };
}

test("a record is one of MADR 4, with sources, weights, the data and the link", () => {
  const text = asRecord(decision("case=async-api"));
  const heads = text.split("\n").filter((line) => /^#{1,3} /.test(line));
  assert.deepEqual(heads.slice(0, 6), [
    "# Choose a framework for “Asynchronous API”: Alpha",
    "## Context and Problem Statement",
    "## Decision Drivers",
    "## Considered Options",
    "## Decision Outcome",
    "### Confirmation",
  ]);
  assert.deepEqual(heads.slice(6), [
    "## Pros and Cons of the Options",
    "### Alpha",
    "### Gamma",
    "### Beta",
    "## More Information",
  ]);
  assert.match(text, /^---\nstatus: proposed\ndate: 2026-11-29\n---\n/);
  assert.match(text, /^\* Must-have: Async handlers is built in or partial$/m);
  assert.match(text, /^\* Weight 2 \(20 %\): Scope \(API framework 1, full-stack 0\.5\)$/m);
  assert.match(
    text,
    /^\* Good, because Async handlers is “built in”: 40\.0 of 40\.0 points \(\[source\]\(<https:.*>\), read \d{4}-\d\d-\d\d\)$/m,
  );
  assert.match(text, /^\* Neutral, because WebSocket is “?not known”?: 0–40\.0 of 40\.0 points/m);
  assert.match(text, /The weights do not tell it apart from Gamma\./);
  assert.ok(text.includes(`(<https://example.org/guide/yours/?case=async-api&data=${data.version}>)`));
  assert.ok(text.includes(`data ${data.version}, CC BY 4.0`));
});

test("a record without an option says so", () => {
  assert.match(asRecord(decision("case=tiny")), /No option: none meets the needs, or too little is known\./);
});

test("no name becomes markup of a record", () => {
  const name = "<script>alert(1)</script> [x](javascript:y) `z` | # *";
  const text = asRecord(decision("case=async-api", { name }));
  assert.ok(text.includes(plain(name)));
  assert.ok(!text.replaceAll(/\\./g, "").includes("<script"));
  assert.equal(plain("a\nb  c"), "a b c");
});

test("no value becomes a formula or a column of a table", () => {
  assert.deepEqual(["=1+1", "+a", "-a", "@a", "a,b", 'a"b', "a\nb", "–"].map(cell), [
    ...["'=1+1", "'+a", "'-a", "'@a", '"a,b"', '"a""b"', '"a\nb"', "–"],
  ]);
  assert.equal(cell(-1.5), "-1.5");
  assert.equal(cell(null), "");
  const [heads = "", ...lines] = asCsv(decision("case=async-api")).trimEnd().split("\r\n");
  assert.equal(lines.length, 9);
  assert.equal(heads.split(",").length, 16);
  assert.match(lines[0] ?? "", /^1,Alpha,,82,82,[\d.]+,1,Async handlers,built in,4,1,40,40,https:.*,\d{4}-\d\d-\d\d,/);
});

test("a decision as JSON has the ranking with its sums", () => {
  const found = JSON.parse(asJson(decision("case=async-api&lasts=years")));
  assert.deepEqual(found.weights.scope, { weight: 2, credit: { api: 1, "full-stack": 0.5 } });
  assert.equal(found.data, data.version);
  assert.equal(found.ranking[0].sum.length, 3);
  assert.ok(found.fitsBut.every((/** @type {any} */ one) => one.doubts.length));
  assert.ok(found.excluded.every((/** @type {any} */ one) => one.reasons.length));
});
