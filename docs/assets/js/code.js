/** The code of a task, one framework at a time or two side by side, and the button that copies a block of code. */

import { fragmentId } from "./address.js";
import { all, make, one, recall, remember } from "./dom.js";

/** @typedef {import("./address.js").AddressBar} AddressBar */

const USUAL = "fastapi";

/**
 * Return the first two of these ids that are known, each once.
 * @param {Iterable<string>} ids
 * @param {readonly string[]} known
 * @returns {string[]}
 */
export function knownPair(ids, known) {
  return [...new Set(ids)].filter((id) => known.includes(id)).slice(0, 2);
}

/**
 * Return the frameworks that a page opens with: the one that the fragment names, else those that the address asks for,
 * else the one remembered from another task, else the usual one, else the first.
 * @param {{fragment: string, asked: string, remembered: string, known: readonly string[]}} given
 * @returns {string[]}
 */
export function openedWith({ fragment, asked, remembered, known }) {
  const wishes = [[fragment], asked.split(","), [remembered], [USUAL], known.slice(0, 1)];
  return wishes.map((ids) => knownPair(ids, known)).find((ids) => ids.length) ?? [];
}

/**
 * Copy the text and return what the button then says. A browser may refuse, such as where the page is in a frame.
 * @param {string} text
 * @param {Pick<Clipboard, "writeText">} clipboard
 * @returns {Promise<string>}
 */
export async function copyText(text, clipboard) {
  try {
    await clipboard.writeText(text);
    return "Copied";
  } catch {
    return "Not copied";
  }
}

/**
 * Add a button to a block of code that copies it.
 * @param {HTMLElement} block
 */
export function setUpCopying(block) {
  const text = block.textContent;
  const click = async () => {
    button.textContent = await copyText(text, navigator.clipboard);
  };
  const button = make("button", { type: "button", class: "copy", click }, "Copy");
  block.append(button);
}

/**
 * Show one framework, or two, instead of all below one another; the choice is remembered, and the address says it.
 * @param {HTMLElement} box
 * @param {AddressBar} bar
 */
export function setUpTabs(box, bar) {
  const panes = all(".panes > section", box);
  const known = panes.map((pane) => pane.id);
  const links = all(".tabs a", box).filter((link) => link instanceof HTMLAnchorElement);
  const beside = make("select", { change: () => choose(shown[0] ?? "", beside.value) });
  const named = panes.map((pane) => make("option", { value: pane.id }, one("h2 bdi", pane).textContent));
  beside.append(make("option", { value: "" }, "nothing"), ...named);
  one("[data-beside]", box).append(make("label", {}, "Beside it: ", beside));
  /** @type {string[]} */
  let shown = [];

  /** @param {string[]} ids */
  function show(ids) {
    shown = knownPair(ids, known);
    for (const pane of panes) pane.hidden = !shown.includes(pane.id);
    one(".panes", box).classList.toggle("versus", shown.length > 1);
    for (const link of links) {
      const current = fragmentId(link.hash) === shown[0];
      link.setAttribute("aria-current", String(current));
      const row = link.closest("ul");
      if (current && row) row.scrollLeft = link.offsetLeft - 40; // On a phone the names are one row.
    }
    beside.value = shown[1] ?? "";
    for (const option of beside.options) option.disabled = option.value === shown[0];
  }

  /** @param {string[]} ids */
  function choose(...ids) {
    show(ids);
    remember("code", shown[0] ?? "");
    bar.set({ show: shown.join(",") }, { fragment: "" });
  }

  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      choose(fragmentId(link.hash), shown[1] ?? "");
    });
  }
  addEventListener("hashchange", () => {
    const id = fragmentId(location.hash);
    if (known.includes(id)) show([id]);
  });
  const asked = bar.parameters().get("show") ?? "";
  show(openedWith({ fragment: fragmentId(location.hash), asked, remembered: recall("code"), known }));
  box.dataset.ready = "";
}
