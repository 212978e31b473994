/**
 * Finds the answer to a question in what the site knows. Nothing here touches the document.
 *
 * Names of entries are looked for first. Two of one kind are a pair; one with further words is a fact; without any name
 * the words are looked for in criteria, use cases, figures and the other pages, and then in the notes of all facts.
 */

import { filled, hits, scores } from "./engine.js";
import { codeResult, criterionResult, entryResult, factResult, pageResult, pairResults } from "./known.js";
import { mentioned, spellings } from "./names.js";
import { isEmpty, stem, tokens } from "./words.js";

/**
 * @typedef {import("./known.js").Index} Index
 * @typedef {import("./known.js").Result} Result
 * @typedef {import("./engine.js").Engine} Engine
 */

/** How many results are returned at most, and how many of them are facts of the entries that are named. */
export const MOST = 12;
const FACTS = 3;
/** Words that ask for the state of an entry, for what could replace it, and for code; all as stems. */
const STATE = stems(
  "dead alive abandoned unmaintained maintained maintenance active actively inactive deprecated obsolete",
);
stems("discontinued eol still anymore developed development release status years last").forEach((word) =>
  STATE.add(word),
);
const ADVICE = stems("best choose recommend recommended should which library suggestion");
const INSTEAD = stems("alternative alternatives replacement replace successor");
const CODE = stems(
  "code example sample application app source snippet migrate migrating migration convert port porting",
);
/** What a hit is worth by its type; a fact of a named entry is worth more than a fact found by its words alone. */
const WORTH = new Map([
  ["entry", 3],
  ["criterion", 2.2],
  ["page", 1.8],
  ["fact", 0.7],
]);
const NAMED = 5;
/** What an entry is worth whose name begins with one that is named: Flask-Login where Flask is. */
const KIN = 0.5;
/** What a criterion is worth beside named entries: of their kind, and of other kinds. */
const OF_ALL = 0.6;
const ELSEWHERE = 0.3;
/** What a page of code is worth where code is asked for, and a use case where advice is asked for. */
const WISHED = 3;
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
  const { engine, vocabulary } = filled(index);
  const known = spellings(index.entries.map((entry) => [entry[2], ...entry[5].split("|").filter(Boolean)]));
  return (typed) => {
    const asked = tokens(typed);
    const { entries, rest } = mentioned(known, asked, (word) => vocabulary.has(stem(word)));
    const words = rest.filter((word) => !isEmpty(word));
    const wishes = [...(asks(words, CODE) ? ["code/"] : []), ...(asks(asked, ADVICE) ? ["guide/"] : [])];
    const ranked = places(index, engine, entries, entries.length > 2 ? asked : words, wishes);
    const found = arranged(pairs(index, entries, words), pages(index, entries, words), ranked, words);
    return once(found).slice(0, MOST);
  };
}

/**
 * Return the results with each address once, where it comes first.
 * @param {Result[]} found
 * @returns {Result[]}
 */
function once(found) {
  const seen = new Set();
  return found.filter(({ address }) => !seen.has(address) && seen.add(address));
}

/**
 * Return the results in their order: pairs, the best answer, the named entries, the rest. Where the state of an entry is
 * asked for, its page says it; where something in its place is asked for, the answers come first.
 * @param {Result[]} both
 * @param {Result[]} own
 * @param {Result[]} ranked
 * @param {string[]} words
 * @returns {Result[]}
 */
