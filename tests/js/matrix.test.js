import assert from "node:assert/strict";
import { test } from "node:test";

import { choiceFrom, parametersOf, rowFits, shownColumns, toggled } from "../../docs/assets/js/matrix.js";

const KNOWN = ["django", "fastapi", "flask", "quart", "tornado"];
const PRESET = ["fastapi", "django"];

/** @param {string} query */
const asked = (query) => new URLSearchParams(query);
const everything = choiceFrom(asked(""), KNOWN);

/**
 * @param {string} name
 * @param {Record<string, string>} values
 */
const row = (name, values) => ({ name, values: new Map(Object.entries(values)) });

test("an address without parameters chooses everything", () => {
  assert.deepEqual(everything, { entries: new Set(), differing: false, words: "", preset: false });
  assert.deepEqual(shownColumns(everything, KNOWN), KNOWN);
});

test("the address states columns, words and whether they differ", () => {
  const choice = choiceFrom(asked("show=flask,django&differ=1&filter=async io"), KNOWN);
  assert.deepEqual(choice, {
    entries: new Set(["flask", "django"]),
    differing: true,
    words: "async io",
    preset: false,
  });
  assert.deepEqual(shownColumns(choice, KNOWN), ["django", "flask"], "in the order of the table");
});

test("entries that are not in the table are left out", () => {
  assert.deepEqual(shownColumns(choiceFrom(asked("show=django,nonesuch,<b>"), KNOWN), KNOWN), ["django"]);
  assert.deepEqual(shownColumns(choiceFrom(asked("show=nonesuch"), KNOWN), KNOWN), KNOWN);
  assert.deepEqual(shownColumns(choiceFrom(asked("show="), KNOWN), KNOWN), KNOWN);
});

test("only 1 means that they must differ", () => {
  for (const query of ["", "differ", "differ=", "differ=0", "differ=true"]) {
    assert.equal(choiceFrom(asked(query), KNOWN).differing, false, query);
  }
});

test("an older address names its words q, and the newer name wins", () => {
  assert.equal(choiceFrom(asked("q=async"), KNOWN).words, "async");
  assert.equal(choiceFrom(asked("q=async&filter=jobs"), KNOWN).words, "jobs");
});

test("a choice is stated in the address and read back the same", () => {
  for (const query of ["", "show=flask,django", "differ=1", "filter=web", "show=quart&differ=1&filter=a,b"]) {
    const choice = choiceFrom(asked(query), KNOWN);
    const stated = Object.entries(parametersOf(choice)).filter(([, value]) => value);
    assert.deepEqual(choiceFrom(new URLSearchParams(stated), KNOWN), choice, query);
  }
});

test("the older name of the words is removed from the address", () => {
  assert.deepEqual(parametersOf(choiceFrom(asked("q= async "), KNOWN)), {
    show: "",
    differ: "",
    filter: "async",
    q: "",
  });
});

test("columns that the page chose for a phone are shown and not stated", () => {
  const choice = choiceFrom(asked(""), KNOWN, PRESET);
  assert.deepEqual(shownColumns(choice, KNOWN), ["django", "fastapi"]);
  assert.equal(parametersOf(choice).show, "");
});

test("a column that the reader asks for takes the place of those that the page chose", () => {
  const choice = choiceFrom(asked("show=flask"), KNOWN, PRESET);
  assert.deepEqual(shownColumns(choice, KNOWN), ["flask"]);
  assert.equal(parametersOf(choice).show, "flask");
});

test("a page that chooses nothing, or what is not there, begins with everything", () => {
  for (const preset of [[], [""], ["nonesuch"]]) {
    const choice = choiceFrom(asked(""), KNOWN, preset);
    assert.deepEqual(choice, everything);
  }
});

test("choosing on a phone starts from the columns shown, and is then stated", () => {
  const choice = toggled(choiceFrom(asked(""), KNOWN, PRESET), "quart", true);
  assert.equal(parametersOf(choice).show, "fastapi,django,quart");
});

test("entries are stated in the order in which they were chosen, each once", () => {
  let choice = toggled(everything, "tornado", true);
  choice = toggled(choice, "django", true);
  choice = toggled(choice, "django", true);
  assert.equal(parametersOf(choice).show, "tornado,django");
  assert.deepEqual(shownColumns(choice, KNOWN), ["django", "tornado"]);
});

test("the last entry taken away shows everything again", () => {
  const choice = toggled(toggled(everything, "flask", true), "flask", false);
  assert.deepEqual(shownColumns(choice, KNOWN), KNOWN);
  assert.equal(parametersOf(choice).show, "");
});

test("a choice is not changed by the one made from it", () => {
  toggled(everything, "flask", true);
  assert.equal(everything.entries.size, 0);
});

test("a row fits if its name contains the words, in any case, spaces around them aside", () => {
  const websockets = row("WebSocket support", {});
  for (const words of ["", " ", "web", "SOCKET", "  websocket ", "t s"]) {
    assert.ok(rowFits(websockets, { ...everything, words }, KNOWN), words);
  }
  for (const words of ["async", "websockets", "web socket", ".*"]) {
    assert.ok(!rowFits(websockets, { ...everything, words }, KNOWN), words);
  }
});

test("where they differ, only the columns shown count", () => {
  const mixed = row("Sessions", { django: "yes", fastapi: "no", flask: "yes" });
  const differing = { ...everything, differing: true };
  assert.ok(rowFits(mixed, differing, ["django", "fastapi"]));
  assert.ok(!rowFits(mixed, differing, ["django", "flask"]));
  assert.ok(!rowFits(mixed, differing, ["django"]));
  assert.ok(rowFits(mixed, everything, ["django", "flask"]));
});

test("a value that is not recorded differs from one that is, and not from another", () => {
  const differing = { ...everything, differing: true };
  const open = row("Sessions", { django: "yes" });
  assert.ok(rowFits(open, differing, ["django", "flask"]));
  assert.ok(!rowFits(open, differing, ["flask", "quart"]));
});

test("a row must fit both the words and the difference", () => {
  const mixed = row("Sessions", { django: "yes", fastapi: "no" });
  const columns = ["django", "fastapi"];
  assert.ok(rowFits(mixed, { ...everything, differing: true, words: "sess" }, columns));
  assert.ok(!rowFits(mixed, { ...everything, differing: true, words: "async" }, columns));
});
