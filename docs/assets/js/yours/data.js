/** What the page reads: `guide/yours/data.json`, made by `macros/views/yours.py`, with its names as keys of maps. */

/** @typedef {[value: string, label: string, credit: number | null]} Value */
/** @typedef {{id: string, name: string, group: string, language?: string, values: Value[]}} Criterion */
/** @typedef {[value: number, source: number, day: number, proof: number]} Fact  places in the lists of its kind */
/** @typedef {{criterion: string, text: string, answers: [string, string[]][]}} Question */

/**
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} name
 * @property {string} told  the status that is told with the name; empty where it can be chosen
 * @property {string} language
 * @property {string} origin  the entry that it inherits facts from
 * @property {string} superseded  what continues it, in words
 * @property {string[]} doubts  what speaks against building on it for years
 * @property {number | null} released  days from the last release to the day of the reading
 * @property {string} warning  a known vulnerability, in words
 * @property {Map<string, Fact>} facts
 * @property {Map<string, number | null>} ratings  from 0 to 5
 * @property {Map<string, [number, string]>} figures  what a measured figure counts for, and the figure in words
 */

/**
 * @typedef {object} Kind
 * @property {string} id
 * @property {string} name
 * @property {string} singular
 * @property {Map<string, string>} groups
 * @property {Map<string, Criterion>} criteria
 * @property {Map<string, string>} ratings
 * @property {Map<string, string>} figures
 * @property {Question[]} questions
 * @property {string[]} sources
 * @property {string[]} days
 * @property {Entry[]} entries
 */

/** @typedef {{weight: number, credit: Record<string, number> | null}} Weight  `credit` where it has credits of its own */

/**
 * @typedef {object} Case
 * @property {string} id
 * @property {string} name
 * @property {string} question
 * @property {string} kind
 * @property {string} group
 * @property {string} language
 * @property {boolean} lasting
 * @property {Map<string, string[]>} needs
 * @property {Map<string, Weight>} weights
 */

/**
 * @typedef {import("./draws.js").DrawRules & {clear: number, known: number, grouped: number, largest: number}} Rules
 * @typedef {{version: string, read: string, rules: Rules, kinds: Map<string, Kind>, cases: Map<string, Case>}} Data
 */

/** What confirms a fact: its reader alone, a program that found its words, or a run. */
export const PROOFS = /** @type {const} */ ({ reader: 0, machine: 1, run: 2 });
const INHERITED = 4;

/**
 * Return what confirms a fact, as a number of PROOFS.
 * @param {Fact} fact
 * @returns {number}
 */
export const proofOf = (fact) => fact[3] % INHERITED;

/**
 * Return whether a fact is inherited.
 * @param {Fact} fact
 * @returns {boolean}
 */
export const isInherited = (fact) => fact[3] >= INHERITED;

/**
 * Return the value of a fact.
 * @param {Criterion} criterion
 * @param {Fact} fact
 * @returns {Value}
 */
export const valueOf = (criterion, fact) => /** @type {Value} */ (criterion.values[fact[0]]);

/**
 * Return items by what they have in common, in their order.
 * @template Item
 * @template Key
 * @param {Iterable<Item>} items
 * @param {(item: Item) => Key} common
 * @returns {Map<Key, Item[]>}
 */
export function together(items, common) {
  /** @type {Map<Key, Item[]>} */
  const found = new Map();
  for (const item of items) found.set(common(item), [...(found.get(common(item)) ?? []), item]);
  return found;
}

/**
 * Return a record's own properties as a map, so that no name reaches what every object has.
 * @param {any} record
 * @returns {Map<string, any>}
 */
const map = (record) => new Map(Object.entries(record));

/**
 * Return a list as a map by id.
 * @param {any[]} list
 * @param {(one: any) => any} made
 * @returns {Map<string, any>}
 */
const byId = (list, made) => new Map(list.map((one) => [one.id, made(one)]));

/**
 * Return the data as the page uses it.
 * @param {any} read as the file has it
 * @returns {Data}
 */
export function dataOf(read) {
  const entry = (/** @type {any} */ one) => ({
    ...one,
    facts: map(one.facts),
    ratings: map(one.ratings),
    figures: map(one.figures),
  });
  const kind = (/** @type {any} */ one) => ({
    ...one,
    groups: map(one.groups),
    criteria: byId(one.criteria, (criterion) => criterion),
    ratings: map(one.ratings),
    figures: map(one.figures),
    entries: one.entries.map(entry),
  });
  const weight = (/** @type {any} */ one) =>
    Array.isArray(one) ? { weight: one[0], credit: one[1] } : { weight: one, credit: null };
  const useCase = (/** @type {any} */ one) => ({
    ...one,
    needs: map(one.needs),
    weights: new Map([...map(one.weights)].map(([name, own]) => [name, weight(own)])),
  });
  return { ...read, kinds: byId(read.kinds, kind), cases: byId(read.cases, useCase) };
}
