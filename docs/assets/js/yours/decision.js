/** A decision to keep: its ranking as a table of CSV, as JSON, and as a record in Markdown (MADR 4, https://adr.github.io/madr/). */

import { proofOf } from "./data.js";
import { fixed, listed, named, pointsText, shareText } from "./text.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Kind} Kind */
/** @typedef {import("./scoring.js").Scored} Scored */
/** @typedef {import("./scoring.js").Summand} Summand */

/**
 * A decision: what was asked, what came of it, the address, the one that also names the data, the root of the site, the
 * day.
 * @typedef {object} Decision
 * @property {Data} data
 * @property {import("./scoring.js").Plan & {case: string}} plan
 * @property {Scored[]} placed
 * @property {Scored[]} doubtful
 * @property {import("./scoring.js").Excluded[]} excluded
 * @property {string} address
 * @property {string} link
 * @property {string} root  as an absolute address
 * @property {string} day
 */

const STRONG = 0.7;
const WEAK = 0.3;
const SPREADSHEET_FORMULA = /^[=+\-@\t\r]/;
const PROOFS = ["a reader", "a program that looked for its words", "a run"];

/**
 * Return a text that Markdown shows as it is.
 * @param {string} text
 * @returns {string}
 */
export const plain = (text) => text.replaceAll(/[\\`*_{}[\]<>#|~&!]/g, "\\$&").replaceAll(/\s+/g, " ");

/**
 * Return the address of a page as Markdown has it in a link.
 * @param {string} address
 * @returns {string}
 */
const target = (address) => `<${address.replaceAll(/[<>\s\\]/g, encodeURIComponent)}>`;

/** @param {Decision} decision */
const kindOf = ({ data, plan }) => /** @type {Kind} */ (data.kinds.get(plan.kind));

/**
 * Return where a summand is proved: the page that was read, or else our own.
 * @param {Decision} decision
 * @param {Scored} scored
 * @param {Summand} summand
 * @returns {{address: string, read: string, proof: string}}
 */
function proofOfSummand(decision, { entry }, { fact, anchor }) {
  const kind = kindOf(decision);
  if (!fact) return { address: `${decision.root}${kind.id}/${entry.id}/#${anchor}`, read: "", proof: "" };
  const [, source, day] = fact;
  return { address: kind.sources[source] ?? "", read: kind.days[day] ?? "", proof: PROOFS[proofOf(fact)] ?? "" };
}

/**
 * Return a cell of CSV. A spreadsheet would compute what begins like a formula, so that gets an apostrophe.
 * @param {string | number | null} value
 * @returns {string}
 */
export function cell(value) {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = SPREADSHEET_FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Return the ranking as CSV: a line for every weight of every entry that has a place.
 * @param {Decision} decision
 * @returns {string}
 */
export function asCsv(decision) {
  const heads = "rank,entry,status,points_low,points_high,first,first_three,weight_of,value,weight,credit,points,most";
  const lines = decision.placed.flatMap((one) =>
    one.counted.map((item) => {
      const { address, read, proof } = proofOfSummand(decision, one, item);
      const { first = null, top = null } = one.shares ?? {};
      const entry = [one.place, one.entry.name, one.entry.told, one.low, one.high, first, top];
      const points = item.points === null ? null : Number(fixed(item.points, 2));
      const counted = [item.name, item.text, item.asked, item.credit, points, Number(fixed(item.most, 2))];
      return [...entry, ...counted, address, read, proof].map(cell).join();
    }),
  );
  return [`${heads},source,read,confirmed_by`, ...lines, ""].join("\r\n");
}

/**
 * Return the decision as JSON.
 * @param {Decision} decision
 * @returns {string}
 */
export function asJson(decision) {
  const { data, plan, placed, doubtful, excluded, link, day } = decision;
  const score = (/** @type {Scored} */ one) => ({
    id: one.entry.id,
    name: one.entry.name,
    status: one.entry.told || null,
    points: [one.low, one.high],
    sum: one.counted.map((item) => ({
      ...{ of: item.id, sort: item.sort, value: item.text || null, weight: item.asked, credit: item.credit },
      ...proofOfSummand(decision, one, item),
    })),
  });
  const found = {
    ...{ link, day, data: data.version, read: data.read, kind: plan.kind, useCase: plan.case || null },
    ...{ language: plan.language || null, years: plan.lasting, confirmed: plan.confirmed || null },
    released: plan.released || null,
    needs: Object.fromEntries(plan.needs),
    weights: Object.fromEntries(plan.weights),
    ranking: placed.map((one) => ({ rank: one.place, ...one.shares, ...score(one) })),
    fitsBut: doubtful.map((one) => ({ ...score(one), doubts: one.entry.doubts })),
    excluded: excluded.map(({ entry, reasons }) => ({ id: entry.id, name: entry.name, reasons })),
  };
  return `${JSON.stringify(found, null, 2)}\n`;
}

/**
 * Return the decision as a record in Markdown: the options, the facts with their sources, the weights, the data's day.
 * @param {Decision} decision
 * @returns {string}
 */
export function asRecord(decision) {
  const { data, plan, placed, link, day } = decision;
  const kind = kindOf(decision);
  const useCase = data.cases.get(plan.case);
  const [first] = placed;
  const title = `Choose a ${kind.singular.toLowerCase()}${useCase ? ` for “${useCase.name}”` : ""}`;
  return [
    ...["---", "status: proposed", `date: ${day}`, "---", ""],
    `# ${plain(first ? `${title}: ${first.entry.name}` : title)}`,
    ...["", "## Context and Problem Statement", ""],
    plain(useCase ? useCase.question : `Which ${kind.singular.toLowerCase()} meets our needs best?`),
    ...["", "## Decision Drivers", "", ...drivers(decision)],
    ...["", "## Considered Options", "", ...options(decision)],
    ...["", "## Decision Outcome", "", ...outcome(decision)],
    ...["", "### Confirmation", ""],
    `The [page that computed it](${target(link)}) computes it again.`,
    ...["", "## Pros and Cons of the Options", "", ...placed.flatMap((one) => pros(decision, one))],
    ...["## More Information", ""],
    `Facts of the Backend Field Guide, read until ${data.read}, data ${data.version}, CC BY 4.0. ` +
      `[How points and draws are computed](${target(`${decision.root}method/#guide-draws`)}).`,
    "",
  ].join("\n");
}

/**
 * Return the needs and the weights, a line each.
 * @param {Decision} decision
 * @returns {string[]}
 */
function drivers(decision) {
  const { plan } = decision;
  const kind = kindOf(decision);
  const total = [...plan.weights.values()].reduce((sum, { weight }) => sum + weight, 0);
  const labels = (/** @type {string} */ id) =>
    new Map(kind.criteria.get(id)?.values.map(([name, label]) => [name, label]));
  const needs = [...plan.needs].map(([id, values]) => {
    const words = values.map((value) => labels(id).get(value) ?? value);
    return `Must-have: ${kind.criteria.get(id)?.name ?? id} is ${listed(words, "or")}`;
  });
  if (plan.language) needs.unshift(`Must-have: written for ${plan.language}`);
  if (plan.confirmed) needs.push(`Must-have: a ${plan.confirmed} confirms the facts that meet these`);
  if (plan.released) needs.push(`Must-have: its last release is at most ${plan.released} days old`);
  if (plan.lasting) needs.push("It is built on for years");
  const weights = [...plan.weights].map(([id, { weight, credit }]) => {
    const rating = kind.ratings.get(id);
    const name = kind.criteria.get(id)?.name ?? (rating ? `rating: ${rating}` : (kind.figures.get(id) ?? id));
    const own = Object.entries(credit ?? {}).map(([value, share]) => `${labels(id).get(value) ?? value} ${share}`);
    return `Weight ${weight} (${fixed((100 * weight) / total, 0)} %): ${name}${own.length ? ` (${own.join(", ")})` : ""}`;
  });
  return [...needs, ...weights].map((line) => `* ${plain(line)}`);
}

/**
 * Return all entries that were looked at, a line each, with what became of those without a place.
 * @param {Decision} decision
 * @returns {string[]}
 */
function options({ placed, doubtful, excluded }) {
  return [
    ...placed.map((one) => named(one.entry)),
    ...placed.flatMap((one) => one.grouped.map((other) => `${named(other.entry)}, built on ${one.entry.name}`)),
    ...doubtful.map((one) => `${named(one.entry)}: fits, but ${one.entry.doubts.join("; ")}`),
    ...excluded.map(({ entry, reasons }) => `${named(entry)}: excluded: ${reasons.join("; ")}`),
  ].map((line) => `* ${plain(line)}`);
}

/**
 * Return what was chosen and why.
 * @param {Decision} decision
 * @returns {string[]}
 */
function outcome({ data, placed }) {
  const [first] = placed;
  if (!first) return ["No option: none meets the needs, or too little is known."];
  const { draws, factor } = data.rules;
  const band = placed.filter(({ place, entry }) => place === 1 && entry.id !== first.entry.id);
  const others = listed(band.map(({ entry }) => named(entry)));
  const shares = `no other is before it in ${shareText(first.shares?.first)} of ${draws.toLocaleString("en")} draws`;
  const sure = `${pointsText(first)} of 100 points, and ${shares} in which every weight may be wrong by a factor of ${factor}`;
  const tied = band.length ? [`The weights do not tell it apart from ${plain(others)}.`] : [];
  return [`Chosen option: “${plain(first.entry.name)}”, because it has ${sure}.`, ...tied];
}

/**
 * Return what speaks for an option and against it, a line for each weight, with the source.
 * @param {Decision} decision
 * @param {Scored} one
 * @returns {string[]}
 */
function pros(decision, one) {
  const lines = one.counted.map((item) => {
    const { address, read } = proofOfSummand(decision, one, item);
    const { credit } = item;
    const word = credit === null ? "Neutral" : credit >= STRONG ? "Good" : credit <= WEAK ? "Bad" : "Neutral";
    const value = credit === null ? "not known" : `“${item.text}”`;
    const points = item.points === null ? `0–${fixed(item.most)}` : fixed(item.points);
    const source = `[source](${target(address)})${read ? `, read ${read}` : ""}`;
    return `* ${word}, because ${plain(item.name)} is ${plain(value)}: ${points} of ${fixed(item.most)} points (${source})`;
  });
  const place = `Rank ${one.place}, ${pointsText(one)} points, first in ${shareText(one.shares?.first)} of the draws.`;
  return [`### ${plain(named(one.entry))}`, "", place, "", ...lines, ""];
}
