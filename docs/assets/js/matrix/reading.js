/** What the cells and the heads of a matrix say. */

import { spoken } from "../copies.js";
import { one } from "../dom.js";

/** @typedef {import("./content.js").Entry} Entry */

/** What the colours of values are worth where a table is sorted by them. */
const WORTH = new Map([
  ["supported", 4],
  ["external", 3],
  ["limited", 2],
  ["neutral", 1],
  ["muted", 0],
]);

/** What a cell says. It is read when it is first asked for, since a table may have many thousands. */
export class CellAnswer {
  /** @type {string | undefined} */
  #value;
  /** @type {string | undefined} */
  #text;
  /** @type {number | undefined} */
  #figure;

  /** @param {HTMLElement} cell */
  constructor(cell) {
    this.cell = cell;
  }

  get value() {
    this.#value ??= this.cell.getAttribute("data-value") ?? "";
    return this.#value;
  }

  get text() {
    if (this.#text === undefined) {
      const mark = this.cell.querySelector(".value, .number");
      this.#text = mark ? (mark.lastChild?.textContent ?? "").trim() : spoken(this.cell); // The sign comes first.
    }
    return this.#text;
  }

  get figure() {
    this.#figure ??= this.#read();
    return this.#figure;
  }

  #read() {
    const given = this.cell.getAttribute("data-figure");
    if (given !== null) return Number(given);
    if (!this.cell.hasAttribute("data-value")) return -1;
    const tones = this.cell.querySelector(".value")?.classList ?? [];
    return [...tones].reduce((worth, tone) => WORTH.get(tone) ?? worth, 1);
  }
}

/**
 * Return the ratings that a table names: `documentation=Documentation|…`.
 * @param {string} text
 * @returns {{id: string, name: string}[]}
 */
export function ratingsOf(text) {
  return text
    .split("|")
    .filter(Boolean)
    .map((pair) => {
      const [id = "", name = ""] = pair.split("=");
      return { id, name };
    });
}

/**
 * Return the entry that the head of a column stands for, or a row.
 * @param {HTMLElement} head
 * @returns {Entry}
 */
export function entryOf(head) {
  const pairs = (head.dataset.ratings ?? "").split(" ").filter(Boolean);
  return {
    id: head.dataset.column ?? head.id,
    name: one("bdi", head).textContent,
    tile: one(".tile", head).textContent,
    language: head.dataset.language ?? "",
    status: head.dataset.status ?? "",
    ratings: new Map(pairs.map((pair) => [pair.split("=")[0] ?? "", Number(pair.split("=")[1])])),
  };
}
