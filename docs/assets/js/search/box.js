/** The search box: results open below the field while one types; the keyboard leads through them. */

import { all, make, one } from "../dom.js";

/** Keys that lead into the field from anywhere on a page. */
const KEYS = new Set(["/", "s", "f"]);
/** Milliseconds after the last key before the search begins. */
const PAUSE = 60;

/**
 * @typedef {import("./find.js").Result} Result
 * @typedef {(typed: string) => Result[]} Find
 */

/**
 * Set up the search; what it knows is read when the field is first used.
 * @param {HTMLElement} box
 */
export function setUpSearch(box) {
  const field = /** @type {HTMLInputElement} */ (one("input", box));
  const results = one(".results", box);
  const root = box.dataset["root"] ?? ".";
  /** @type {Promise<Find> | null} */
  let ready = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const show = async () => {
    const typed = field.value.trim();
    results.hidden = !typed;
    if (!typed) return;
    const find = await (ready ??= load(root));
    if (field.value.trim() === typed) fill(field, results, find(typed), root);
  };
  field.addEventListener("focus", () => {
    ready ??= load(root);
    if (field.value) results.hidden = false;
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
  box.addEventListener("keydown", (event) => lead(event, field, results, show));
  document.addEventListener("keydown", (event) => enter(event, field));
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Node && !box.contains(event.target)) results.hidden = true;
  });
}

/**
 * Return what finds results, once what the site knows has been read.
 * @param {string} root
 * @returns {Promise<Find>}
 */
async function load(root) {
  const [{ finder }, answer] = await Promise.all([import("./find.js"), fetch(`${root}/search/index.json`)]);
  return finder(await answer.json());
}

/**
 * Put the results into the list, as text. Who was already led into the list stays at that result, or is led back to the
 * field: what is removed would take the focus with it, and the keys would no longer reach the box.
 * @param {HTMLInputElement} field
 * @param {HTMLElement} results
 * @param {Result[]} found
 * @param {string} root
 */
function fill(field, results, found, root) {
  const count = found.length === 1 ? "1 result" : `${found.length} results`;
  const told = one(".results-count", results);
  told.textContent = found.length ? count : "Nothing was found.";
  const items = found.map(({ address, title, text }) =>
    make("li", {}, make("a", { href: `${root}/${address}` }, make("b", {}, title), make("span", {}, text))),
  );
  const led = results.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  results.replaceChildren(told, make("ol", {}, ...items));
  results.scrollTop = 0;
  if (led) (all("a", results).find((link) => link.getAttribute("href") === led) ?? field).focus();
}

/**
 * Follow the keys within the box: down and up through the results, Enter to the first, Escape out.
 * @param {KeyboardEvent} event
 * @param {HTMLInputElement} field
 * @param {HTMLElement} results
 * @param {() => Promise<void>} show
 */
async function lead(event, field, results, show) {
  if (event.key === "Escape") {
    results.hidden = true;
    field.value = "";
    field.blur();
  } else if (event.key === "Enter" && event.target === field) {
    event.preventDefault();
    await show();
    all("a", results)[0]?.click();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const places = [field, ...all("a", results)];
    const at = places.findIndex((place) => place === document.activeElement);
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    places[Math.max(0, Math.min(next, places.length - 1))]?.focus();
  }
}

/**
 * Lead into the field with a key, unless the reader is writing.
 * @param {KeyboardEvent} event
 * @param {HTMLInputElement} field
 */
function enter(event, field) {
  const writing =
    event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [contenteditable]");
  if (writing || event.ctrlKey || event.metaKey || event.altKey || !KEYS.has(event.key)) return;
  event.preventDefault();
  field.focus();
}
