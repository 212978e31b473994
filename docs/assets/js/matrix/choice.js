/** What a reader chose in a matrix: rows, columns, what they must say, their order. The address states it. */

import { meant, quoted, repaired } from "../repair.js";
import { keysParameter } from "../sorting.js";

/**
 * @typedef {import("../repair.js").Named} Named
 * @typedef {import("../sorting.js").Key} Key
 * @typedef {import("./content.js").Content} Content
 */

/** @typedef {{item: string, value: string}} Condition  how an entry must answer; several of one criterion: any of them */
/** @typedef {{rating: string, least: number}} Least  a rating of at least so much */

/**
 * What a reader chose in a matrix.
 * @typedef {object} Choice
 * @property {readonly string[]} entries  those chosen, in that order; none means all
 * @property {readonly string[]} items  the criteria chosen; none means all
 * @property {boolean} differing  whether only criteria are shown in which the entries differ
 * @property {string} words  what the name or a value of a criterion must contain
 * @property {boolean} preset  whether the page chose the entries, since a phone has room for two; the address then
 *   names none
 * @property {readonly Condition[]} having
 * @property {string} language
 * @property {string} status
 * @property {readonly Least[]} rated
 * @property {readonly Key[]} order
 * @property {boolean} flipped  whether rows and columns have changed places
 */

/** The key that sorts by names. */
export const NAME = "name";
/** What stands for no criterion at all, since an empty list means all. */
export const NOTHING = "none";

/** @type {Choice} */
export const EVERYTHING = {
  entries: [],
  items: [],
  differing: false,
  words: "",
  preset: false,
  having: [],
  language: "",
  status: "",
  rated: [],
  order: [],
  flipped: false,
};

/**
 * Return the names between the commas of a parameter.
 * @param {URLSearchParams} parameters
 * @param {string} name
 * @returns {string[]}
 */
function listOf(parameters, name) {
  return (parameters.get(name) ?? "").split(",").filter(Boolean);
}

/**
 * Return the choice that an address states, and what is said of what it states in vain.
 * @param {URLSearchParams} parameters
 * @param {Content} content
 * @param {readonly string[]} preset ids of the entries to begin with if the address names none; empty for all
 * @returns {{choice: Choice, said: string[]}}
 */
export function choiceFrom(parameters, content, preset = []) {
  const entries = repaired(listOf(parameters, "show"), content.entries, "entry");
  const none = parameters.get("rows") === NOTHING;
  const items = none ? { ids: [NOTHING], said: [] } : repaired(listOf(parameters, "rows"), content.items, "criterion");
  const begun = entries.ids.length ? [] : preset.filter((id) => content.entries.some((entry) => entry.id === id));
  const order = orderFrom(listOf(parameters, "sort"), content);
  const having = conditionsFrom(listOf(parameters, "with"), content);
  const rated = ratingsFrom(listOf(parameters, "rated"), content);
  const language = oneOf(parameters.get("language") ?? "", content, "language");
  const status = oneOf(parameters.get("status") ?? "", content, "status");
  return {
    choice: {
      entries: entries.ids.length ? entries.ids : begun,
      items: items.ids,
      differing: parameters.get("differ") === "1",
      // Older addresses say q, which the theme's search takes for its own.
      words: parameters.get("filter") ?? parameters.get("q") ?? "",
      preset: begun.length > 0,
      having: having.found,
      language: language.found,
      status: status.found,
      rated: rated.found,
      order: order.found,
      flipped: parameters.get("flip") === "1",
    },
    said: [entries, items, order, having, rated, language, status].flatMap(({ said }) => said),
  };
}

/**
 * Return the keys of an address whose entries or criteria are there.
 * @param {readonly string[]} stated
 * @param {Content} content
 * @returns {{found: Key[], said: string[]}}
 */
function orderFrom(stated, content) {
  const known = [{ id: NAME, name: "the names" }, ...content.entries, ...content.items];
  const { ids, said } = repaired(
    stated.map((text) => text.replace(/^-/, "")),
    known,
    "column to sort by",
  );
  const turned = (/** @type {string} */ id) =>
    stated.some((text) => text.startsWith("-") && meant(text.slice(1), known)?.id === id);
  return { found: ids.map((key) => ({ key, direction: turned(key) ? -1 : 1 })), said };
}

