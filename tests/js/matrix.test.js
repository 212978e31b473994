import assert from "node:assert/strict";
import { test } from "node:test";

import { EVERYTHING, choiceFrom, parametersOf, toggled, withItems } from "../../docs/assets/js/matrix/choice.js";
import { compared, itemFits, selected } from "../../docs/assets/js/matrix/content.js";

/** @typedef {import("../../docs/assets/js/matrix/choice.js").Choice} Choice */
/** @typedef {import("../../docs/assets/js/matrix/content.js").Content} Content */

const FIGURES = new Map([
  ["yes", 4],
  ["partly", 2],
  ["no", 0],
]);
const PRESET = ["fastapi", "django"];

/** @param {string} value */
const answer = (value) => ({ value, text: value, figure: value ? (FIGURES.get(value) ?? 1) : -1 });

/**
 * @param {string} id
 * @param {string} name
 * @param {string} language
 * @param {string} status
 * @param {number} documentation
 */
const entry = (id, name, language, status, documentation) => ({
  id,
  name,
  tile: name.slice(0, 2),
  language,
  status,
  ratings: new Map([["documentation", documentation]]),
});

/** @type {Content} */
const content = {
  entries: [
    entry("django", "Django", "Python", "active", 4.5),
    entry("express", "Express", "JavaScript", "active", 3),
    entry("fastapi", "FastAPI", "Python", "active", 4),
    entry("nameko", "Nameko", "Python", "dormant", 2),
  ],
  items: [
    { id: "websockets", name: "WebSocket support", group: 0 },
    { id: "async-orm", name: "Async ORM", group: 0 },
    { id: "licence", name: "Licence", group: 1 },
  ],
  answers: [
    ["partly", "no", "yes", ""],
    ["partly", "", "no", "no"],
    ["BSD, 3-clause", "MIT", "MIT", "Apache-2.0"],
  ].map((row) => row.map(answer)),
  ratings: [{ id: "documentation", name: "Documentation" }],
};

/** @param {string} query */
const asked = (query) => choiceFrom(new URLSearchParams(query), content);
/** @param {string} query */
const shown = (query) => {
  const selection = selected(content, asked(query).choice);
  const entries = selection.entries.filter((at) => !selection.hiddenEntries.has(at));
  const items = selection.items.filter((at) => !selection.hiddenItems.has(at));
  return [entries.map((at) => content.entries[at]?.id).join(), items.map((at) => content.items[at]?.id).join()];
};
const ALL = ["django,express,fastapi,nameko", "websockets,async-orm,licence"];

test("an address without parameters chooses everything", () => {
  assert.deepEqual(asked(""), { choice: EVERYTHING, said: [] });
  assert.deepEqual(shown(""), ALL);
});

test("the address states columns, words and whether they differ", () => {
  assert.deepEqual(shown("show=fastapi,django&filter=async"), ["django,fastapi", "async-orm"]);
  assert.deepEqual(shown("show=express,fastapi&differ=1"), ["express,fastapi", "websockets,async-orm"]);
});

test("names that are not in the table are left out, and the reader is told", () => {
  const { choice, said } = asked("show=django,nonesuch,<b>");
  assert.deepEqual(choice.entries, ["django"]);
  assert.deepEqual(said, ["There is no entry “nonesuch” or “<b>”."]);
  assert.deepEqual(shown("show=nonesuch"), ALL);
  assert.deepEqual(shown("show="), ALL);
});

test("a name with a letter wrong is read as the one that is meant", () => {
  const { choice, said } = asked("show=djago&rows=web-sockets&sort=-fastap");
  assert.deepEqual([choice.entries, choice.items], [["django"], ["websockets"]]);
  assert.deepEqual(choice.order, [{ key: "fastapi", direction: -1 }]);
  assert.equal(said.length, 3);
});

test("only 1 means that they must differ", () => {
  for (const query of ["", "differ", "differ=", "differ=0", "differ=true"]) {
    assert.equal(asked(query).choice.differing, false, query);
  }
});

test("an older address names its words q, and the newer name wins", () => {
  assert.equal(asked("q=async").choice.words, "async");
  assert.equal(asked("q=async&filter=jobs").choice.words, "jobs");
  assert.equal(parametersOf(asked("q= async ").choice)["q"], "");
});

test("a choice is stated in the address and read back the same", () => {
  for (const query of [
    "",
    "show=fastapi,django",
    "rows=licence&differ=1&flip=1",
    "filter=a,b&sort=-django,websockets,name",
    "with=websockets:yes,websockets:partly,licence:BSD%252C 3-clause",
    "language=Python&status=active&rated=documentation:3.5",
  ]) {
    const { choice, said } = asked(query);
    assert.deepEqual(said, [], query);
    const stated = Object.entries(parametersOf(choice)).filter(([, value]) => value);
    assert.deepEqual(choiceFrom(new URLSearchParams(stated), content).choice, choice, query);
    assert.equal(query === "" || stated.length > 0, true);
  }
});