function arranged(both, own, ranked, words) {
  const [best, ...more] = ranked;
  const answer = best ? [best] : [];
  if (asks(words, INSTEAD)) return [...ranked.slice(0, 3), ...both, ...own, ...more];
  if (asks(words, STATE) && own.length) return [...both.slice(0, 1), ...own, ...answer, ...both, ...more];
  if (asks(words, CODE) && own.length) return [...both, ...own, ...answer, ...more];
  return [
    ...both.slice(0, 1),
    ...answer,
    ...both.slice(1, 2),
    ...own.slice(0, 1),
    ...more.slice(0, 2),
    ...both,
    ...own,
    ...more,
  ];
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
 * Return the pages of the named entries; their code first where that is asked for, their kin where nothing else is.
 * @param {Index} index
 * @param {number[]} entries
 * @param {string[]} words
 * @returns {Result[]}
 */
function pages(index, entries, words) {
  const own = entries.map((place) => entryResult(index, place));
  const code = entries.flatMap((place) => codeResult(index, place));
  if (asks(words, CODE)) return [...code, ...own];
  if (words.length) return own;
  const kin = worths(index, entries).flatMap((worth, place) => (worth === KIN ? [entryResult(index, place)] : []));
  return [...own, ...kin, ...code];
}

/**
 * Return what the words ask for, the best first: facts of the named entries and of their kin, and other places.
 * @param {Index} index
 * @param {Engine} engine
 * @param {number[]} entries
 * @param {string[]} words
 * @param {string[]} wishes
 * @returns {Result[]}
 */
function places(index, engine, entries, words, wishes) {
  const asked = words.filter((word) => !entries.length || !asks([word], STATE));
  const plain = asked.filter((word) => !asks([word], CODE) && !asks([word], INSTEAD));
  if (!plain.length) return [];
  const found = [
    ...(entries.length ? [] : called(index, plain)),
    ...facts(index, engine, entries, plain),
    ...others(index, engine, entries, plain, wishes),
  ];
  return found
    .toSorted((one, other) => (other.score > one.score ? 1 : other.score < one.score ? -1 : 0))
    .map(({ result }) => result);
}

/**
 * Return the pages and the criteria that are called by exactly these words: pages by their title, criteria by any name.
 * @param {Index} index
 * @param {string[]} words
 * @returns {{ result: Result, score: number }[]}
 */
function called(index, words) {
  const phrase = (/** @type {string[]} */ given) =>
    given
      .filter((word) => !isEmpty(word))
      .map(stem)
      .join(" ");
  const asked = phrase(words);
  const titled = index.pages.flatMap(([, title], place) =>
    phrase(tokens(title)) === asked ? [pageResult(index, place)] : [],
  );
  const criteria = index.criteria.flatMap(([, , name, , , also], place) =>
    [name, ...also.split("|")].some((other) => phrase(tokens(other)) === asked) ? [criterionResult(index, place)] : [],
  );
  return [...titled, ...criteria].map((result) => ({ result, score: Infinity }));
}

/**
 * Return the facts of the named entries and of their kin that the words ask for, the best of them.
 * @param {Index} index
 * @param {Engine} engine
 * @param {number[]} entries
 * @param {string[]} words
 * @returns {{ result: Result, score: number }[]}
 */
function facts(index, engine, entries, words) {
  if (!entries.length) return [];
  const worth = worths(index, entries);
  const byCriterion = scores(hits(engine, words, "criterion"));
  const byNote = scores(hits(engine, words, "fact"));
  const found = index.facts.flatMap(([entry, criterion], place) => {
    const score = NAMED * ((byCriterion.get(criterion) ?? 0) + (byNote.get(place) ?? 0) / 2) * (worth[entry] ?? 0);
    return score ? [{ place, score }] : [];
  });
  found.sort((one, other) => other.score - one.score);
  return found.slice(0, FACTS).map(({ place, score }) => ({ result: factResult(index, place), score }));
}

/**
 * Return what each entry is worth to a question: 1 if it is named, less if its name begins with one that is, else 0.
 * @param {Index} index
 * @param {number[]} entries
 * @returns {number[]}
 */
function worths(index, entries) {
  const named = entries.map((place) => index.entries[place]?.[2] ?? "");
  return index.entries.map(([, , name], place) => {
    if (entries.includes(place)) return 1;
    return named.some((start) => name.startsWith(`${start} `) || name.startsWith(`${start}-`)) ? KIN : 0;
  });
}

/**
 * Return the other places that have the words; beside named entries, no facts.
 * @param {Index} index
 * @param {Engine} engine
 * @param {number[]} entries
 * @param {string[]} words
 * @param {string[]} wishes Beginnings of addresses that are asked for: those of code, or of use cases.
 * @returns {{ result: Result, score: number }[]}
 */
function others(index, engine, entries, words, wishes) {
  const noted = words.some((word) => word.includes("_")) ? IDENTIFIER : 1;
  const types = [...WORTH.keys()].filter((type) => !entries.length || type !== "fact");
  const kinds = new Set(entries.map((place) => index.entries[place]?.[1]));
  return hits(engine, words, ...types).map((hit) => {
    const type = String(hit["type"]);
    const result = SAID[type]?.(index, Number(hit["at"])) ?? pageResult(index, Number(hit["at"]));
    const wished = wishes.some((start) => result.address.startsWith(start)) ? WISHED : 1;
    const special = { fact: noted, criterion: ofKind(kinds, result.address) }[type] ?? 1;
    return { result, score: hit.score * (WORTH.get(type) ?? 1) * special * wished };
  });
}

/**
 * Return what a criterion is worth beside entries of these kinds.
 * @param {Set<string | undefined>} kinds
 * @param {string} address
 * @returns {number}
 */
function ofKind(kinds, address) {
  if (!kinds.size) return 1;
  return kinds.has(address.split("/")[0]) ? OF_ALL : ELSEWHERE;
}

/** @type {Record<string, (index: Index, place: number) => Result>} */
const SAID = { entry: entryResult, criterion: criterionResult, fact: factResult, page: pageResult };
