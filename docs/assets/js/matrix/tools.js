/** The tools above a matrix: fields and buttons that change the choice, and what updates them. */

import { make } from "../dom.js";
import { nextKeys } from "../sorting.js";
import { EVERYTHING, NAME, toggled, withItems } from "./choice.js";

/**
 * @typedef {import("./choice.js").Choice} Choice
 * @typedef {import("./content.js").Content} Content
 */

/**
 * What a tool needs of the matrix.
 * @typedef {object} Hold
 * @property {Content} content
 * @property {readonly string[]} groups  their names
 * @property {() => readonly {id: string, name: string}[]} columns  returns what the columns stand for now
 * @property {() => Choice} chosen  returns the present choice
 * @property {(choice: Choice, typed?: boolean) => void} change
 */

/** @typedef {{element: HTMLElement, update: () => void}} Tool */

/** @typedef {[string, string]} Option  its value and its name */

/**
 * Return a field to choose from; the first line says what it is for.
 * @param {string} label
 * @param {string} first
 * @param {readonly Option[]} options
 * @param {(value: string) => void} chosen
 */
function selectOf(label, first, options, chosen) {
  const field = make("select", { "aria-label": label, change: () => chosen(field.value) });
  field.append(
    make("option", { value: "" }, first),
    ...options.map(([value, name]) => make("option", { value }, name)),
  );
  return field;
}

/**
 * Return a button that takes away what it names.
 * @param {string} name
 * @param {string} hint  what it does
 * @param {() => void} click
 */
function chip(name, hint, click) {
  return make("li", {}, make("button", { type: "button", "aria-label": `${name}: ${hint}`, click }, `${name} ×`));
}

/**
 * Return the boxes that choose entries.
 * @param {Hold} hold
 * @returns {Tool}
 */
export function entryBoxes({ content, chosen, change }) {
  const boxes = content.entries.map(({ id }) => {
    const box = make("input", {
      type: "checkbox",
      value: id,
      change: () => change(toggled(chosen(), id, box.checked)),
    });
    return box;
  });
  const labels = content.entries.map(({ name, tile }, at) => {
    const sign = make("span", { class: "tile compact", "aria-hidden": "true" }, tile);
    return make(
      "li",
      {},
      make("label", {}, boxes[at] ?? "", make("span", { class: "entry" }, sign, make("bdi", {}, name))),
    );
  });
  const list = make("ul", { class: "chips" }, ...labels);
  return {
    element: make("details", {}, make("summary", {}, "Choose entries"), list),
    update: () => boxes.forEach((box) => (box.checked = chosen().entries.includes(box.value))),
  };
}

/**
 * Return the boxes that choose criteria, one for each and one for each group.
 * @param {Hold} hold
 * @returns {Tool}
 */
export function itemBoxes({ content, groups, chosen, change }) {
  const shown = (/** @type {string} */ id) => !chosen().items.length || chosen().items.includes(id);
  const box = (/** @type {string[]} */ ids, /** @type {string} */ name) => {
    const input = make("input", {
      type: "checkbox",
      change: () => change(withItems(chosen(), ids, input.checked, content)),
    });
    const update = () => {
      const count = ids.filter(shown).length;
      input.checked = count > 0;
      input.indeterminate = count > 0 && count < ids.length;
    };
    return { element: make("label", {}, input, make("span", {}, name)), update };
  };
  /** @type {Tool[]} */
  const made = [];
  const sets = groups.map((name, group) => {
    const own = content.items.filter((item) => item.group === group);
    const all = box(
      own.map(({ id }) => id),
      `All of ${name}`,
    );
    const each = own.map(({ id, name: title }) => box([id], title));
    made.push(all, ...each);
    const legend = make("legend", { class: name ? "" : "visually-hidden" }, name || "Criteria");
    const first = name ? [all.element] : [];
    return make("fieldset", { class: "choices" }, legend, ...first, ...each.map(({ element }) => element));
  });
  return {
    element: make("details", {}, make("summary", {}, "Choose criteria"), make("div", { class: "sets" }, ...sets)),
    update: () => made.forEach(({ update }) => update()),
  };
}

