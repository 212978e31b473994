/**
 * What the reader chose, and the address that says it: the use case that it began from, and what differs from it.
 * An address is written by hand, too, and grows old: what is wrong in it is repaired or left out, and said.
 */

import { meant, quoted } from "./names.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Kind} Kind */
/** @typedef {import("./scoring.js").Plan} Plan */
/** @typedef {Plan & {case: string}} State  a plan with the use case that it began from; empty if from nothing */
/** @typedef {(text: string) => void} Say */

export const HEAVIEST = 50;
/** More names than a kind has criteria are no choice. */
const MOST_NAMES = 100;
/** Days since the last release that can be asked for. */
export const AGES = [180, 365, 730];
const CONFIRMED = /** @type {const} */ (["machine", "run"]);

/**
 * Return what a use case asks for, or nothing but a kind.
 * @param {Data} data
 * @param {string} id of the use case; empty for none
 * @param {string} [kind] where there is none
 * @returns {State}
 */
export function beginning(data, id, kind = "") {
  const found = data.cases.get(id);
  const common = { confirmed: /** @type {const} */ (""), released: 0 };
  if (!found) {
    const first = data.kinds.keys().next().value ?? "";
    const nothing = { case: "", kind: data.kinds.has(kind) ? kind : first, language: "", lasting: true };
    return { ...nothing, ...common, needs: new Map(), weights: new Map() };
  }
  const { language, lasting, needs, weights } = found;
  return { case: id, kind: found.kind, language, lasting, ...common, needs: new Map(needs), weights: new Map(weights) };
}

/**
 * Return the languages of a kind's entries.
 * @param {Kind} kind
 * @returns {string[]}
 */
export const languages = (kind) => [...new Set(kind.entries.map(({ language }) => language))].sort();

/**
 * Return the ids of everything that can be weighed: criteria whose values count for something, ratings and figures.
 * @param {Kind} kind
 * @param {State} [state] whose weights can be weighed in any case
 * @returns {string[]}
 */
export function weighable(kind, state) {
  const criteria = [...kind.criteria.values()].filter(({ values }) => values.some(([, , credit]) => credit !== null));
  const ids = [...criteria.map(({ id }) => id), ...kind.ratings.keys(), ...kind.figures.keys()];
  return [...new Set([...(state?.weights.keys() ?? []), ...ids])];
}

/**
 * Return what an address asks for, and what has to be said of it, a sentence each.
 * @param {URLSearchParams} given
 * @param {Data} data
 * @returns {{state: State, notes: string[]}}
 */
export function read(given, data) {
  /** @type {string[]} */
  const notes = [];
  const say = (/** @type {string} */ text) => void notes.push(text);
  const id = chosen(given, "case", data.cases.keys(), "use case", say);
  const state = beginning(data, id, chosen(given, "kind", data.kinds.keys(), "kind", say));
  const kind = /** @type {Kind} */ (data.kinds.get(state.kind));
  const spoken = new Map(languages(kind).map((language) => [language.toLowerCase(), language]));
  const language = chosen(given, "language", [...spoken.keys(), "any"], "language", say);
  if (language) state.language = spoken.get(language) ?? "";
  const lasts = chosen(given, "lasts", ["years", "less"], "time", say);
  if (lasts) state.lasting = lasts === "years";
  const confirmed = chosen(given, "confirmed", CONFIRMED, "confirmation", say);
  state.confirmed = CONFIRMED.find((one) => one === confirmed) ?? "";
  state.released = Number(chosen(given, "released", AGES.map(String), "age", say));
  few(given.getAll("need"), "must-haves", say).forEach((text) => readNeed(text, kind, state, say));
  const weights = (given.get("w") ?? "").split(",").filter(Boolean);
  few(weights, "weights", say).forEach((text) => readWeight(text, kind, state, say));
  const version = given.get("data");
  if (version && version !== data.version) {
    say("The data has changed since this link was made, so the ranking may have changed, too.");
  }
  return { state, notes };
}

/**
 * Return the value of a parameter that has to be one of some names; empty if it is missing or none of them.
 * @param {URLSearchParams} given
 * @param {string} parameter
 * @param {Iterable<string>} names
 * @param {string} what they are
 * @param {Say} say
 * @returns {string}
 */
function chosen(given, parameter, names, what, say) {
  const typed = given.get(parameter) ?? "";
  return typed ? (repaired(typed, names, what, say) ?? "") : "";
}

/**
 * Return the name that is meant, and say so if it was not typed like that; nothing if none is.
 * @param {string} typed
 * @param {Iterable<string>} names
 * @param {string} what they are
 * @param {Say} say
 * @returns {string | undefined}
 */
function repaired(typed, names, what, say) {
  const found = meant(typed, names);
  if (found === undefined) say(`There is no ${what} ${quoted(typed)}; it was left out.`);
  else if (found !== typed) say(`The ${what} ${quoted(typed)} was read as “${found}”.`);
  return found;
}

/**
 * Return no more of the texts than anybody chooses.
 * @param {string[]} texts
 * @param {string} what they are
 * @param {Say} say
 * @returns {string[]}
 */
