/** The frame of the page: the answer, what has to be said of the address, fields beside the ranking, what can be kept. */

import { copyText } from "../code.js";
import { all, make } from "../dom.js";
import { result } from "./result.js";
import { sentence } from "./sentence.js";

/** @typedef {import("./decision.js").Decision} Decision */
/** @typedef {import("./result.js").Shown} Shown */

/** Milliseconds after which a result is announced: while one types, every digit has one. */
const QUIET = 700;
/** Notes that are shown; the rest are counted. */
const NOTES = 6;

/** Forms in which a decision can be kept: name, file, type and what makes the text. */
const FORMS = /** @type {const} */ ([
  ["Decision record (MADR, Markdown)", "decision.md", "text/markdown", "asRecord"],
  ["Table (CSV)", "ranking.csv", "text/csv", "asCsv"],
  ["Data (JSON)", "decision.json", "application/json", "asJson"],
]);

/**
 * Return the frame around the fields.
 * @param {readonly HTMLElement[]} fields  of the questions, the must-haves and the weights
 * @param {() => Decision | null} current
 * @returns {{element: HTMLElement, say: (notes: string[]) => void, show: (shown: Shown) => void}}
 */
export function frame([questions, needs, weights], current) {
  const answer = make("p", { class: "yours-answer" });
  const announced = make("p", { class: "visually-hidden", role: "status" });
  const notes = make("div", {});
  const ranking = make("div", { class: "yours-ranking" });
  const part = (
    /** @type {string} */ id,
    /** @type {string} */ heading,
    /** @type {HTMLElement | undefined} */ field,
  ) => make("section", {}, make("h2", { id }, heading), field ?? "");
  const asked = make("div", {}, part("needs", "Must-haves", needs), part("weights", "Weights", weights));
  const found = make("section", {}, make("h2", { id: "ranking" }, "Ranking"), ranking, keeping(current));
  const columns = make("div", { class: "yours-columns" }, asked, found);
  const lead = make("div", { class: "yours-lead" }, answer, make("a", { href: "#ranking" }, "See the ranking"));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return {
    element: make("div", {}, notes, questions ?? "", lead, announced, columns),
    say: (texts) => notes.replaceChildren(...noted(texts)),
    show(shown) {
      const text = sentence(shown);
      answer.textContent = text;
      clearTimeout(timer);
      timer = setTimeout(() => (announced.textContent = text), QUIET);
      replaced(ranking, result(shown));
    },
  };
}

/**
 * Return what has to be said of an address.
 * @param {string[]} texts
 * @returns {HTMLElement[]}
 */
function noted(texts) {
  if (!texts.length) return [];
  const more = texts.length - NOTES;
  const shown = more > 0 ? [...texts.slice(0, NOTES), `And ${more} more.`] : texts;
  const items = shown.map((text) => make("li", {}, text));
  return [
    make("div", { class: "panel", role: "alert" }, make("b", {}, "What the address says:"), make("ul", {}, ...items)),
  ];
}

/**
 * Replace what a box shows. What was open stays open, and the keyboard stays where it was.
 * @param {HTMLElement} box
 * @param {HTMLElement[]} elements
 */
function replaced(box, elements) {
  const open = new Set(all("details[open]", box).map(({ dataset }) => dataset["entry"]));
  const focused = box.contains(document.activeElement) ? document.activeElement?.id : "";
  box.replaceChildren(...elements);
  for (const fold of all("details", box)) {
    if (fold instanceof HTMLDetailsElement) fold.open = open.has(fold.dataset["entry"]);
  }
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/**
 * Return the buttons that copy and download. Browsers have no clipboard for a page that is not encrypted.
 * @param {() => Decision | null} current
 * @returns {HTMLElement}
 */
function keeping(current) {
  const copies = "clipboard" in navigator;
  const said = make("span", { class: "muted", role: "status" });
  /** @type {(word: string, what: string, use: (decision: Decision) => Promise<string>) => HTMLElement} */
  const button = (word, what, use) => {
    const click = async () => {
      const decision = current();
      if (decision) said.textContent = `${what}: ${await use(decision)}.`;
    };
    return make("button", { type: "button", "aria-label": `${word}: ${what}`, click }, word);
  };
  const copied = async (/** @type {string} */ text) => (await copyText(text, navigator.clipboard)).toLowerCase();
  const forms = FORMS.map(([what, file, type, form]) => {
    const text = async (/** @type {Decision} */ decision) => (await import("./decision.js"))[form](decision);
    const save = button("Download", what, async (decision) => downloaded(file, type, await text(decision)));
    const copy = button("Copy", what, async (decision) => copied(await text(decision)));
    return make("li", {}, make("span", {}, what), save, ...(copies ? [copy] : []));
  });
  const link = make(
    "li",
    {},
    make("span", {}, "Link"),
    button("Copy", "Link", ({ address }) => copied(address)),
  );
  const heading = make("h3", { id: "keep" }, "Keep the decision");
  return make(
    "section",
    { class: "yours-keep" },
    heading,
    make("ul", { class: "plain" }, ...(copies ? [link] : []), ...forms),
    said,
  );
}

/**
 * Let the browser save a text.
 * @param {string} name
 * @param {string} type
 * @param {string} text
 * @returns {string} what is said of it
 */
function downloaded(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
  return `saved as ${name}`;
}