test("columns that the page chose for a phone are shown and not stated", () => {
  const { choice } = choiceFrom(new URLSearchParams(), content, PRESET);
  assert.deepEqual(choice.entries, PRESET);
  assert.equal(parametersOf(choice)["show"], "");
  assert.equal(choiceFrom(new URLSearchParams("show=express"), content, PRESET).choice.preset, false);
  assert.deepEqual(choiceFrom(new URLSearchParams(), content, ["nonesuch", ""]).choice, EVERYTHING);
});

test("choosing on a phone starts from the columns shown, and is then stated", () => {
  const { choice } = choiceFrom(new URLSearchParams(), content, PRESET);
  assert.equal(parametersOf(toggled(choice, "express", true))["show"], "fastapi,django,express");
});

test("the last entry taken away shows everything again, and the choice before is not changed", () => {
  const one = toggled(EVERYTHING, "django", true);
  assert.deepEqual(one.entries, ["django"]);
  assert.deepEqual(toggled(one, "django", false).entries, []);
  assert.deepEqual(EVERYTHING.entries, []);
});

test("criteria are taken away from all, and all of them again are none in particular", () => {
  const less = withItems(EVERYTHING, ["licence"], false, content);
  assert.deepEqual(less.items, ["websockets", "async-orm"]);
  assert.deepEqual(withItems(less, ["licence"], true, content).items, []);
  const none = withItems(less, less.items, false, content);
  assert.equal(parametersOf(none)["rows"], "none");
  assert.deepEqual(shown("rows=none"), [ALL[0], ""]);
  assert.deepEqual(withItems(none, ["licence"], true, content).items, ["licence"]);
});

test("entries are filtered by language, status, rating and answer; several answers of one criterion are alternatives", () => {
  assert.equal(shown("language=JavaScript")[0], "express");
  assert.equal(shown("status=dormant")[0], "nameko");
  assert.equal(shown("rated=documentation:4")[0], "django,fastapi");
  assert.equal(shown("with=websockets:yes,websockets:partly")[0], "django,fastapi");
  assert.equal(shown("with=websockets:yes,licence:MIT")[0], "fastapi");
  assert.equal(shown("with=websockets:yes,licence:Apache-2.0")[0], "");
});

test("filters that mean nothing are left out, and the reader is told", () => {
  for (const query of [
    "language=Cobol",
    "status=<script>",
    "rated=documentation:9",
    "rated=documentation:NaN",
    "rated=beauty:3",
    "with=websockets:maybe",
    "with=nonesuch:yes",
    "with=websockets",
    "with=websockets:%E0%A4%A",
    "sort=nonesuch",
  ]) {
    const { choice, said } = asked(query);
    assert.deepEqual(choice, EVERYTHING, query);
    assert.equal(said.length, 1, `${query}: ${said}`);
  }
});

test("a thousand names are answered in a sentence or two", () => {
  const names = Array.from({ length: 1000 }, (_, at) => `nothing-${at}`).join(",");
  const { said } = asked(`show=${names}&rows=${names}`);
  assert.ok(said.join(" ").length < 500, said.join(" "));
});

test("criteria are sorted by the answer of an entry, within their group", () => {
  assert.equal(shown("sort=-nameko")[1], "async-orm,websockets,licence");
  assert.equal(shown("sort=express,-fastapi")[1], "websockets,async-orm,licence");
});

test("entries are sorted by a criterion and then by another", () => {
  assert.equal(shown("sort=-licence")[0], "nameko,django,express,fastapi");
  assert.equal(shown("sort=-licence,-websockets")[0], "nameko,django,fastapi,express");
  assert.equal(shown("sort=-websockets")[0], "fastapi,django,express,nameko");
});

test("names sort the rows: criteria, or entries where they have changed places", () => {
  assert.deepEqual(shown("sort=-name"), [ALL[0], "async-orm,websockets,licence"]);
  assert.deepEqual(shown("sort=name&flip=1"), ["nameko,fastapi,express,django", ALL[1]]);
});

test("no answer comes last in either direction", () => {
  const [yes, none] = [answer("yes"), answer("")];
  for (const direction of /** @type {const} */ ([-1, 1])) {
    assert.ok(compared(yes, none, direction) < 0);
    assert.ok(compared(none, yes, direction) > 0);
    assert.equal(compared(none, answer(""), direction), 0);
  }
});

test("texts are sorted as people count", () => {
  assert.ok(compared(answer("3.9"), answer("3.10"), -1) < 0);
});

test("a row fits if its name or a value contains the words, in any case, spaces around them aside", () => {
  const item = { id: "websockets", name: "WebSocket support", group: 0 };
  const fits = (/** @type {string} */ words) => itemFits(item, [answer("by hand")], { ...EVERYTHING, words });
  for (const words of ["", " ", "web", "SOCKET", "  websocket ", "t s", "by hand"]) assert.ok(fits(words), words);
  for (const words of ["async", "websockets", "web socket", ".*"]) assert.ok(!fits(words), words);
});

test("a value that is not recorded differs from one that is, and not from another", () => {
  assert.equal(shown("show=django,express&differ=1&filter=async")[1], "async-orm");
  assert.equal(shown("show=fastapi,nameko&differ=1&filter=async")[1], "");
});
