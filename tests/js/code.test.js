import assert from "node:assert/strict";
import { test } from "node:test";

import { copyText, knownPair, openedWith } from "../../docs/assets/js/code.js";

const KNOWN = ["aiohttp", "django", "fastapi", "flask"];
const NOTHING = { fragment: "", asked: "", remembered: "", known: KNOWN };

test("at most two known frameworks are shown, each once, in the order asked", () => {
  assert.deepEqual(knownPair(["flask", "django"], KNOWN), ["flask", "django"]);
  assert.deepEqual(knownPair(["flask", "flask", "django", "fastapi"], KNOWN), ["flask", "django"]);
  assert.deepEqual(knownPair(["nonesuch", "", "django"], KNOWN), ["django"]);
  assert.deepEqual(knownPair([], KNOWN), []);
});

test("the fragment comes before the address, the address before what is remembered", () => {
  const all = { ...NOTHING, fragment: "flask", asked: "django,aiohttp", remembered: "aiohttp" };
  assert.deepEqual(openedWith(all), ["flask"]);
  assert.deepEqual(openedWith({ ...all, fragment: "costs" }), ["django", "aiohttp"]);
  assert.deepEqual(openedWith({ ...all, fragment: "", asked: "" }), ["aiohttp"]);
});

test("what is not known is passed over", () => {
  assert.deepEqual(openedWith({ ...NOTHING, fragment: "%", asked: "nothing,<b>", remembered: "gone" }), ["fastapi"]);
});

test("without the usual framework a page opens with its first, and an empty page with none", () => {
  assert.deepEqual(openedWith({ ...NOTHING, known: ["aiohttp", "flask"] }), ["aiohttp"]);
  assert.deepEqual(openedWith({ ...NOTHING, known: [] }), []);
});

test("text is copied as it is", async () => {
  /** @type {string[]} */
  const copied = [];
  const clipboard = { writeText: async (/** @type {string} */ text) => void copied.push(text) };
  assert.equal(await copyText("a\n  b\n", clipboard), "Copied");
  assert.deepEqual(copied, ["a\n  b\n"]);
});

test("a clipboard that refuses is reported, not thrown", async () => {
  const refusing = {
    writeText: () => Promise.reject(new DOMException("Write permission denied.", "NotAllowedError")),
  };
  assert.equal(await copyText("text", refusing), "Not copied");
});
