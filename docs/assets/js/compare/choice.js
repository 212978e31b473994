/** Which entries are compared, and how: what the address states, and what it means where it is out of date. */

import { inWords, meant, quoted, repaired } from "../repair.js";

/** Entries that fit beside each other. */
export const MOST_ENTRIES = 6;

/** @typedef {import("../repair.js").Named} Named */
/** @typedef {Named & {tile: string, told: string, kind: string, kindName: string}} Known  an entry of the site */

/**
 * What a reader chose to compare.
 * @typedef {object} Choice
 * @property {readonly string[]} entries  in the order of the columns
 * @property {readonly string[]} groups  those that are shown; none means all
 * @property {boolean} differing  whether only what differs is shown
 */

/**
 * Return the choice that an address states, and what is said of what it states in vain.
 * @param {URLSearchParams} parameters
 * @param {readonly Known[]} known
 * @returns {{choice: Choice, said: string[]}}
 */
export function choiceFrom(parameters, known) {
  const asked = parameters.getAll("e").flatMap((names) => names.split(","));
  const { ids, said } = repaired(asked, known, "entry");
  const found = ids.map((id) => known.find((entry) => entry.id === id)).filter((entry) => entry !== undefined);
  const kind = found[0]?.kind;
  const strangers = found.filter((entry) => entry.kind !== kind);
  const own = found.filter((entry) => entry.kind === kind);
  if (strangers.length) {
    const others = [...new Set(strangers.map((entry) => entry.kindName))];
    said.push(
      `${inWords(strangers.map(({ name }) => name))}: left out, since ${inWords(others)} are not compared with ` +
        `${own[0]?.kindName ?? ""}.`,
    );
  }
  if (own.length > MOST_ENTRIES) {
    const left = own.slice(MOST_ENTRIES).map(({ name }) => name);
    said.push(`At most ${MOST_ENTRIES} fit beside each other. Left out: ${inWords(left)}.`);
  }
  const entries = own.slice(0, MOST_ENTRIES).map(({ id }) => id);
  const groups = (parameters.get("groups") ?? "").split(",").filter(Boolean);
  return { choice: { entries, groups, differing: parameters.get("differ") === "1" }, said };
}

/**
 * Return the choice with groups that the kind has, and what is said of the others.
 * @param {Choice} choice
 * @param {readonly Named[]} groups
 * @returns {{choice: Choice, said: string[]}}
 */
export function withKnownGroups(choice, groups) {
  const { ids, said } = repaired(choice.groups, groups, "group");
  return { choice: { ...choice, groups: ids.length < groups.length ? ids : [] }, said };
}

/**
 * Return the criterion that a fragment names, and what is said where it is not quite one.
 * @param {string} fragment
 * @param {readonly Named[]} criteria
 * @returns {{id: string, said: string[]}}
 */
export function namedCriterion(fragment, criteria) {
  if (!fragment || criteria.some(({ id }) => id === fragment)) return { id: fragment, said: [] };
  const found = meant(fragment, criteria);
  if (!found) return { id: "", said: [`There is no criterion ${quoted(fragment)}.`] };
  return { id: found.id, said: [`${quoted(fragment)} is read as ${found.name}.`] };
}

/**
 * Return the parameters of the address that states a choice.
 * @param {Choice} choice
 * @returns {import("../address.js").Parameters}
 */
export function parametersOf({ entries, groups, differing }) {
  return { e: entries.join(","), groups: groups.join(","), differ: differing ? "1" : "" };
}

/**
 * Return the choice with an entry added at the end, unless there are as many as fit.
 * @param {Choice} choice
 * @param {string} id
 * @returns {Choice}
 */
export function withEntry(choice, id) {
  if (choice.entries.includes(id) || choice.entries.length >= MOST_ENTRIES) return choice;
  return { ...choice, entries: [...choice.entries, id] };
}

/**
 * Return the choice without an entry.
 * @param {Choice} choice
 * @param {string} id
 * @returns {Choice}
 */
export function withoutEntry(choice, id) {
  return { ...choice, entries: choice.entries.filter((entry) => entry !== id) };
}

/**
 * Return the choice with an entry at another place, from 0; a place beyond an end is that end.
 * @param {Choice} choice
 * @param {string} id
 * @param {number} place
 * @returns {Choice}
 */
export function movedTo(choice, id, place) {
  const others = choice.entries.filter((entry) => entry !== id);
  if (others.length === choice.entries.length) return choice;
  const at = Math.max(0, Math.min(place, others.length));
  return { ...choice, entries: [...others.slice(0, at), id, ...others.slice(at)] };
}

/**
 * Return the choice with a group shown or not. All are shown where none is chosen; the last one cannot be hidden.
 * @param {Choice} choice
 * @param {string} group
 * @param {boolean} wanted
 * @param {readonly Named[]} groups of the kind
 * @returns {Choice}
 */
export function withGroup(choice, group, wanted, groups) {
  const all = groups.map(({ id }) => id);
  const before = choice.groups.length ? choice.groups : all;
  const after = all.filter((id) => (id === group ? wanted : before.includes(id)));
  return { ...choice, groups: after.length && after.length < all.length ? after : [] };
}

/**
 * Return the entries that can be added: of the kind that is compared, not shown yet, with these words in their names.
 * Those that begin with the words come first; where nothing has them, a name that differs by a letter.
 * @param {readonly Known[]} known
 * @param {Choice} choice
 * @param {string} words
 * @returns {Known[]}
 */
export function suggestions(known, choice, words) {
  const kind = known.find(({ id }) => id === choice.entries[0])?.kind;
  const free = known.filter((entry) => (!kind || entry.kind === kind) && !choice.entries.includes(entry.id));
  const typed = words.trim().toLowerCase();
  const having = free.filter(({ id, name }) => name.toLowerCase().includes(typed) || id.includes(typed));
  const begins = (/** @type {Known} */ entry) => entry.name.toLowerCase().startsWith(typed);
  const near = having.length ? undefined : meant(typed, free);
  return near ? [near] : [...having.filter(begins), ...having.filter((entry) => !begins(entry))];
}
