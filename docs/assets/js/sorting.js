/** The order of a table of ratings. */

import { all, make, one } from "./dom.js";

/** @typedef {import("./address.js").AddressBar} AddressBar */

/**
 * Order by one column: -1 from the highest, 1 from the lowest, 0 as the page has it.
 * @typedef {{key: string, direction: -1 | 0 | 1}} Order
 */

/**
 * Return the order that an address states; an unknown column is no order.
 * @param {string} text such as `-documentation`
 * @param {readonly string[]} keys of the columns
 * @returns {Order}
 */
export function orderFrom(text, keys) {
  const key = text.replace(/^-/, "");
  if (!keys.includes(key)) return { key: "", direction: 0 };
  return { key, direction: text.startsWith("-") ? -1 : 1 };
}

/**
 * Return what the address says of an order.
 * @param {Order} order
 * @returns {string}
 */
export function orderParameter({ key, direction }) {
  if (!direction) return "";
  return direction < 0 ? `-${key}` : key;
}

/**
 * Return the order after a click on a column: from the highest, then from the lowest, then as the page has it.
 * @param {Order} order
 * @param {string} key
 * @returns {Order}
 */
export function nextOrder(order, key) {
  if (order.key !== key || !order.direction) return { key, direction: -1 };
  return { key, direction: order.direction < 0 ? 1 : 0 };
}

/**
 * Return the items in order; those with equal figures keep theirs.
 * @template Item
 * @param {readonly Item[]} items
 * @param {(item: Item) => number} figure
 * @param {-1 | 0 | 1} direction
 * @returns {Item[]}
 */
export function sortedBy(items, figure, direction) {
  return direction ? [...items].sort((a, b) => direction * (figure(a) - figure(b))) : [...items];
}

/**
 * Let the headings of a table sort it; the address says how.
 * @param {HTMLElement} table
 * @param {AddressBar} bar
 */
export function setUpSorting(table, bar) {
  const body = one("tbody", table);
  const original = all("tr", body);
  const positions = new Map(all("thead th", table).map((head, index) => [head.dataset.key ?? "", index]));
  const heads = all("thead th[data-key]", table);
  let order = orderFrom(
    bar.parameters().get("sort") ?? "",
    heads.map((head) => head.dataset.key ?? ""),
  );

  function sort() {
    const position = positions.get(order.key) ?? 0;
    const figure = (/** @type {HTMLElement} */ row) => Number(all("th, td", row)[position]?.dataset.figure);
    body.append(...sortedBy(original, figure, order.direction));
    for (const head of heads) {
      if (head.dataset.key !== order.key || !order.direction) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", order.direction < 0 ? "descending" : "ascending");
    }
  }

  for (const head of heads) {
    const click = () => {
      order = nextOrder(order, head.dataset.key ?? "");
      sort();
      bar.set({ sort: orderParameter(order) });
    };
    head.replaceChildren(make("button", { type: "button", class: "sort", click }, head.textContent));
  }
  if (order.direction) sort();
}
