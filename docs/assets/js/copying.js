/** Buttons that copy the address of what is shown, or its table as text. */

import { copyText } from "./code.js";
import { asMarkdown, copyCells } from "./copies.js";
import { make } from "./dom.js";

/** Milliseconds that a button says what came of it. */
const SAID = 1500;

/**
 * Return a fold with buttons that copy; none where the browser has no clipboard, as where the page is neither encrypted nor local.
 * @param {() => string[][]} lines  returns the cells that are shown, the head first
 * @param {() => void} [settled]  writes the address that is still to be written
 * @returns {HTMLElement[]}
 */
export function copyButtons(lines, settled = () => {}) {
  if (!("clipboard" in navigator)) return [];
  const { clipboard } = navigator;
  /** @type {[string, () => Promise<string>][]} */
  const ways = [
    [
      "Copy link",
      () => {
        settled();
        return copyText(location.href, clipboard);
      },
    ],
    ["Copy as Markdown", () => copyText(asMarkdown(lines()), clipboard)],
    ["Copy as CSV", () => copyCells(lines(), clipboard)],
  ];
  const buttons = ways.map(([name, copy]) => {
    const click = async () => {
      said.textContent = await copy();
      setTimeout(() => {
        said.textContent = name;
      }, SAID);
    };
    const said = make("span", { "aria-live": "polite" }, name);
    return make("button", { type: "button", class: "take", click }, said);
  });
  const row = make("div", { class: "tools-row" }, ...buttons);
  return [make("details", {}, make("summary", {}, "Copy"), row)];
}
