/** The button that chooses light or dark colours. A script in the page's head applies a choice before the first paint. */

import { one, remember } from "./dom.js";

/**
 * What each scheme is called, in the order in which the button offers them; the empty one is the system's.
 * @type {ReadonlyMap<string, string>}
 */
export const SCHEMES = new Map([
  ["", "as the system"],
  ["light", "light"],
  ["dark", "dark"],
]);

/**
 * Return the scheme that follows; after the last, or an unknown one, the first.
 * @param {string} scheme
 * @returns {string}
 */
export function nextScheme(scheme) {
  const order = [...SCHEMES.keys()];
  return order[(order.indexOf(scheme) + 1) % order.length] ?? "";
}

/**
 * Let the button change the colours.
 * @param {HTMLElement} button
 */
export function setUpScheme(button) {
  const { dataset } = document.documentElement;
  const show = () => {
    const name = SCHEMES.get(dataset.scheme ?? "") ?? "";
    one("[data-scheme-name]", button).textContent = name;
    button.title = `Colours: ${name}`;
  };
  button.addEventListener("click", () => {
    const next = nextScheme(dataset.scheme ?? "");
    if (next) dataset.scheme = next;
    else delete dataset.scheme;
    remember("scheme", next);
    show();
  });
  button.hidden = false;
  show();
}
