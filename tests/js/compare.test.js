import assert from "node:assert/strict";
import { test } from "node:test";

import { comparisonAddress, pickerMessage } from "../../docs/assets/js/compare.js";
import { partsOf, standingOf } from "../../docs/assets/js/compare/answers.js";
import {
  choiceFrom,
  movedTo,
  namedCriterion,
  parametersOf,
  suggestions,
  withEntry,
  withGroup,
  withKnownGroups,
  withoutEntry,
} from "../../docs/assets/js/compare/choice.js";
import { ledTo } from "../../docs/assets/js/compare/combobox.js";

/** @typedef {import("../../docs/assets/js/compare/answers.js").Answers} Answers */
/** @typedef {import("../../docs/assets/js/compare/answers.js").Fact} Fact */
/** @typedef {import("../../docs/assets/js/compare/answers.js").Questions} Questions */

const NAMES = ["Django", "Express", "FastAPI", "Flask", "Litestar", "Quart", "Sanic"];
const KNOWN = [
  ...NAMES.map((name) => ({
    id: name.toLowerCase(),
    name,
    tile: name.slice(0, 2),
    told: "",
    kind: "frameworks",
    kindName: "Web frameworks",
  })),
  { id: "celery", name: "Celery", tile: "Ce", told: "", kind: "task-queues", kindName: "Task queues" },
];
const GROUPS = [
  { id: "data", name: "Data" },
  { id: "asynchrony", name: "Asynchrony" },
];

/** @param {string} query */
const asked = (query) => choiceFrom(new URLSearchParams(query), KNOWN);

test("fewer than two entries have no comparison", () => {
  assert.equal(comparisonAddress([], "../", "frameworks"), "");
  assert.equal(comparisonAddress(["django"], "../", "frameworks"), "");
});

test("two entries have their own page, in the order of the alphabet", () => {
  assert.equal(comparisonAddress(["fastapi", "django"], "../", "frameworks"), "../compare/django-vs-fastapi/");
  assert.equal(comparisonAddress(["django", "fastapi"], "", "frameworks"), "compare/django-vs-fastapi/");
});

test("up to six are shown side by side in their order, and more are columns of the matrix of their kind", () => {
  assert.equal(
    comparisonAddress(["quart", "django", "flask"], "../", "frameworks"),
    "../compare/?e=quart,django,flask",
  );
  assert.equal(comparisonAddress(["g", "f", "e", "d", "c", "b", "a"], "", "orms"), "matrix/orms/?show=a,b,c,d,e,f,g");
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
  assert.equal(pickerMessage(3), "3 entries open side by side.");
  assert.equal(pickerMessage(7), "7 entries open side by side in the matrix.");
});

test("the address names entries in their order, with commas or again and again", () => {
  assert.deepEqual(asked("e=flask,django").choice.entries, ["flask", "django"]);
  assert.deepEqual(asked("e=flask&e=django&e=flask").choice.entries, ["flask", "django"]);
  assert.deepEqual(asked(""), { choice: { entries: [], groups: [], differing: false }, said: [] });
});

test("a choice is stated in the address and read back the same", () => {
  for (const query of ["e=flask,django", "e=flask,django&groups=data&differ=1"]) {
    const { choice } = asked(query);
    const stated = Object.entries(parametersOf(choice)).filter(([, value]) => value);
    assert.deepEqual(choiceFrom(new URLSearchParams(stated), KNOWN).choice, choice);
  }
});

test("what is plainly meant is taken, and the reader is told", () => {
  for (const [name, id] of [
    ["Django", "django"],
    ["FAST-API", "fastapi"],
    ["djagno", "django"],
    ["lites", "litestar"],
  ]) {
    const { choice, said } = asked(`e=${name}`);
    assert.deepEqual(choice.entries, [id]);
    assert.match(said.join(), /is read as/);
  }
});

test("what is not known is said, without signs that cannot be seen, and never in full length", () => {
  assert.deepEqual(asked("e=nonesuch,django").said, ["There is no entry “nonesuch”."]);
  assert.deepEqual(asked("e=%00a%00b%E2%80%AE").said, ["There is no entry “a b”."]);
  assert.deepEqual(asked("e=<script>alert(1)</script>").said, ["There is no entry “<script>alert(1)</script>”."]);
  assert.ok(asked(`e=${"x".repeat(9000)}`).said.join().length < 100);
  for (const query of ["e=%", "e=%zz", "e=%E0%A4%A", "e=,,,", "e=__proto__,constructor,toString"]) {
    assert.deepEqual(asked(query).choice.entries, [], query);
  }
});

test("a thousand names are answered in a sentence or two", () => {
  const { choice, said } = asked(`e=${Array.from({ length: 1000 }, (_, at) => `nothing-${at}`).join()},django`);
  assert.deepEqual(choice.entries, [], "it stands behind the first hundred");
  assert.ok(said.join(" ").length < 250, said.join(" "));
});

test("entries of another kind and those that do not fit are left out, and the reader is told", () => {
  const { choice, said } = asked("e=django,celery,flask");
  assert.deepEqual(choice.entries, ["django", "flask"]);
  assert.deepEqual(said, ["Celery: left out, since Task queues are not compared with Web frameworks."]);
  const many = asked(`e=${NAMES.join().toLowerCase()}`);
  assert.equal(many.choice.entries.length, 6);
  assert.match(many.said.join(), /At most 6 .* Sanic/);
});

