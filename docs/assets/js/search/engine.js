/** The engine of the search: MiniSearch, filled with everything that the site knows. */

import MiniSearch from "../vendor/minisearch.js";
import { kindName } from "./known.js";
import { isEmpty, stem, tokens } from "./words.js";

/**
 * @typedef {import("./known.js").Index} Index
 * @typedef {import("../vendor/minisearch.js").SearchResult} Hit
 * @typedef {{ id: number, type: string, at: number, name: string, also: string, text: string }} Document
 * @typedef {MiniSearch<Document>} Engine
 */

/** A word shorter than this must be spelled right. */
const FORGIVEN = 5;

/**
 * How rare a stem is, from 0 for one that stands everywhere to 1: a rare word says more of what is asked.
 * @type {WeakMap<Engine, (stem: string) => number>}
 */
const rarity = new WeakMap();

/**
 * Return the engine with everything that can be found by its words, and in how many places each stem stands.
 * @param {Index} index
 * @returns {{ engine: Engine, vocabulary: Map<string, number> }}
 */
export function filled(index) {
  /** @type {Map<string, number>} */
  const vocabulary = new Map();
  /** @type {Engine} */
  const engine = new MiniSearch({
    fields: ["name", "also", "text"],
    storeFields: ["type", "at"],
    tokenize: tokens,
    processTerm: (word) => (isEmpty(word) ? null : stem(word)),
  });
  const documents = documentsOf(index);
  for (const { name, also, text } of documents) {
    for (const word of new Set(tokens(`${name} ${also} ${text}`).map(stem))) {
      vocabulary.set(word, (vocabulary.get(word) ?? 0) + 1);
    }
  }
  engine.addAll(documents.map((document, id) => ({ id, ...document })));
  const all = Math.log(documents.length + 1);
  rarity.set(engine, (word) => 1 - Math.log(vocabulary.get(word) ?? 1) / all);
  return { engine, vocabulary };
}

/**
 * Return what can be found: entries, criteria, other pages, and facts with the name of their criterion.
 * @param {Index} index
 * @returns {Omit<Document, "id">[]}
 */
function documentsOf(index) {
  const names = index.criteria.map(([, , name]) => name);
  return [
    ...index.entries.map(([, , name, , text, also], at) => ({ type: "entry", at, name, also, text })),
    ...index.criteria.map(([kind, , name, text, , also], at) => ({
      ...{ type: "criterion", at, name, text },
      also: `${also} ${kindName(index, kind)}`,
    })),
    ...index.pages.map(([, name, text, also], at) => ({ type: "page", at, name, also, text })),
    ...index.facts.map(([, criterion, label, said], at) => ({
      ...{ type: "fact", at, name: "", also: "" },
      text: `${names[criterion]} ${index.labels[label]} ${said}`,
    })),
  ];
}

/**
 * Return the score of each place.
 * @param {Hit[]} found
 * @returns {Map<number, number>}
 */
export function scores(found) {
  return new Map(found.map((hit) => [Number(hit["at"]), hit.score]));
}

/**
 * Return the hits of some types: those with all words first, then those with some.
 * @param {Engine} engine
 * @param {string[]} words
 * @param {...string} types
 * @returns {Hit[]}
 */
export function hits(engine, words, ...types) {
  const options = {
    boost: { name: 4, also: 3 },
    fuzzy: (/** @type {string} */ term) => (term.length >= FORGIVEN ? 1 : false),
    prefix: (/** @type {string} */ term, /** @type {number} */ place, /** @type {string[]} */ terms) =>
      place === terms.length - 1 && term.length > 2,
    weights: { fuzzy: 0.25, prefix: 0.5 },
    boostTerm: rarity.get(engine) ?? (() => 1),
    filter: (/** @type {Hit} */ hit) => types.includes(String(hit["type"])),
  };
  const query = words.join(" ");
  const whole = engine.search(query, { ...options, combineWith: "AND" });
  const seen = new Set(whole.map((hit) => hit.id));
  const some = engine.search(query, options).filter((hit) => !seen.has(hit.id));
  const top = whole[0]?.score ?? Infinity;
  return [...whole, ...some.map((hit) => ({ ...hit, score: Math.min(hit.score, top) / 2 }))];
}
