/** The lists of must-haves and of weights: their rows stay where they are while they are used. */

import { make } from "../dom.js";
import { together } from "./data.js";
import { field, grouped, nameOf } from "./fields.js";
import { AGES, HEAVIEST, weighable } from "./state.js";
import { fixed } from "./text.js";

/** @typedef {import("./data.js").Criterion} Criterion */
/** @typedef {import("./data.js").Data} Data */
/** @typedef {import("./data.js").Kind} Kind */
/** @typedef {import("./fields.js").Change} Change */
/** @typedef {import("./fields.js").Choice} Choice */
/** @typedef {import("./fields.js").Control} Control */
/** @typedef {import("./state.js").State} State */

/**
 * Return a list whose rows stay where they are while they are used, and a field that adds a row.
 * @param {string} id
 * @param {string} label of the field
 * @param {(name: string) => void} add
 */
function growing(id, label, add) {
  const list = make("ul", { class: "plain yours-list" });
  const select = make("select", { id, "aria-label": label });
  const click = () => {
    if (!select.value) return;
    add(select.value);
    const row = rows.get(select.value) ?? [...rows.values()].at(-1);
    row?.element.querySelector("input")?.focus();
  };
  /** @type {Map<string, Control>} */
  const rows = new Map();
  const adding = make("div", { class: "yours-add" }, select, make("button", { type: "button", click }, "Add"));
  let offered = "";
  /**
   * @param {State} state
   * @param {Iterable<string>} names
   * @param {(name: string) => Control} made
   * @param {Map<string, Choice[]>} others by group
   */
  const follow = (state, names, made, others) => {
    const wanted = [...names];
    for (const name of rows.keys()) if (!wanted.includes(name)) rows.delete(name);
    for (const name of wanted) if (!rows.has(name)) rows.set(name, made(name));
    const elements = wanted.map((name) => /** @type {Control} */ (rows.get(name)).element);
    if (elements.some((element, place) => list.children[place] !== element) || list.children.length > elements.length) {
      list.replaceChildren(...elements);
    }
    for (const row of rows.values()) row.follow(state);
    const offer = JSON.stringify([...others]);
    if (offer === offered) return;
    offered = offer;
    select.replaceChildren(make("option", { value: "" }, label), ...grouped(others));
  };
  return { element: make("div", {}, list, adding), follow, clear: () => rows.clear() };
}

/**
 * Return the choices of a kind's criteria and the like by group.
 * @param {Kind} kind
 * @param {Iterable<string>} ids
 * @returns {Map<string, Choice[]>}
 */
function offers(kind, ids) {
  const named = [...ids].map((id) => {
    const criterion = kind.criteria.get(id);
    const group = criterion ? (kind.groups.get(criterion.group) ?? "") : kind.ratings.has(id) ? "Ratings" : "Measured";
    return { group, choice: /** @type {Choice} */ ([id, nameOf(kind, id)]) };
  });
  const found = together(named, ({ group }) => group);
  return new Map([...found].map(([group, own]) => [group, own.map(({ choice }) => choice)]));
}

/**
 * Return the fields of the must-haves.
 * @param {Data} data
 * @param {Change} change
 * @returns {Control}
 */
export function needs(data, change) {
  let kind = /** @type {Kind} */ (data.kinds.values().next().value);
  const list = growing("yours-add-need", "Another must-have …", (name) => {
    const good = kind.criteria.get(name)?.values.filter(([, , credit]) => (credit ?? 0) >= 0.5) ?? [];
    change((state) => ({
      ...state,
      needs: new Map(state.needs).set(
        name,
        good.map(([value]) => value),
      ),
    }));
  });
  const confirmed = field("yours-confirmed", "Confirmed by", (value) =>
    change((state) => ({ ...state, confirmed: value === "run" || value === "machine" ? value : "" })),
  );
  confirmed.fill([
    ["", "anyone, even a reader alone"],
    ["machine", "a machine: words found again, or a run"],
    ["run", "a run: a probe or a demonstration"],
  ]);
  const released = field("yours-released", "Last release", (value) =>
    change((state) => ({ ...state, released: Number(value) })),
  );
  released.fill([
    ["0", "at any time"],
    ...AGES.map((days) => /** @type {Choice} */ ([String(days), `at most ${days} days ago`])),
  ]);
  const evidence = make("div", { class: "yours-asks" }, confirmed.element, released.element);
  const follow = (/** @type {State} */ state) => {
    const now = /** @type {Kind} */ (data.kinds.get(state.kind));
    if (now !== kind) list.clear();
    kind = now;
    const others = [...kind.criteria.keys()].filter((id) => !state.needs.has(id));
    list.follow(state, state.needs.keys(), (name) => needRow(now, name, change), offers(kind, others));
    confirmed.select.value = state.confirmed;
    released.select.value = String(state.released);
  };
  return { element: make("div", {}, list.element, evidence), follow };
}