test("entries are added at the end up to six, removed and moved", () => {
  const { choice } = asked("e=flask,django,quart");
  assert.deepEqual(withEntry(choice, "sanic").entries, ["flask", "django", "quart", "sanic"]);
  assert.equal(withEntry(choice, "flask"), choice);
  const full = asked(`e=${NAMES.slice(0, 6).join().toLowerCase()}`).choice;
  assert.equal(withEntry(full, "sanic"), full);
  assert.deepEqual(withoutEntry(choice, "django").entries, ["flask", "quart"]);
  assert.deepEqual(movedTo(choice, "quart", 0).entries, ["quart", "flask", "django"]);
  assert.deepEqual(movedTo(choice, "flask", 1).entries, ["django", "flask", "quart"]);
  assert.deepEqual(movedTo(choice, "flask", 99).entries, ["django", "quart", "flask"]);
  assert.equal(movedTo(choice, "what was dropped here", 0), choice);
});

test("groups are hidden one by one; all of them, and none, are all", () => {
  const { choice } = asked("e=flask,django");
  const one = withGroup(choice, "data", false, GROUPS);
  assert.deepEqual(one.groups, ["asynchrony"]);
  assert.deepEqual(withGroup(one, "data", true, GROUPS).groups, []);
  assert.deepEqual(withGroup(one, "asynchrony", false, GROUPS).groups, []);
  const stale = withKnownGroups(asked("e=flask&groups=asynchron,nonesuch").choice, GROUPS);
  assert.deepEqual(stale.choice.groups, ["asynchrony"]);
  assert.equal(stale.said.length, 2);
});

test("a criterion in the fragment is found though it was renamed a little", () => {
  const criteria = [{ id: "async-orm", name: "Async ORM" }];
  assert.deepEqual(namedCriterion("async-orm", criteria), { id: "async-orm", said: [] });
  assert.equal(namedCriterion("async-orms", criteria).id, "async-orm");
  assert.deepEqual(namedCriterion("%zz", criteria).id, "");
});

test("names of the kind are offered that are not shown yet, those that begin so first", () => {
  const names = (/** @type {string} */ query, /** @type {string} */ words) =>
    suggestions(KNOWN, asked(query).choice, words).map(({ id }) => id);
  assert.deepEqual(names("", "ce"), ["celery"]);
  assert.deepEqual(names("e=flask", "cel"), []);
  assert.deepEqual(names("e=flask", "a"), ["django", "fastapi", "litestar", "quart", "sanic"]);
  assert.deepEqual(names("e=flask", "s"), ["sanic", "express", "fastapi", "litestar"]);
  assert.deepEqual(names("e=flask", "djagno"), ["django"]);
});

test("arrows lead round the list, from the field to either end", () => {
  assert.deepEqual(
    [-1, 0, 1, 2].map((at) => ledTo("ArrowDown", at, 3)),
    [0, 1, 2, 0],
  );
  assert.deepEqual(
    [-1, 0, 1, 2].map((at) => ledTo("ArrowUp", at, 3)),
    [2, 2, 0, 1],
  );
  assert.equal(ledTo("ArrowDown", -1, 0), -1);
});

/**
 * @param {string} value
 * @returns {Fact}
 */
const fact = (value) => [value, value, "", "neutral", "", "https://example.org/", "1 Nov 2026", "1.0", ""];

/**
 * @param {string} id
 * @param {Record<string, string>} facts
 * @param {Record<string, string>} ratings
 * @returns {Answers}
 */
const answers = (id, facts, ratings = {}) => ({
  id,
  url: `frameworks/${id}/`,
  asked: ["orm", "async-orm", "workers"],
  ratings,
  facts: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, fact(value)])),
});

/** @type {Questions} */
const QUESTIONS = {
  kind: "frameworks",
  name: "Web frameworks",
  ratings: [["documentation", "Documentation"]],
  groups: [
    [
      "data",
      "Data",
      [
        ["orm", "ORM"],
        ["async-orm", "Async ORM"],
      ],
    ],
    [
      "asynchrony",
      "Asynchrony",
      [
        ["workers", "Workers"],
        ["asgi", "ASGI"],
      ],
    ],
  ],
};

test("what differs comes first, then what agrees, then what is not recorded for all; what nobody is asked is left out", () => {
  const both = [
    answers("a", { orm: "yes", "async-orm": "no", workers: "yes" }, { documentation: "4.0" }),
    answers("b", { orm: "no", "async-orm": "no" }, { documentation: "3.0" }),
  ];
  const parts = partsOf(QUESTIONS, both, { entries: ["a", "b"], groups: [], differing: false });
  const said = parts.map(({ id, groups }) => [id, groups.flatMap(({ rows }) => rows.map((row) => row.id))]);
  assert.deepEqual(said, [
    ["differ", ["rating-documentation", "orm"]],
    ["agree", ["async-orm"]],
    ["open", ["workers"]],
  ]);
  const only = partsOf(QUESTIONS, both, { entries: ["a", "b"], groups: ["data"], differing: true });
  assert.deepEqual(
    only.map(({ id, groups }) => [id, groups.length]),
    [["differ", 1]],
  );
});

test("three differ as soon as two do, and agree only if all have answered", () => {
  const row = (/** @type {(string | null)[]} */ values) => ({
    id: "x",
    name: "X",
    group: "data",
    rating: false,
    cells: values.map((value) => (value === null ? { missing: "not recorded" } : { fact: fact(value) })),
  });
  assert.equal(standingOf(row(["a", "a", "b"])), "differ");
  assert.equal(standingOf(row(["a", null, "b"])), "differ");
  assert.equal(standingOf(row(["a", "a", "a"])), "agree");
  assert.equal(standingOf(row(["a", null, "a"])), "open");
  assert.equal(standingOf(row([null, null])), "open");
});
