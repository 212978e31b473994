/** The questions above the weights: at most six, whose answers are must-haves like any other. */

import { make } from "../dom.js";
import { together } from "./data.js";
import { field, grouped } from "./fields.js";
import { beginning, languages, query, read } from "./state.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Kind} Kind */
/** @typedef {import("./fields.js").Change} Change */
/** @typedef {import("./fields.js").Choice} Choice */
/** @typedef {import("./fields.js").Control} Control */
/** @typedef {import("./state.js").State} State */

const FROM_NOTHING = "kind:";

/**
 * Return the state that another beginning leads to: what was answered stays where the kind is the same.
 * @param {Data} data
 * @param {State} state
 * @param {string} value  a use case, or a kind after FROM_NOTHING
 * @returns {State}
 */
export function begunWith(data, state, value) {
  const isKind = value.startsWith(FROM_NOTHING);
  const next = isKind ? beginning(data, "", value.slice(FROM_NOTHING.length)) : beginning(data, value);
  if (next.kind !== state.kind) return next;
  const kept = new URLSearchParams(query(state, data));
  kept.delete("w");
  kept.delete(next.case ? "kind" : "case");
  kept.set(next.case ? "case" : "kind", next.case || next.kind);
  return read(kept, data).state;
}

/**
 * Return the fields of the questions: at most six.
 * @param {Data} data
 * @param {Change} change
 * @returns {Control}
 */
export function questions(data, change) {
  const start = field("yours-case", "What do you build?", (value) => change((state) => begunWith(data, state, value)));
  const cases = together(data.cases.values(), ({ group }) => group);
  const named = [...cases].map(
    ([group, all]) => /** @type {[string, Choice[]]} */ ([group, all.map(({ id, name }) => [id, name])]),
  );
  const kinds = [...data.kinds.values()].map(({ id, name }) => /** @type {Choice} */ ([`${FROM_NOTHING}${id}`, name]));
  start.select.append(...grouped([["Begin with nothing", kinds], ...named]));
  const language = field("yours-language", "In which language?", (value) =>
    change((state) => ({ ...state, language: value })),
  );
  const lasting = field("yours-lasts", "How long will you keep it?", (value) =>
    change((state) => ({ ...state, lasting: value === "years" })),
  );
  lasting.fill([
    ["years", "for years"],
    ["less", "not so long"],
  ]);
  const asked = make("div", { class: "yours-asks" }, start.element, language.element, lasting.element);
  /** @type {Control[]} */
  let own = [];
  let shown = "";
  const follow = (/** @type {State} */ state) => {
    const kind = /** @type {Kind} */ (data.kinds.get(state.kind));
    if (shown !== state.kind) {
      shown = state.kind;
      const spoken = languages(kind);
      language.fill([["", "any"], ...spoken.map((name) => /** @type {Choice} */ ([name, name]))]);
      language.element.hidden = spoken.length < 2;
      for (const { element } of own) element.remove();
      own = kind.questions.map((question) => needQuestion(question, change));
      language.element.after(...own.map(({ element }) => element));
    }
    start.select.value = state.case || `${FROM_NOTHING}${state.kind}`;
    language.select.value = state.language;
    lasting.select.value = state.lasting ? "years" : "less";
    for (const question of own) question.follow(state);
  };
  return { element: asked, follow };
}

/**
 * Return the field of a question whose answers are must-haves.
 * @param {import("./data.js").Question} question
 * @param {Change} change
 * @returns {Control}
 */
function needQuestion({ criterion, text, answers }, change) {
  const OWN = "own";
  const asked = field(`yours-ask-${criterion}`, text, (value) => {
    if (value === OWN) return;
    const values = value ? (answers[Number(value)]?.[1] ?? []) : [];
    change((state) => ({ ...state, needs: new Map(state.needs).set(criterion, values) }));
  });
  const follow = (/** @type {State} */ state) => {
    const values = new Set(state.needs.get(criterion));
    const place = answers.findIndex(([, own]) => own.length === values.size && own.every((value) => values.has(value)));
    const isOwn = values.size > 0 && place < 0;
    /** @type {Choice[]} */
    const choices = [
      ["", "it does not matter"],
      ...answers.map(([label], at) => /** @type {Choice} */ ([String(at), label])),
    ];
    asked.fill(isOwn ? [...choices, [OWN, "as chosen below"]] : choices);
    asked.select.value = isOwn ? OWN : place < 0 ? "" : String(place);
  };
  return { element: asked.element, follow };
}
