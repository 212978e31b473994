/**
 * Finds the answer to a question in what the site knows. Nothing here touches the document.
 *
 * Names of entries are looked for first. Two of one kind are a pair; one with further words is a fact; without any name
 * the words are looked for in criteria, use cases, figures and the other pages, and then in the notes of all facts.
 */

import MiniSearch from "../vendor/minisearch.js";
import { codeResult, criterionResult, entryResult, factResult, kindName, pageResult, pairResults } from "./known.js";
import { mentioned, spellings } from "./names.js";
import { isEmpty, stem, tokens } from "./words.js";

/**
 * @typedef {import("./known.js").Index} Index
 * @typedef {import("./known.js").Result} Result
 * @typedef {import("../vendor/minisearch.js").SearchResult} Hit
 * @typedef {{ id: number, type: string, at: number, name: string, also: string, text: string }} Document
 * @typedef {MiniSearch<Document>} Engine
 */

/** How many results are returned at most, and how many of them are facts of the entries that are named. */
export const MOST = 12;
const FACTS = 4;
/** A word shorter than this must be spelled right. */
const FORGIVEN = 5;
/** Words that ask for the state of an entry, and for its code; both as stems. */
const STATE = stems(
  "dead alive abandoned unmaintained maintained maintenance active activity inactive status deprecated",
);
stems("obsolete discontinued eol still anymore").forEach((word) => STATE.add(word));
const CODE = stems(
  "code example sample application app source snippet migrate migrating migration convert port porting",
);
/** What a hit is worth by its type. */
const WORTH = new Map([
  ["entry", 3],
  ["criterion", 2.2],
  ["page", 1.8],
  ["fact", 0.35],
]);
/** The name of a setting stands in notes: what it is worth to a fact. */
const IDENTIFIER = 12;

/**
 * Return the stems of words.
 * @param {string} words
 * @returns {Set<string>}
 */
function stems(words) {
  return new Set(words.split(" ").map(stem));
}

/**
 * Return a function that finds results for what was typed, the best first.
 * @param {Index} index
 * @returns {(typed: string) => Result[]}
 */
export function finder(index) {
  const engine = filled(index);
  const known = spellings(index.entries.map((entry) => [entry[2], ...entry[5].split("|").filter(Boolean)]));
  return (typed) => {
    const { entries, rest } = mentioned(known, tokens(typed));
    const words = rest.filter((word) => !isEmpty(word));
    const found = [
      ...pairs(index, entries, words),
      ...answers(index, engine, entries, words),
      ...pages(index, entries, words),
      ...others(index, engine, entries, words),
    ];
    const first = new Map(found.toReversed().map((result) => [result.address, result]));
    return found.filter((result) => first.get(result.address) === result).slice(0, MOST);
  };
}

/**
 * Return the engine with everything that can be found by its words.
 * @param {Index} index
 * @returns {Engine}
 */
function filled(index) {
  /** @type {Engine} */
  const engine = new MiniSearch({
    fields: ["name", "also", "text"],
    storeFields: ["type", "at"],
    tokenize: tokens,
    processTerm: (word) => (isEmpty(word) ? null : stem(word)),
  });
  /** @type {Omit<Document, "id">[]} */
  const documents = [
    ...index.entries.map(([, , name, , text, also], at) => ({ type: "entry", at, name, also, text })),
    ...index.criteria.map(([kind, , name, text, , also], at) => ({
      ...{ type: "criterion", at, name, text },
      also: `${also} ${kindName(index, kind)}`,
    })),
    ...index.pages.map(([, name, text, also], at) => ({ type: "page", at, name, also, text })),
    ...index.facts.map(([, , label, said], at) => ({
      ...{ type: "fact", at, name: "", also: "" },
      text: `${index.labels[label]} ${said}`,
    })),
  ];
  engine.addAll(documents.map((document, id) => ({ id, ...document })));
  return engine;
}

/**
 * Return whether one of the words has its stem among these.
 * @param {string[]} words
 * @param {Set<string>} among
 * @returns {boolean}
 */
function asks(words, among) {
  return words.some((word) => among.has(stem(word)));
}