/**
 * Return the two sides of a pair such as `async-orm:built-in`; the second is decoded.
 * @param {string} text
 * @returns {[string, string]}
 */
function sides(text) {
  const at = text.indexOf(":");
  const [name, value] = at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
  try {
    return [name, decodeURIComponent(value)];
  } catch {
    return [name, value];
  }
}

/**
 * Return the conditions of an address whose criterion is there and has such an answer.
 * @param {readonly string[]} stated
 * @param {Content} content
 * @returns {{found: Condition[], said: string[]}}
 */
function conditionsFrom(stated, content) {
  /** @type {Condition[]} */
  const found = [];
  /** @type {string[]} */
  const said = [];
  for (const text of stated.slice(0, 20)) {
    const [name, value] = sides(text);
    const { ids, said: told } = repaired([name], content.items, "criterion");
    const item = ids[0] ?? "";
    const answers = content.answers[content.items.findIndex(({ id }) => id === item)] ?? [];
    said.push(...told);
    if (value && answers.some((answer) => answer.value === value)) found.push({ item, value });
    else if (item) said.push(`Nobody’s answer is ${quoted(value)} there.`);
  }
  return { found, said };
}

/**
 * Return the ratings of an address that there are, with figures from 0 to 5.
 * @param {readonly string[]} stated
 * @param {Content} content
 * @returns {{found: Least[], said: string[]}}
 */
function ratingsFrom(stated, content) {
  /** @type {Least[]} */
  const found = [];
  /** @type {string[]} */
  const said = [];
  for (const text of stated.slice(0, 20)) {
    const [name, figure] = sides(text);
    const least = Number(figure);
    const { ids, said: told } = repaired([name], content.ratings, "rating");
    said.push(...told);
    const rating = ids[0];
    if (rating && figure && least >= 0 && least <= 5) found.push({ rating, least });
    else if (rating) said.push(`A rating is a number from 0 to 5, and not ${quoted(figure)}.`);
  }
  return { found, said };
}

/**
 * Return a trait that an address asks for if an entry has it.
 * @param {string} asked
 * @param {Content} content
 * @param {"language" | "status"} trait
 * @returns {{found: string, said: string[]}}
 */
function oneOf(asked, content, trait) {
  const known = [...new Set(content.entries.map((entry) => entry[trait]))].filter(Boolean);
  const found = known.find((value) => value.toLowerCase() === asked.toLowerCase()) ?? "";
  return { found, said: asked && !found ? [`No entry has the ${trait} ${quoted(asked)}.`] : [] };
}

/**
 * Return the parameters of the address that states a choice.
 * @param {Choice} choice
 * @returns {import("../address.js").Parameters}
 */
export function parametersOf(choice) {
  const plain = (/** @type {string} */ value) => (/[,%]/.test(value) ? encodeURIComponent(value) : value);
  return {
    show: choice.preset ? "" : choice.entries.join(","),
    rows: choice.items.join(","),
    differ: choice.differing ? "1" : "",
    filter: choice.words.trim(),
    q: "",
    with: choice.having.map(({ item, value }) => `${item}:${plain(value)}`).join(","),
    language: choice.language,
    status: choice.status,
    rated: choice.rated.map(({ rating, least }) => `${rating}:${least}`).join(","),
    sort: keysParameter(choice.order),
    flip: choice.flipped ? "1" : "",
  };
}

/**
 * Return the choice with one entry added or taken away.
 * @param {Choice} choice
 * @param {string} id
 * @param {boolean} wanted
 * @returns {Choice}
 */
export function toggled(choice, id, wanted) {
  const others = choice.entries.filter((entry) => entry !== id);
  return { ...choice, entries: wanted ? [...others, id] : others, preset: false };
}

/**
 * Return the choice with criteria shown or not. All are shown where none is chosen.
 * @param {Choice} choice
 * @param {readonly string[]} ids
 * @param {boolean} wanted
 * @param {Content} content
 * @returns {Choice}
 */
export function withItems(choice, ids, wanted, content) {
  const all = content.items.map(({ id }) => id);
  const before = choice.items.length ? choice.items : all;
  const after = all.filter((id) => (ids.includes(id) ? wanted : before.includes(id)));
  if (!after.length) return { ...choice, items: [NOTHING] };
  return { ...choice, items: after.length < all.length ? after : [] };
}