/**
 * Return what filters entries by language and status.
 * @param {Hold} hold
 * @param {"language" | "status"} trait
 * @param {string} label
 * @returns {Tool[]}  none where all entries have the same
 */
function traitField({ content, chosen, change }, trait, label) {
  const values = [...new Set(content.entries.map((entry) => entry[trait]))].filter(Boolean).sort();
  if (values.length < 2) return [];
  const options = values.map((value) => /** @type {Option} */ ([value, value]));
  const field = selectOf(label, `${label}: all`, options, (value) => change({ ...chosen(), [trait]: value }));
  return [{ element: field, update: () => (field.value = chosen()[trait]) }];
}

/**
 * Return two fields, the second of which depends on the first: a criterion and its answer, a rating and its least.
 * @param {string} label
 * @param {string} second
 * @param {readonly Option[]} things
 * @param {(thing: string) => readonly Option[]} values
 * @param {(thing: string, value: string) => void} add
 */
function twoFields(label, second, things, values, add) {
  const value = selectOf(second, `${second} …`, [], (chosen) => {
    if (!chosen) return;
    add(thing.value, chosen);
    thing.value = "";
    fill([]);
  });
  const fill = (/** @type {readonly Option[]} */ options) => {
    const made = options.map(([id, name]) => make("option", { value: id }, name));
    value.replaceChildren(make("option", { value: "" }, `${second} …`), ...made);
    value.disabled = !options.length;
  };
  const thing = selectOf(label, `${label} …`, things, (chosen) => fill(chosen ? values(chosen) : []));
  fill([]);
  return make("span", { class: "tools-group" }, thing, value);
}

/**
 * Return what filters entries: by language, status, ratings and answers.
 * @param {Hold} hold
 * @returns {Tool}
 */
export function entryFilters(hold) {
  const { content, chosen, change } = hold;
  const traits = [...traitField(hold, "language", "Language"), ...traitField(hold, "status", "Status")];
  const answersTo = (/** @type {string} */ id) => {
    const answers = content.answers[content.items.findIndex((item) => item.id === id)] ?? [];
    return [...new Map(answers.filter(({ figure }) => figure >= 0).map(({ value, text }) => [value, text]))].sort();
  };
  const byAnswer = twoFields("Criterion", "Answer", named(content.items), answersTo, (item, value) =>
    change({ ...chosen(), having: [...chosen().having, { item, value }] }),
  );
  const steps = ["1", "2", "3", "3.5", "4", "4.5"].map((least) => /** @type {Option} */ ([least, `at least ${least}`]));
  const byRating = twoFields(
    "Rating",
    "At least",
    named(content.ratings),
    () => steps,
    (rating, least) => change({ ...chosen(), rated: [...chosen().rated, { rating, least: Number(least) }] }),
  );
  const list = make("ul", { class: "chips", "aria-label": "Filters" });
  const fields = [...traits.map(({ element }) => element), byAnswer, ...(content.ratings.length ? [byRating] : [])];
  const box = make("div", { class: "tools-row" }, ...fields);
  return {
    element: make("details", {}, make("summary", {}, "Filter entries"), box, list),
    update() {
      traits.forEach(({ update }) => update());
      list.replaceChildren(...filterChips(hold));
    },
  };
}

/**
 * Return a chip for each filter by a rating or an answer.
 * @param {Hold} hold
 */
function filterChips({ content, chosen, change }) {
  const nameOf = (/** @type {readonly {id: string, name: string}[]} */ things, /** @type {string} */ id) =>
    things.find((thing) => thing.id === id)?.name ?? id;
  const having = chosen().having.map((one) => {
    const answers = content.answers[content.items.findIndex(({ id }) => id === one.item)] ?? [];
    const text = answers.find(({ value }) => value === one.value)?.text ?? one.value;
    const rest = () => change({ ...chosen(), having: chosen().having.filter((other) => other !== one) });
    return chip(`${nameOf(content.items, one.item)}: ${text}`, "no longer asked for", rest);
  });
  const rated = chosen().rated.map((one) => {
    const rest = () => change({ ...chosen(), rated: chosen().rated.filter((other) => other !== one) });
    return chip(`${nameOf(content.ratings, one.rating)}: at least ${one.least}`, "no longer asked for", rest);
  });
  return [...having, ...rated];
}

