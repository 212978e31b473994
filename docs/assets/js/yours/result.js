/** What came of it: the ranking with its sums, what would change it, and what is excluded. */

import { make } from "../dom.js";
import { together } from "./data.js";
import { nameOf } from "./fields.js";
import { factChange, weightChange } from "./sensitivity.js";
import { factorText, fixed, listed, named, pointsText, shareText } from "./text.js";

/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Entry} Entry */
/** @typedef {import("./data.js").Kind} Kind */
/** @typedef {import("./scoring.js").Outcome} Outcome */
/** @typedef {import("./scoring.js").Plan} Plan */
/** @typedef {import("./scoring.js").Scored} Scored */

/** Groups that have a colour of their own in a bar; the rest share one. */
const COLOURS = 6;

/** @typedef {{data: Data, plan: Plan, outcome: Outcome, placed: Scored[], root: string}} Shown */

/** @param {Shown} shown */
const kindOf = ({ data, plan }) => /** @type {Kind} */ (data.kinds.get(plan.kind));

/**
 * Return a link to an entry, with the status that is told.
 * @param {Shown} shown
 * @param {Entry} entry
 * @returns {HTMLElement}
 */
function link(shown, entry) {
  const href = `${shown.root}${kindOf(shown).id}/${entry.id}/`;
  const told = entry.told ? [" ", make("span", { class: "status" }, entry.told)] : [];
  return make("a", { class: "entry", href }, make("bdi", {}, entry.name), ...told);
}

/**
 * Return the result.
 * @param {Shown} shown
 * @returns {HTMLElement[]}
 */
export function result(shown) {
  const { outcome, placed, plan } = shown;
  const isWeighed = plan.weights.size > 0;
  const ranked = placed.length ? [table(shown), key(shown), explained(shown), changes(shown)] : [];
  const fitting = isWeighed ? [] : outcome.ordered.flatMap((one) => [one, ...one.grouped]);
  const points = (/** @type {Scored} */ one) => (isWeighed ? ` (${pointsText(one)} points)` : "");
  return [
    ...ranked,
    ...section("fitting", "Fits", fitting, (one) => [link(shown, one.entry)]),
    ...section("doubtful", "Fits, but …", outcome.doubtful, (one) => [
      link(shown, one.entry),
      `${points(one)}: ${one.entry.doubts.join("; ")}.`,
    ]),
    ...section("excluded", "Excluded", outcome.excluded, ({ entry, reasons }) => [
      link(shown, entry),
      ` ${reasons.join("; ")}`,
    ]),
  ];
}

/**
 * Return a list under a heading, or nothing where it is empty.
 * @template Item
 * @param {string} id
 * @param {string} heading
 * @param {readonly Item[]} items
 * @param {(item: Item) => (Node | string)[]} shown
 * @returns {HTMLElement[]}
 */
function section(id, heading, items, shown) {
  if (!items.length) return [];
  const list = make("ul", { class: "plain" }, ...items.map((item) => make("li", {}, ...shown(item))));
  return [make("section", {}, make("h3", { id }, heading), list)];
}

/**
 * Return the group of everything that is weighed, and the colour of each: the heaviest group has the first.
 * @param {Shown} shown
 * @returns {{groupOf: (id: string) => string, colours: Map<string, number>, names: Map<string, string>}}
 */
function colouring(shown) {
  const kind = kindOf(shown);
  const groupOf = (/** @type {string} */ id) =>
    kind.criteria.get(id)?.group ?? (kind.ratings.has(id) ? "ratings" : "figures");
  /** @type {Map<string, number>} */
  const sums = new Map();
  for (const [id, { weight }] of shown.plan.weights) sums.set(groupOf(id), (sums.get(groupOf(id)) ?? 0) + weight);
  const ordered = [...sums].sort((a, b) => b[1] - a[1]);
  return {
    groupOf,
    colours: new Map(ordered.map(([group], place) => [group, Math.min(place + 1, COLOURS)])),
    names: new Map([...kind.groups, ["ratings", "Ratings"], ["figures", "Measured"]]),
  };
}

/**
 * Return the table of the ranking.
 * @param {Shown} shown
 * @returns {HTMLElement}
 */