/**
 * Return the row of a must-have: a box for each value that will do. Without any it asks for nothing.
 * @param {Kind} kind
 * @param {string} name
 * @param {Change} change
 * @returns {Control}
 */
function needRow(kind, name, change) {
  const criterion = /** @type {Criterion} */ (kind.criteria.get(name));
  const boxes = criterion.values.map(([value, label], place) => {
    const many = kind.entries.filter(({ facts }) => facts.get(name)?.[0] === place).length;
    const box = make("input", { type: "checkbox", value, change: () => chosen() });
    const text = make("span", {}, `${label} `, make("span", { class: "muted" }, String(many)));
    return { box, element: make("label", {}, box, text) };
  });
  const chosen = () => {
    const values = boxes.filter(({ box }) => box.checked).map(({ box }) => box.value);
    change((state) => ({ ...state, needs: new Map(state.needs).set(name, values) }));
  };
  const follow = (/** @type {State} */ state) => {
    const values = new Set(state.needs.get(name));
    for (const { box } of boxes) box.checked = values.has(box.value);
    element.classList.toggle("off", !values.size);
  };
  const set = make("fieldset", {}, make("legend", {}, criterion.name), ...boxes.map((box) => box.element));
  const element = make("li", {}, set);
  return { element, follow };
}

/**
 * Return the fields of the weights.
 * @param {Data} data
 * @param {Change} change
 * @returns {Control}
 */
export function weights(data, change) {
  let kind = /** @type {Kind} */ (data.kinds.values().next().value);
  const list = growing("yours-add-weight", "Another weight …", (name) =>
    change((state) => ({ ...state, weights: new Map(state.weights).set(name, { weight: 3, credit: null }) })),
  );
  const follow = (/** @type {State} */ state) => {
    const now = /** @type {Kind} */ (data.kinds.get(state.kind));
    if (now !== kind) list.clear();
    kind = now;
    const others = weighable(kind).filter((id) => !state.weights.has(id));
    list.follow(state, state.weights.keys(), (name) => weightRow(now, name, change), offers(kind, others));
  };
  return { element: list.element, follow };
}

/**
 * Return the row of a weight: a number, and its share of all weights.
 * @param {Kind} kind
 * @param {string} name
 * @param {Change} change
 * @returns {Control}
 */
function weightRow(kind, name, change) {
  const id = `yours-weight-${name}`;
  const input = () => {
    const weight = Number(number.value);
    if (!number.value || !(weight >= 0 && weight <= HEAVIEST)) return;
    change((state) => {
      const credit = state.weights.get(name)?.credit ?? null;
      return {
        ...state,
        weights: new Map(state.weights).set(name, { weight: Math.round(weight * 100) / 100, credit }),
      };
    });
  };
  const number = make("input", { id, type: "number", min: "0", max: String(HEAVIEST), step: "any", input });
  const share = make("span", { class: "share", "aria-hidden": "true" });
  const follow = (/** @type {State} */ state) => {
    const weight = state.weights.get(name)?.weight ?? 0;
    const total = [...state.weights.values()].reduce((sum, one) => sum + one.weight, 0);
    if (document.activeElement !== number || Number(number.value) !== weight) number.value = String(weight);
    share.style.setProperty("--x", fixed(total ? (100 * weight) / total : 0, 0));
    element.classList.toggle("off", !weight);
  };
  const element = make("li", { class: "yours-weight" }, make("label", { for: id }, nameOf(kind, name)), share, number);
  return { element, follow };
}