/**
 * Return things as options.
 * @param {readonly {id: string, name: string}[]} things
 * @returns {Option[]}
 */
function named(things) {
  return things.map(({ id, name }) => [id, name]);
}

/**
 * Return what sorts by several columns without the head of the table, as on a phone.
 * @param {Hold} hold
 * @returns {Tool}
 */
export function sortFields({ content, columns, chosen, change }) {
  const list = make("ul", { class: "chips", "aria-label": "Sorted by" });
  const field = make("select", { "aria-label": "Sort by", change: () => add(field.value) });
  const turn = (/** @type {string} */ key) => change({ ...chosen(), order: nextKeys(chosen().order, key, true) });
  const add = (/** @type {string} */ key) => key && turn(key);
  return {
    element: make("details", {}, make("summary", {}, "Sort"), make("div", { class: "tools-row" }, field, list)),
    update() {
      const { order } = chosen();
      const all = [{ id: NAME, name: "Name" }, ...columns()];
      const free = all.filter(({ id }) => !order.some(({ key }) => key === id));
      const options = named(free).map(([value, name]) => make("option", { value }, name));
      field.replaceChildren(make("option", { value: "" }, order.length ? "then by …" : "by …"), ...options);
      const chips = order.map(({ key, direction }) => {
        const name = keyName(content, key);
        const said = direction < 0 ? "first to last" : "last to first";
        const hint = direction < 0 ? "turn round" : "no longer sort by it";
        const click = () => turn(key);
        const sign = direction < 0 ? "↓" : "↑";
        return make(
          "li",
          {},
          make("button", { type: "button", "aria-label": `${name}, ${said}: ${hint}`, click }, `${name} ${sign}`),
        );
      });
      list.replaceChildren(...chips);
    },
  };
}

/**
 * Return the name of what a key sorts by.
 * @param {Content} content
 * @param {string} key
 * @returns {string}
 */
export function keyName(content, key) {
  if (key === NAME) return "name";
  return [...content.entries, ...content.items].find(({ id }) => id === key)?.name ?? key;
}

/**
 * Return all tools of a matrix, what says the result, and what updates them.
 * @param {Hold} hold
 * @param {HTMLElement[]} ways  further buttons
 */
export function makeTools(hold, ways) {
  const { content, chosen, change } = hold;
  const label = "Filter criteria";
  const input = () => change({ ...chosen(), words: search.value }, true);
  const words = { placeholder: label, "aria-label": label, value: chosen().words };
  const search = make("input", { type: "search", ...words, input });
  const flip = () => change({ ...chosen(), differing: !chosen().differing });
  const differ = make("button", { type: "button", click: flip }, "Only where they differ");
  const reset = make("button", { type: "button", click: () => change(EVERYTHING) }, "Show all");
  const status = make("span", { class: "muted", role: "status" });
  const turn = () => change({ ...chosen(), flipped: !chosen().flipped });
  const turned = make("button", { type: "button", click: turn }, "Exchange rows and columns");
  const pickers = content.entries.length > 2 ? [entryBoxes(hold)] : [];
  const tools = [...pickers, itemBoxes(hold), entryFilters(hold), sortFields(hold)];

  /** @param {string} said */
  function update(said) {
    const choice = chosen();
    if (search.value !== choice.words) search.value = choice.words;
    differ.setAttribute("aria-pressed", String(choice.differing));
    turned.setAttribute("aria-pressed", String(choice.flipped));
    tools.forEach((tool) => tool.update());
    status.textContent = said;
  }
  return { elements: [search, differ, reset, status, ...tools.map(({ element }) => element), turned, ...ways], update };
}