function table(shown) {
  const { singular } = kindOf(shown);
  const heads = [
    "Rank",
    singular.charAt(0).toUpperCase() + singular.slice(1),
    "Points",
    "Points by group",
    "First",
    "First three",
  ];
  const head = make("tr", {}, ...heads.map((text) => make("th", { scope: "col" }, text)));
  const colours = colouring(shown);
  return make(
    "table",
    { class: "ranking" },
    make("caption", { class: "visually-hidden" }, "Ranking by your weights"),
    make("thead", {}, head),
    make("tbody", {}, ...shown.placed.map((one) => row(shown, one, colours))),
  );
}

/**
 * Return what the colours of the bars stand for.
 * @param {Shown} shown
 * @returns {HTMLElement}
 */
function key(shown) {
  const { colours, names } = colouring(shown);
  const swatch = (/** @type {number} */ colour) => make("i", { class: `swatch part-${colour}`, "aria-hidden": "true" });
  const groups = together(colours, ([, colour]) => colour);
  const items = [...groups].map(([colour, own]) =>
    make("li", {}, swatch(colour), own.map(([group]) => names.get(group) ?? group).join(", ")),
  );
  return make("ul", { class: "legend" }, ...items);
}

/**
 * Return what the figures are.
 * @param {Shown} shown
 * @returns {HTMLElement}
 */
function explained({ data, root }) {
  const { draws: number, factor } = data.rules;
  const points =
    "Points of 100 are the share of the weights that recorded facts earn; a range shows what is not recorded.";
  const first = `First and first three: in how many of ${number.toLocaleString("en")} draws`;
  const text = `A bar opens into its sum. ${points} ${first} in which every weight may be wrong by a factor of ${factor}. `;
  const more = make("a", { href: `${root}method/#guide-yours` }, "How it is computed");
  return make("p", { class: "muted" }, text, more, ".");
}

/**
 * Return the row of an entry.
 * @param {Shown} shown
 * @param {Scored} one
 * @param {ReturnType<typeof colouring>} colours
 * @returns {HTMLElement}
 */
function row(shown, one, colours) {
  const kind = kindOf(shown);
  const notes = one.entry.warning ? [make("span", { class: "note warning" }, one.entry.warning)] : [];
  if (one.unproven.length) {
    const names = one.unproven.map((id) => nameOf(kind, id)).join(", ");
    notes.push(make("span", { class: "note" }, `Not recorded whether it meets: ${names}.`));
  }
  for (const other of one.grouped) {
    const text = ` is built on it: ${pointsText(other)} points, most of them inherited from ${one.entry.name}.`;
    notes.push(make("span", { class: "note" }, link(shown, other.entry), text));
  }
  return make(
    "tr",
    { class: one.place === 1 ? "first" : "behind" },
    make("td", { class: "place" }, String(one.place)),
    make("th", { scope: "row" }, link(shown, one.entry)),
    make("td", { class: "points" }, make("span", { class: "number" }, pointsText(one))),
    make("td", { class: "brought" }, sum(shown, one, colours), ...notes),
    draws(one.shares?.first, "first"),
    draws(one.shares?.top, "first three"),
  );
}

/**
 * Return the cell of a share of the draws.
 * @param {number | undefined} share
 * @param {string} label
 * @returns {HTMLElement}
 */
function draws(share, label) {
  const bar = make("span", { class: "share", "aria-hidden": "true" });
  bar.style.setProperty("--x", fixed(100 * (share ?? 0), 0));
  return make("td", { class: "draws", "data-label": label }, bar, shareText(share));
}

/**
 * Return the bar of an entry, which opens into its sum.
 * @param {Shown} shown
 * @param {Scored} one
 * @param {ReturnType<typeof colouring>} colours
 * @returns {HTMLElement}
 */
function sum(shown, one, { groupOf, colours, names }) {
  const bar = make("span", { class: "parts", "aria-hidden": "true" });
  const part = (/** @type {string} */ name, /** @type {number} */ points, /** @type {string} */ title) => {
    const element = make("i", { class: `part-${name}`, title });
    element.style.setProperty("--x", fixed(points));
    bar.append(element);
  };
  for (const [group, colour] of colours) {
    const own = one.counted.filter(({ id }) => groupOf(id) === group);
    const [points, most] = [total(own, ({ points: got }) => got ?? 0), total(own, ({ most: could }) => could)];
    if (points >= 0.05) {
      part(String(colour), points, `${names.get(group) ?? group}: ${fixed(points)} of ${fixed(most)}`);
    }
  }
  const unknown = one.high - one.low;
  if (unknown >= 0.05) part("unknown", unknown, `not recorded: ${fixed(unknown)}`);
  const told = make("span", { class: "visually-hidden" }, `The sum of ${one.entry.name}`);
  const summary = make("summary", { id: `sum-${one.entry.id}` }, bar, told);
  return make("details", { "data-entry": one.entry.id }, summary, calculation(shown, one));
}