/**
 * Return the pages of each two entries of a kind that are named; their code first where that is asked for.
 * @param {Index} index
 * @param {number[]} entries
 * @param {string[]} words
 * @returns {Result[]}
 */
function pairs(index, entries, words) {
  const found = entries.flatMap((one, place) =>
    entries.slice(place + 1).map((other) => pairResults(index, one, other)),
  );
  return found.flatMap((both) => (asks(words, CODE) ? both.toReversed() : both));
}

/**
 * Return the pages of the named entries; their code first where that is asked for.
 * @param {Index} index
 * @param {number[]} entries
 * @param {string[]} words
 * @returns {Result[]}
 */
function pages(index, entries, words) {
  const coded = asks(words, CODE) ? entries.flatMap((place) => codeResult(index, place)) : [];
  return [...coded, ...entries.map((place) => entryResult(index, place))];
}

/**
 * Return the facts of the named entries that the words ask for, the best first.
 * @param {Index} index
 * @param {Engine} engine
 * @param {number[]} entries
 * @param {string[]} words
 * @returns {Result[]}
 */
function answers(index, engine, entries, words) {
  const asked = words.filter((word) => !asks([word], STATE) && !asks([word], CODE));
  if (!asked.length || !entries.length) return [];
  const byCriterion = scores(hits(engine, asked, "criterion"));
  const byNote = scores(hits(engine, asked, "fact"));
  const found = index.facts.flatMap(([entry, criterion], place) => {
    const score = 2 * (byCriterion.get(criterion) ?? 0) + (byNote.get(place) ?? 0);
    return entries.includes(entry) && score ? [{ place, score }] : [];
  });
  found.sort((one, other) => other.score - one.score);
  return found.slice(0, FACTS).map(({ place }) => factResult(index, place));
}

/**
 * Return the score of each place.
 * @param {Hit[]} found
 * @returns {Map<number, number>}
 */
function scores(found) {
  return new Map(found.map((hit) => [Number(hit["at"]), hit.score]));
}

/**
 * Return the hits of some types: those with all words first, then those with some.
 * @param {Engine} engine
 * @param {string[]} words
 * @param {...string} types
 * @returns {Hit[]}
 */
function hits(engine, words, ...types) {
  const options = {
    boost: { name: 4, also: 3 },
    fuzzy: (/** @type {string} */ term) => (term.length >= FORGIVEN ? 1 : false),
    prefix: (/** @type {string} */ term, /** @type {number} */ place, /** @type {string[]} */ terms) =>
      place === terms.length - 1 && term.length > 2,
    weights: { fuzzy: 0.25, prefix: 0.5 },
    filter: (/** @type {Hit} */ hit) => types.includes(String(hit["type"])),
  };
  const query = words.join(" ");
  const whole = engine.search(query, { ...options, combineWith: "AND" });
  const seen = new Set(whole.map((hit) => hit.id));
  const some = engine.search(query, options).filter((hit) => !seen.has(hit.id));
  const top = whole[0]?.score ?? Infinity;
  return [...whole, ...some.map((hit) => ({ ...hit, score: Math.min(hit.score, top) / 2 }))];
}

/**
 * Return the other places that have the words; beside named entries, no further entries and facts.
 * @param {Index} index
 * @param {Engine} engine
 * @param {number[]} entries
 * @param {string[]} words
 * @returns {Result[]}
 */
function others(index, engine, entries, words) {
  if (!words.length) return [];
  const noted = words.some((word) => word.includes("_")) ? IDENTIFIER : 1;
  const types = entries.length ? ["criterion", "page"] : [...WORTH.keys()];
  const found = hits(engine, words, ...types).map((hit) => {
    const type = String(hit["type"]);
    return {
      type,
      place: Number(hit["at"]),
      score: hit.score * (WORTH.get(type) ?? 1) * (type === "fact" ? noted : 1),
    };
  });
  found.sort((one, other) => other.score - one.score);
  return found.slice(0, MOST).map(({ type, place }) => SAID[type]?.(index, place) ?? pageResult(index, place));
}

/** @type {Record<string, (index: Index, place: number) => Result>} */
const SAID = { entry: entryResult, criterion: criterionResult, fact: factResult, page: pageResult };
