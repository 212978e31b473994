/** The order of a table of ratings. */

import { all, make, one } from "./dom.js";
import { inWords } from "./repair.js";

/** @typedef {import("./address.js").AddressBar} AddressBar */

/**
 * One of the columns that a table is sorted by: -1 from the highest, 1 from the lowest.
 * @typedef {{key: string, direction: -1 | 1}} Key
 */

/**
 * Return the keys that an address states, each once; unknown ones are left out.
 * @param {string} text such as `-documentation,ecosystem`
 * @param {readonly string[]} known
 * @returns {Key[]}
 */
export function keysFrom(text, known) {
  /** @type {Map<string, Key>} */
  const found = new Map();
  for (const stated of text.split(",")) {
    const key = stated.replace(/^-/, "");
    if (known.includes(key) && !found.has(key)) found.set(key, { key, direction: stated.startsWith("-") ? -1 : 1 });
  }
  return [...found.values()];
}

/**
 * Return what the address says of keys.
 * @param {readonly Key[]} keys
 * @returns {string}
 */
export function keysParameter(keys) {
  return keys.map(({ key, direction }) => (direction < 0 ? `-${key}` : key)).join(",");
}

/**
 * Return the keys after a click on a column: from the highest, then from the lowest, then no more. It becomes the only
 * key, unless it is added to the others, with Shift.
 * @param {readonly Key[]} keys
 * @param {string} key
 * @param {boolean} adding
 * @returns {Key[]}
 */
export function nextKeys(keys, key, adding) {
  const present = keys.find((other) => other.key === key);
  if (!adding && keys.length !== 1) return [{ key, direction: -1 }];
  if (!present) return [...(adding ? keys : []), { key, direction: -1 }];
  if (present.direction > 0) return keys.filter((other) => other !== present);
  return keys.map((other) => (other === present ? { key, direction: 1 } : other));
}

/**
 * Say in the head of a table which columns it is sorted by: the first one to programs, all of them to the eye.
 * @param {Iterable<[string, HTMLElement]>} heads  with the key of each
 * @param {readonly Key[]} keys
 */
export function markHeads(heads, keys) {
  for (const [name, head] of heads) {
    const place = keys.findIndex(({ key }) => key === name);
    const down = keys[place]?.direction === -1;
    const button = head.querySelector("button");
    if (place === 0) head.setAttribute("aria-sort", down ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
    button?.removeAttribute("data-sorted");
    if (place >= 0) button?.setAttribute("data-sorted", `${down ? "↓" : "↑"}${keys.length > 1 ? place + 1 : ""}`);
  }
}

/**
 * Return the items in order of several figures: where the first are equal, the next decide; then they keep theirs.
 * @template Item
 * @param {readonly Item[]} items
 * @param {readonly Key[]} keys
 * @param {(item: Item, key: string) => number} figure
 * @returns {Item[]}
 */
export function sortedBy(items, keys, figure) {
  return [...items].sort((a, b) => {
    for (const { key, direction } of keys) {
      const order = direction * (figure(a, key) - figure(b, key));
      if (order) return order;
    }
    return 0;
  });
}

/**
 * Let the headings of a table sort it, with Shift by a further column; the address says how.
 * @param {HTMLElement} table
 * @param {AddressBar} bar
 */
export function setUpSorting(table, bar) {
  const body = one("tbody", table);
  const original = all("tr", body);
  const positions = new Map(all("thead th", table).map((head, index) => [head.dataset.key ?? "", index]));
  const heads = new Map(all("thead th[data-key]", table).map((head) => [head.dataset.key ?? "", head]));
  const stated = () => keysFrom(bar.parameters().get("sort") ?? "", [...heads.keys()]);
  let keys = stated();

  /**
   * @param {HTMLElement} row
   * @param {string} key
   */
  const figure = (row, key) => Number(all("th, td", row)[positions.get(key) ?? 0]?.dataset.figure);
  const said = make("p", { class: "visually-hidden", role: "status" });
  table.after(said);
  const sort = () => {
    body.append(...sortedBy(original, keys, figure));
    markHeads(heads, keys);
    const names = keys.map(({ key }) => heads.get(key)?.textContent ?? key);
    said.textContent = names.length ? `Sorted by ${inWords(names, "then")}.` : "";
  };

  for (const [key, head] of heads) {
    const click = (/** @type {Event} */ event) => {
      keys = nextKeys(keys, key, event instanceof MouseEvent && event.shiftKey);
      sort();
      bar.add({ sort: keysParameter(keys) });
    };
    head.replaceChildren(make("button", { type: "button", class: "sort", click }, head.textContent));
  }
  if (keys.length) sort();
  bar.onReturn(() => {
    keys = stated();
    sort();
  });
}