/**
 * @template Item
 * @param {readonly Item[]} items
 * @param {(item: Item) => number} figure
 */
const total = (items, figure) => items.reduce((all, item) => all + figure(item), 0);

/**
 * Return the sum of an entry, a line for each weight.
 * @param {Shown} shown
 * @param {Scored} one
 * @returns {HTMLElement}
 */
function calculation(shown, one) {
  const address = `${shown.root}${kindOf(shown).id}/${one.entry.id}/`;
  const cells = (/** @type {string[]} */ ...texts) => texts.map((text) => make("td", {}, text));
  const lines = one.counted.map((item) => {
    const unknown = item.sort === "fact" ? "not recorded" : "not measured yet";
    const name = make("th", { scope: "row" }, make("a", { href: `${address}#${item.anchor}` }, item.name));
    const known = item.credit !== null && item.points !== null;
    const credit = known ? fixed(item.credit ?? 0, 2) : "0–1";
    const points = known ? `${fixed(item.points ?? 0)} of ${fixed(item.most)}` : `0–${fixed(item.most)}`;
    return make("tr", {}, name, ...cells(known ? item.text : unknown, credit, points));
  });
  const all = `${fixed(one.low)}${one.high > one.low ? `–${fixed(one.high)}` : ""}`;
  const heads = ["Criterion", "Value", "Credit", "Points"].map((text) => make("th", { scope: "col" }, text));
  return make(
    "table",
    { class: "sum" },
    make("caption", { class: "visually-hidden" }, `${one.entry.name}: the calculation`),
    make("thead", {}, make("tr", {}, ...heads)),
    make("tbody", {}, ...lines),
    make("tfoot", {}, make("tr", {}, make("th", { scope: "row" }, "Sum"), ...cells("", "", all))),
  );
}

/**
 * Return what would change the first place.
 * @param {Shown} shown
 * @returns {HTMLElement}
 */
function changes(shown) {
  const { level, weight } = weightChange(shown.outcome.ordered, shown.data.rules.largest);
  const leader = shown.outcome.ordered[0]?.entry;
  const name = leader ? named(leader) : "";
  const levelled = listed(level.map(({ entry }) => named(entry)));
  const heading = make("h3", { id: "changes" }, "What would change the first place");
  if (level.length) {
    const verb = level.length === 1 ? "has" : "have";
    return make(
      "section",
      {},
      heading,
      make("p", {}, `Nothing has to: ${levelled} ${verb} as many points as ${name}.`),
    );
  }
  const byWeight = weight
    ? `${named(weight.rival.entry)} would be first if ${nameOf(kindOf(shown), weight.weight.id)} counted ${factorText(weight.factor)}. No smaller change of one weight does it.`
    : `No weight alone: not even a tenth or ten times as much of one puts another one before ${name}.`;
  const items = [
    make("li", {}, make("b", {}, "A weight."), ` ${byWeight}`),
    make("li", {}, make("b", {}, "A fact."), ` ${byFact(shown)}`),
  ];
  return make("section", {}, heading, make("ul", { class: "plain" }, ...items));
}

/**
 * Say which fact would change the first place.
 * @param {Shown} shown
 * @returns {string}
 */
function byFact(shown) {
  const found = factChange(kindOf(shown), shown.plan, shown.outcome.ordered);
  if (!found) return "No fact alone would put another one first.";
  const { of, item, after, points, rival } = found;
  const whose = of === rival ? "its" : `${named(of.entry)}’s`;
  const before = item.fact ? ` instead of “${item.text}”` : ", of which nothing is recorded";
  return `${named(rival.entry)} would be first if ${whose} ${item.name} were “${after}”${before}: a change of ${fixed(points)} points.`;
}
