/** The rows of a pair: which of them are shown, and the address of each, to be copied. */

import { copyText } from "./code.js";
import { all, make } from "./dom.js";

/** @typedef {import("./address.js").AddressBar} AddressBar */

/** @typedef {{words: string, all: boolean}} Wish  what a row must contain, and whether those that agree are shown too */

/**
 * Return whether a row is shown: its text contains all the words.
 * @param {string} text of the row
 * @param {string} words
 * @returns {boolean}
 */
export function rowHas(text, words) {
  const found = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => found.includes(word));
}

/**
 * Return the tools: a field, a button for all rows, and what says how many are shown.
 * @param {Wish} wish
 * @param {(changes: Partial<Wish>) => void} change
 */
function makeTools(wish, change) {
  const label = "Filter criteria";
  const input = () => change({ words: field.value });
  const field = make("input", { type: "search", placeholder: label, "aria-label": label, value: wish.words, input });
  const flip = () => change({ all: !wish.all });
  const button = make("button", { type: "button", click: flip }, "Also where they agree");
  const status = make("span", { class: "muted", role: "status" });
  return { field, button, status };
}

/**
 * Let a reader choose the rows of the tables of a page; the address says what is chosen.
 * @param {HTMLElement} box where the tools are put
 * @param {AddressBar} bar
 */
export function setUpFilter(box, bar) {
  const rows = all("table[data-rows] tbody tr");
  const more = all("details[data-more]").filter((fold) => fold instanceof HTMLDetailsElement);
  const parts = all("details.part:has([data-rows])").filter((fold) => fold instanceof HTMLDetailsElement);
  const given = bar.parameters();
  const wish = { words: given.get("filter") ?? "", all: given.get("all") === "1" };
  const tools = makeTools(wish, (changes) => {
    Object.assign(wish, changes);
    show();
    bar.set({ filter: wish.words.trim(), all: wish.all ? "1" : "" });
  });

  /** @param {HTMLElement} fold */
  const shown = (fold) => fold.querySelector("tr[id]:not(.filtered-out)") !== null;

  function show() {
    const words = wish.words.trim();
    for (const row of rows) row.classList.toggle("filtered-out", !rowHas(row.textContent, words));
    for (const part of parts) {
      part.hidden = !shown(part);
      part.open = words !== "";
    }
    for (const fold of more) {
      fold.hidden = !shown(fold);
      fold.open = wish.all || words !== "";
    }
    if (tools.field.value !== wish.words) tools.field.value = wish.words;
    tools.button.setAttribute("aria-pressed", String(wish.all));
    const count = rows.filter((row) => !row.classList.contains("filtered-out")).length;
    tools.status.textContent = words ? `${count} of ${rows.length} criteria` : "";
  }

  box.append(tools.field, tools.button, tools.status);
  if (wish.words || wish.all) show();
  else tools.button.setAttribute("aria-pressed", "false");
  addEventListener("reveal", (event) => {
    const row = event.target instanceof HTMLElement ? event.target.closest("tr") : null;
    if (row?.classList.contains("filtered-out")) {
      wish.words = "";
      show();
    }
  });
}

/** Let the sign beside the name of a row copy its address; the address of the page becomes that of the row as well. */
export function setUpAddresses() {
  addEventListener("click", async (event) => {
    const link = event.target instanceof HTMLElement ? event.target.closest("a.here") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    link.textContent = await copyText(link.href, navigator.clipboard);
    setTimeout(() => {
      link.textContent = "#";
    }, 1500);
  });
}