function few(texts, what, say) {
  if (texts.length > MOST_NAMES) {
    say(`The address has ${texts.length} ${what}; those after ${MOST_NAMES} were left out.`);
  }
  return texts.slice(0, MOST_NAMES);
}

/**
 * Add a must-have such as `async-orm:built-in,official-package`; `any` takes it away.
 * @param {string} text
 * @param {Kind} kind
 * @param {State} state
 * @param {Say} say
 */
function readNeed(text, kind, state, say) {
  const [typed = "", ...rest] = text.split(":");
  const id = repaired(typed, kind.criteria.keys(), "criterion", say);
  const criterion = kind.criteria.get(id ?? "");
  if (!criterion) return;
  const names = criterion.values.map(([name]) => name);
  const asked = rest.join(":").split(",").filter(Boolean).slice(0, MOST_NAMES);
  if (asked.join() === "any") {
    state.needs.set(criterion.id, []);
    return;
  }
  const what = `value of “${criterion.name}”`;
  const values = new Set(asked.map((value) => repaired(value, names, what, say)).filter((one) => one !== undefined));
  if (values.size) {
    state.needs.set(
      criterion.id,
      names.filter((name) => values.has(name)),
    );
  } else say(`The must-have “${criterion.name}” has no value that will do; it was left as it was.`);
}

/**
 * Set a weight such as `performance:3`; 0 takes it away.
 * @param {string} text
 * @param {Kind} kind
 * @param {State} state
 * @param {Say} say
 */
function readWeight(text, kind, state, say) {
  const [typed = "", number = ""] = text.split(":");
  const known = weighable(kind, state);
  const criterion = known.includes(typed) ? undefined : kind.criteria.get(typed);
  if (criterion) return say(`No value of “${criterion.name}” is better than another; it cannot be weighed.`);
  const id = repaired(typed, known, "weight", say);
  const weight = id === undefined ? null : numberFrom(number, `The weight of “${id}”`, say);
  if (id === undefined || weight === null) return;
  state.weights.set(id, { weight, credit: state.weights.get(id)?.credit ?? null });
}

/**
 * Return a weight that is typed, to a hundredth; null if it is none.
 * @param {string} typed
 * @param {string} what it is
 * @param {Say} say
 * @returns {number | null}
 */
function numberFrom(typed, what, say) {
  const weight = /^\s*-?\d{1,12}(\.\d{1,12})?\s*$/.test(typed) ? Number(typed) : NaN;
  if (Number.isNaN(weight)) say(`${what}, ${quoted(typed)}, is no number; it was left as it was.`);
  else if (weight < 0) say(`${what} is negative; it was left as it was.`);
  else if (weight > HEAVIEST) say(`${what} is more than ${HEAVIEST}; it was read as ${HEAVIEST}.`);
  return weight >= 0 ? Math.round(100 * Math.min(weight, HEAVIEST)) / 100 : null;
}

/**
 * Return the query that says what the reader chose; empty if that is nothing.
 * @param {State} state
 * @param {Data} data
 * @returns {string}
 */
export function query(state, data) {
  const base = beginning(data, state.case, state.kind);
  const isFirst = state.kind === data.kinds.keys().next().value;
  const found = [
    ["case", state.case],
    ["kind", state.case || isFirst ? "" : state.kind],
    ["language", state.language === base.language ? "" : state.language.toLowerCase() || "any"],
    ["lasts", state.lasting === base.lasting ? "" : state.lasting ? "years" : "less"],
    ["confirmed", state.confirmed],
    ["released", state.released ? String(state.released) : ""],
    ...changedNeeds(state, base).map((need) => ["need", need]),
    ["w", changedWeights(state, base).join()],
  ];
  return new URLSearchParams(found.filter(([, value]) => value))
    .toString()
    .replaceAll("%2C", ",")
    .replaceAll("%3A", ":");
}

/**
 * Return the must-haves that differ from those of the use case, as the address has them.
 * @param {State} state
 * @param {State} base
 * @returns {string[]}
 */
function changedNeeds(state, base) {
  const changed = [...state.needs].filter(([name, values]) => {
    const before = new Set(base.needs.get(name));
    return values.length !== before.size || !values.every((value) => before.has(value));
  });
  return changed.map(([name, values]) => `${name}:${values.join() || "any"}`);
}

/**
 * Return the weights that differ from those of the use case, as the address has them.
 * @param {State} state
 * @param {State} base
 * @returns {string[]}
 */
function changedWeights(state, base) {
  const changed = [...state.weights].filter(([name, { weight }]) => weight !== (base.weights.get(name)?.weight ?? 0));
  return changed.map(([name, { weight }]) => `${name}:${weight}`);
}

/**
 * Return the plan that is scored: needs that allow something, and weights that weigh something.
 * @param {State} state
 * @returns {Plan}
 */
export function planned(state) {
  return {
    ...state,
    needs: new Map([...state.needs].filter(([, values]) => values.length)),
    weights: new Map([...state.weights].filter(([, { weight }]) => weight > 0)),
  };
}
