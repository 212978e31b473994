import assert from "node:assert/strict";
import { test } from "node:test";

import { PAUSE, addressBar, changedAddress, fragmentId } from "../../docs/assets/js/address.js";
import { fakeWindow } from "./window.js";

const MATRIX = "https://example.org/matrix/frameworks/";

test("a parameter is set, changed and removed, and the others stay", () => {
  assert.equal(changedAddress(MATRIX, { show: "flask" }), `${MATRIX}?show=flask`);
  assert.equal(changedAddress(`${MATRIX}?show=flask&differ=1`, { show: "quart" }), `${MATRIX}?show=quart&differ=1`);
  assert.equal(changedAddress(`${MATRIX}?show=flask&differ=1`, { show: "" }), `${MATRIX}?differ=1`);
  assert.equal(changedAddress(`${MATRIX}?show=flask`, { show: "", differ: "" }), MATRIX);
});

test("commas can be read, everything else is escaped", () => {
  assert.equal(changedAddress(MATRIX, { show: "flask,quart" }), `${MATRIX}?show=flask,quart`);
  const next = changedAddress(MATRIX, { filter: "a&b=c #d é" });
  assert.equal(new URL(next).searchParams.get("filter"), "a&b=c #d é");
  assert.equal(new URL(next).hash, "");
});

test("the fragment stays unless another is given", () => {
  assert.equal(changedAddress(`${MATRIX}#websockets`, { differ: "1" }), `${MATRIX}?differ=1#websockets`);
  assert.equal(changedAddress(`${MATRIX}#websockets`, { show: "flask" }, ""), `${MATRIX}?show=flask`);
  assert.equal(changedAddress(`${MATRIX}#websockets`, {}, "async"), `${MATRIX}#async`);
});

test("a fragment names an id, even one that cannot be decoded", () => {
  assert.equal(fragmentId("#websockets--flask"), "websockets--flask");
  assert.equal(fragmentId("#a%20b%2Fc"), "a b/c");
  assert.equal(fragmentId(""), "");
  assert.equal(fragmentId("#"), "");
  for (const malformed of ["%", "%zz", "100%", "%E0%A4%A"]) assert.equal(fragmentId(`#${malformed}`), malformed);
});

test("however many changes there are, the address is written once, after a pause", () => {
  const page = fakeWindow(MATRIX);
  const bar = addressBar(page.window);
  for (const words of ["a", "as", "asy", "asyn", "async"]) {
    bar.set({ show: "", differ: "", filter: words });
    page.pass(PAUSE - 1);
  }
  assert.deepEqual(page.written, []);
  page.pass(1);
  assert.deepEqual(page.written, [`${MATRIX}?filter=async`]);
  page.pass(10 * PAUSE);
  assert.equal(page.written.length, 1);
});

test("thirty seconds of changes stay below the limit of 100 writes", () => {
  const page = fakeWindow(MATRIX);
  const bar = addressBar(page.window);
  for (let at = 0; at < 30_000; at += PAUSE) {
    bar.set({ filter: String(at) });
    page.pass(PAUSE);
  }
  assert.ok(page.written.length > 10 && page.written.length < 100, `${page.written.length} writes`);
});

test("changes to several parameters are written together, the last of each", () => {
  const page = fakeWindow(`${MATRIX}?sort=name`);
  const bar = addressBar(page.window);
  bar.set({ show: "flask" });
  bar.set({ filter: "async" });
  bar.set({ show: "quart", sort: "" });
  page.pass(PAUSE);
  assert.deepEqual(page.written, [`${MATRIX}?show=quart&filter=async`]);
});

test("an address that says the same already is not written", () => {
  const page = fakeWindow(`${MATRIX}?show=flask`);
  addressBar(page.window).set({ show: "flask", filter: "" });
  page.pass(PAUSE);
  assert.deepEqual(page.written, []);
});

test("the state that others keep in the history stays", () => {
  const page = fakeWindow(MATRIX);
  page.window.history.state = { theirs: 1 };
  addressBar(page.window).set({ show: "flask" });
  page.pass(PAUSE);
  assert.deepEqual(page.window.history.state, { theirs: 1 });
});

