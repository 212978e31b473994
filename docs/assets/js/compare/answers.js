/** What entries answer, ordered for reading: where they differ, where they agree, and what is not recorded. */

/**
 * What is asked of a kind, as `compare/<kind>.json` has it.
 * @typedef {object} Questions
 * @property {string} kind
 * @property {string} name
 * @property {[string, string][]} ratings  id and name
 * @property {[string, string, [string, string][]][]} groups  id, name, and the ids and names of the criteria
 */

/**
 * A fact: value, label, symbol, tone, what is said beside it, the address of its source, the day it was read, the
 * release it was read for, and why it is no longer current.
 * @typedef {[string, string, string, string, string, string, string, string, string]} Fact
 */

/**
 * What an entry answers, as `compare/<kind>/<entry>.json` has it.
 * @typedef {object} Answers
 * @property {string} id
 * @property {string} url
 * @property {string[]} asked
 * @property {Record<string, string>} ratings
 * @property {Record<string, Fact>} facts
 */

/**
 * @typedef {{rating: string} | {fact: Fact} | {missing: string}} Cell
 * @typedef {{id: string, name: string, group: string, rating: boolean, cells: Cell[]}} Row
 * @typedef {{id: string, name: string, rows: Row[]}} Group
 * @typedef {{id: "differ" | "agree" | "open", name: string, groups: Group[]}} Part
 */

/** The group of the ratings, which is one like those of the criteria. */
export const RATINGS = "ratings";

/**
 * Return the groups of a kind that can be chosen, the ratings first if there are any.
 * @param {Questions} questions
 * @returns {{id: string, name: string}[]}
 */
export function groupsOf(questions) {
  const groups = questions.groups.map(([id, name]) => ({ id, name }));
  return questions.ratings.length ? [{ id: RATINGS, name: "Ratings" }, ...groups] : groups;
}

/**
 * Return the criteria of a kind.
 * @param {Questions} questions
 * @returns {{id: string, name: string}[]}
 */
export function criteriaOf(questions) {
  return questions.groups.flatMap(([, , criteria]) => criteria.map(([id, name]) => ({ id, name })));
}

/**
 * Return whether the cells of a row differ, agree, or leave it open since not all have an answer.
 * @param {Row} row
 * @returns {Part["id"]}
 */
export function standingOf({ cells }) {
  const values = cells.flatMap((cell) => ("fact" in cell ? [cell.fact[0]] : "rating" in cell ? [cell.rating] : []));
  if (new Set(values).size > 1) return "differ";
  return values.length === cells.length ? "agree" : "open";
}

/**
 * Return a row for every rating and criterion, in the order of the groups; those asked of none of the entries left out.
 * @param {Questions} questions
 * @param {readonly Answers[]} entries
 * @returns {Row[]}
 */
export function rowsOf(questions, entries) {
  const rated = questions.ratings.map(([id, name]) => {
    const cells = entries.map(({ ratings }) => {
      const rating = ratings[id];
      return rating === undefined ? { missing: "not rated" } : { rating };
    });
    return { id: `rating-${id}`, name, group: RATINGS, rating: true, cells };
  });
  const asked = questions.groups.flatMap(([group, , criteria]) =>
    criteria
      .filter(([id]) => entries.some((entry) => entry.asked.includes(id)))
      .map(([id, name]) => ({ id, name, group, rating: false, cells: entries.map((entry) => cellOf(entry, id)) })),
  );
  return [...rated.filter(({ cells }) => cells.some((cell) => "rating" in cell)), ...asked];
}

/**
 * Return what an entry answers to a criterion.
 * @param {Answers} entry
 * @param {string} criterion
 * @returns {Cell}
 */
function cellOf(entry, criterion) {
  const fact = entry.facts[criterion];
  if (fact) return { fact };
  return { missing: entry.asked.includes(criterion) ? "not recorded" : "not asked" };
}

/**
 * Return the parts of a comparison that have rows: what differs first.
 * @param {Questions} questions
 * @param {readonly Answers[]} entries
 * @param {import("./choice.js").Choice} choice
 * @returns {Part[]}
 */
export function partsOf(questions, entries, choice) {
  const shown = rowsOf(questions, entries).filter(
    ({ group }) => !choice.groups.length || choice.groups.includes(group),
  );
  /** @type {[Part["id"], string][]} */
  const all = [
    ["differ", "Where they differ"],
    ["agree", "Where they agree"],
    ["open", "Not recorded for all"],
  ];
  const names = choice.differing ? all.slice(0, 1) : all;
  const parts = names.map(([id, name]) => {
    const rows = shown.filter((row) => standingOf(row) === id);
    const groups = groupsOf(questions).map((group) => ({
      ...group,
      rows: rows.filter((row) => row.group === group.id),
    }));
    return { id, name, groups: groups.filter((group) => group.rows.length) };
  });
  return parts.filter(({ groups }) => groups.length);
}

/**
 * Return how many rows a part has.
 * @param {Part | undefined} part
 * @returns {number}
 */
export function countOf(part) {
  return part?.groups.reduce((sum, { rows }) => sum + rows.length, 0) ?? 0;
}
