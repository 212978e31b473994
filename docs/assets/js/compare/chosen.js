/** The entries that are compared, as a list that is put in order by dragging or with buttons. */

import { make } from "../dom.js";

/** @typedef {import("./choice.js").Known} Known */

/**
 * @typedef {object} Actions
 * @property {(id: string, place: number) => void} move
 * @property {(id: string) => void} remove
 */

/**
 * Return a button with a sign to see and words to hear.
 * @param {string} sign
 * @param {string} words
 * @param {boolean} off  whether it does nothing now; it stays where the focus may be
 * @param {string} action  which of the buttons of an entry it is
 * @param {() => void} click
 */
function button(sign, words, off, action, click) {
  const attributes = { type: "button", class: "sign", "aria-disabled": off ? "true" : null, "data-action": action };
  return make("button", { ...attributes, "aria-label": words, title: words, click: () => !off && click() }, sign);
}

/**
 * Let a line be dragged before another one.
 * @param {HTMLElement} line
 * @param {string} id
 * @param {number} place
 * @param {Actions} actions
 */
function letDrag(line, id, place, { move }) {
  line.draggable = true;
  line.addEventListener("dragstart", (event) => {
    event.dataTransfer?.setData("text/plain", id);
    line.classList.add("dragged");
  });
  line.addEventListener("dragend", () => line.classList.remove("dragged"));
  line.addEventListener("dragover", (event) => event.preventDefault());
  line.addEventListener("drop", (event) => {
    event.preventDefault();
    move(event.dataTransfer?.getData("text/plain") ?? "", place);
  });
}

/**
 * Show the entries in a list; the focus stays on the button that was used, wherever its entry is now.
 * @param {HTMLElement} list
 * @param {readonly Known[]} entries
 * @param {Actions} actions
 */
export function showChosen(list, entries, actions) {
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  const [id, action] = [focused?.closest("li")?.dataset.entry, focused?.dataset.action];
  const lines = entries.map((entry, place) => {
    const first = button("←", `Move ${entry.name} left`, place === 0, "left", () => actions.move(entry.id, place - 1));
    const last = place === entries.length - 1;
    const next = button("→", `Move ${entry.name} right`, last, "right", () => actions.move(entry.id, place + 1));
    const out = button("×", `Remove ${entry.name}`, false, "remove", () => actions.remove(entry.id));
    const tile = make("span", { class: "tile compact", "aria-hidden": "true" }, entry.tile);
    const status = entry.told ? make("span", { class: "status" }, entry.told) : "";
    const name = make("span", { class: "entry" }, tile, make("bdi", {}, entry.name), status);
    const line = make("li", { "data-entry": entry.id }, name, first, next, out);
    letDrag(line, entry.id, place, actions);
    return line;
  });
  list.replaceChildren(...lines);
  if (!id || !action) return;
  const line = lines.find((one) => one.dataset.entry === id);
  const again = line?.querySelector(`[data-action=${action}]`);
  if (again instanceof HTMLElement) again.focus();
}