test("the parameters include what is not written yet", () => {
  const page = fakeWindow(`${MATRIX}?differ=1`);
  const bar = addressBar(page.window);
  bar.set({ show: "flask" });
  assert.equal(bar.parameters().toString(), "differ=1&show=flask");
});

for (const event of ["beforeunload", "pagehide"]) {
  test(`what waits is written when the reader leaves (${event}), once`, () => {
    const page = fakeWindow(MATRIX);
    addressBar(page.window).set({ filter: "async" });
    page.emit(event);
    assert.deepEqual(page.written, [`${MATRIX}?filter=async`]);
    page.pass(PAUSE);
    assert.equal(page.written.length, 1);
  });
}

test("nothing listens to the reader leaving while nothing waits", () => {
  const page = fakeWindow(MATRIX);
  const bar = addressBar(page.window);
  assert.deepEqual(page.listening(), []);
  bar.set({ filter: "async" });
  assert.deepEqual(page.listening(), ["beforeunload", "pagehide"]);
  page.pass(PAUSE);
  assert.deepEqual(page.listening(), []);
  bar.flush();
  assert.equal(page.written.length, 1);
});

test("a write that the browser refuses stops nothing, and the next change writes it too", () => {
  const page = fakeWindow(MATRIX);
  const bar = addressBar(page.window);
  page.refusing = true;
  bar.set({ show: "flask" }, { fragment: "" });
  page.pass(PAUSE);
  assert.deepEqual(page.written, []);
  page.refusing = false;
  bar.set({ filter: "async" });
  page.pass(PAUSE);
  assert.deepEqual(page.written, [`${MATRIX}?show=flask&filter=async`]);
});

test("the fragment is removed with the change that asks for it, and not with later ones", () => {
  const page = fakeWindow(`${MATRIX}#flask`);
  const bar = addressBar(page.window);
  bar.set({ show: "quart" }, { fragment: "" });
  page.pass(PAUSE);
  page.window.location.href = `${MATRIX}?show=quart#django`;
  bar.set({ show: "django" });
  page.pass(PAUSE);
  assert.deepEqual(page.written, [`${MATRIX}?show=quart`, `${MATRIX}?show=django#django`]);
});

test("what is added is written at once and can be gone back from; what was typed before is written over", () => {
  const page = fakeWindow(MATRIX);
  const bar = addressBar(page.window);
  bar.set({ filter: "async" });
  bar.add({ show: "flask" });
  assert.deepEqual(page.written, [`${MATRIX}?filter=async`]);
  assert.deepEqual(page.added, [`${MATRIX}?filter=async&show=flask`]);
  bar.add({ show: "flask" });
  assert.equal(page.added.length, 1, "the same is not added again");
  page.pass(PAUSE);
  assert.equal(page.written.length, 1);
});

test("an addition that the browser refuses is kept for the next one", () => {
  const page = fakeWindow(MATRIX);
  const bar = addressBar(page.window);
  page.refusing = true;
  bar.add({ show: "flask" });
  page.refusing = false;
  bar.add({ differ: "1" });
  assert.deepEqual(page.added, [`${MATRIX}?show=flask&differ=1`]);
});

test("on the way back what waits is forgotten, and the page is told; not where only the fragment changed", () => {
  const page = fakeWindow(MATRIX);
  const bar = addressBar(page.window);
  let told = 0;
  bar.onReturn(() => {
    told += 1;
  });
  bar.add({ show: "flask" });
  bar.set({ filter: "async" });
  page.window.location.href = `${MATRIX}?show=flask#websockets`;
  page.emit("popstate");
  assert.equal(told, 0);
  assert.equal(bar.parameters().get("filter"), "async");
  page.window.location.href = MATRIX;
  page.emit("popstate");
  assert.equal(told, 1);
  page.pass(PAUSE);
  assert.deepEqual(page.written, []);
});

test("colons can be read in addresses too", () => {
  assert.equal(changedAddress(MATRIX, { with: "async-orm:built-in" }), `${MATRIX}?with=async-orm:built-in`);
});
