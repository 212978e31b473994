/** Fields with choices, which follow the state of the page whoever changed it. */

import { make } from "../dom.js";

/** @typedef {import("./data.js").Kind} Kind */
/** @typedef {import("./state.js").State} State */
/** @typedef {(state: State) => void} Follow  shows a state */
/** @typedef {(change: (state: State) => State) => void} Change  gives the state that the reader has chosen instead */
/** @typedef {{element: HTMLElement, follow: Follow}} Control */
/** @typedef {[value: string, text: string]} Choice */

/**
 * Return options, those of a group together.
 * @param {Iterable<[group: string, choices: Choice[]]>} groups
 * @returns {HTMLElement[]}
 */
export function grouped(groups) {
  return [...groups].map(([label, choices]) =>
    make("optgroup", { label }, ...choices.map(([value, text]) => make("option", { value }, text))),
  );
}

/**
 * Return a labelled field with some choices. It can be filled again, and says in words what is none of them.
 * @param {string} id
 * @param {string} label
 * @param {(value: string) => void} chosen
 */
export function field(id, label, chosen) {
  const select = make("select", { id, change: () => chosen(select.value) });
  const element = make("div", { class: "yours-field" }, make("label", { for: id }, label), select);
  const fill = (/** @type {Choice[]} */ choices) =>
    select.replaceChildren(...choices.map(([value, text]) => make("option", { value }, text)));
  return { element, select, fill };
}

/**
 * Return what a criterion, a rating or a figure is called.
 * @param {Kind} kind
 * @param {string} id
 * @returns {string}
 */
export function nameOf(kind, id) {
  const rating = kind.ratings.get(id);
  return kind.criteria.get(id)?.name ?? (rating ? `Rating: ${rating}` : (kind.figures.get(id) ?? id));
}
