/** Which columns and rows of a matrix are shown. */

import { all, make, one } from "./dom.js";

/** @typedef {import("./address.js").AddressBar} AddressBar */

/**
 * What a reader chose in a matrix.
 * @typedef {object} Choice
 * @property {ReadonlySet<string>} entries  the columns chosen; none means all
 * @property {boolean} differing  whether only rows are shown in which these columns differ
 * @property {string} words  what the name of a row must contain
 * @property {boolean} preset  whether the page chose the columns, since a phone has room for two; the address then
 *   names none
 */

/** @typedef {{name: string, values: ReadonlyMap<string, string>}} Row  a criterion, and each entry's value */
/** @typedef {{id: string, name: string, tile: string}} Column */
/** @typedef {{element: HTMLElement, row: Row}} ShownRow */

/**
 * Return the choice that an address states, without entries that are not in the table.
 * @param {URLSearchParams} parameters
 * @param {readonly string[]} known ids of all columns
 * @param {readonly string[]} preset ids of the columns to begin with if the address names none; empty for all
 * @returns {Choice}
 */
export function choiceFrom(parameters, known, preset = []) {
  const asked = (parameters.get("show") ?? "").split(",").filter((id) => known.includes(id));
  const begun = asked.length ? [] : preset.filter((id) => known.includes(id));
  return {
    entries: new Set([...asked, ...begun]),
    differing: parameters.get("differ") === "1",
    // Older addresses say q, which the theme's search takes for its own.
    words: parameters.get("filter") ?? parameters.get("q") ?? "",
    preset: begun.length > 0,
  };
}

/**
 * Return the parameters of the address that states a choice.
 * @param {Choice} choice
 * @returns {import("./address.js").Parameters}
 */
export function parametersOf(choice) {
  return {
    show: choice.preset ? "" : [...choice.entries].join(","),
    differ: choice.differing ? "1" : "",
    filter: choice.words.trim(),
    q: "",
  };
}

/**
 * Return the choice with one entry added or taken away.
 * @param {Choice} choice
 * @param {string} id
 * @param {boolean} wanted
 * @returns {Choice}
 */
export function toggled(choice, id, wanted) {
  const others = [...choice.entries].filter((entry) => entry !== id);
  return { ...choice, entries: new Set(wanted ? [...others, id] : others), preset: false };
}

/**
 * Return the ids of the columns that are shown, in their order in the table.
 * @param {Choice} choice
 * @param {readonly string[]} known
 * @returns {string[]}
 */
export function shownColumns(choice, known) {
  return known.filter((id) => !choice.entries.size || choice.entries.has(id));
}

/**
 * Return whether a row is shown: its name contains the words, and its values differ if that is asked.
 * @param {Row} row
 * @param {Choice} choice
 * @param {readonly string[]} columns that are shown
 * @returns {boolean}
 */
export function rowFits(row, choice, columns) {
  if (!row.name.toLowerCase().includes(choice.words.trim().toLowerCase())) return false;
  return !choice.differing || new Set(columns.map((id) => row.values.get(id) ?? "")).size > 1;
}

/**
 * Return the columns of a matrix.
 * @param {HTMLElement} table
 * @returns {Column[]}
 */
function columnsOf(table) {
  return all("thead th[data-column]", table).map((head) => ({
    id: head.dataset.column ?? "",
    name: one("bdi", head).textContent,
    tile: one(".tile", head).textContent,
  }));
}

/**
 * Return the rows of a matrix with what is filtered by.
 * @param {HTMLElement} table
 * @returns {ShownRow[]}
 */
function rowsOf(table) {
  return all("tr[data-row]", table).map((element) => ({
    element,
    row: {
      name: one("th", element).textContent,
      values: new Map(all("td", element).map((cell) => [cell.dataset.column ?? "", cell.dataset.value ?? ""])),
    },
  }));
}

/**
 * Return the boxes that choose columns, and the list that shows them.
 * @param {readonly Column[]} columns
 * @param {(id: string, wanted: boolean) => void} toggle
 */
function makeChips(columns, toggle) {
  const boxes = columns.map(({ id }) => {
    const box = make("input", { type: "checkbox", value: id, change: () => toggle(id, box.checked) });
    return box;
  });
  const labels = columns.map(({ name, tile }, index) => {
    const shown = make("span", { class: "tile compact", "aria-hidden": "true" }, tile);
    return make("label", {}, boxes[index] ?? "", make("span", { class: "entry" }, shown, make("bdi", {}, name)));
  });
  return { boxes, list: make("ul", { class: "chips" }, ...labels.map((label) => make("li", {}, label))) };
}

/**
 * Put two fields below the tools of a phone that say which columns are side by side; return what updates them.
 * @param {HTMLElement} table
 * @param {readonly Column[]} columns
 * @param {(ids: string[]) => void} choose
 * @returns {(ids: readonly string[]) => void}
 */
function addPairFields(table, columns, choose) {
  const fields = ["First entry", "Second entry"].map((label) => {
    const options = columns.map(({ id, name }) => make("option", { value: id }, name));
    return make("select", { "aria-label": label, change: () => choose(fields.map(({ value }) => value)) }, ...options);
  });
  const box = make("div", { class: "tools pair-fields" }, ...fields);
  one("[data-tools]").after(box);
  return (ids) => {
    const two = ids.length === 2;
    box.hidden = !two;
    table.classList.toggle("two-columns", two);
    if (!two) return;
    fields.forEach((field, index) => {
      field.value = ids[index] ?? "";
    });
    for (const field of fields) {
      for (const option of field.options) option.disabled = option.value !== field.value && ids.includes(option.value);
    }
  };
}

/**
 * Show these columns and the rows that fit, and no heading over nothing; return how many rows are shown.
 * @param {HTMLElement} table
 * @param {readonly ShownRow[]} rows
 * @param {Choice} choice
 * @param {readonly string[]} columns
 * @returns {number}
 */
function showRows(table, rows, choice, columns) {
  for (const cell of all("[data-column]", table)) {
    cell.classList.toggle("filtered-out", !columns.includes(cell.dataset.column ?? ""));
  }
  const fitting = rows.filter(({ row }) => rowFits(row, choice, columns));
  for (const shown of rows) shown.element.classList.toggle("filtered-out", !fitting.includes(shown));
  for (const heading of all("tr.group-row", table)) {
    const group = heading.closest("tbody");
    heading.classList.toggle("filtered-out", !group?.querySelector("tr:not(.group-row):not(.filtered-out)"));
  }
  return fitting.length;
}

/**
 * Return the tools of a matrix: a filter, what differs, all again, and which entries; and what updates them.
 * @param {readonly Column[]} columns
 * @param {() => Choice} chosen  returns the present choice
 * @param {(changes: Partial<Choice>) => void} change
 */
function makeTools(columns, chosen, change) {
  const label = "Filter criteria";
  const input = () => change({ words: search.value });
  const words = { placeholder: label, "aria-label": label, value: chosen().words };
  const search = make("input", { type: "search", ...words, input });
  const flip = () => change({ differing: !chosen().differing });
  const differ = make("button", { type: "button", click: flip }, "Only where they differ");
  const clear = () => change({ entries: new Set(), differing: false, words: "", preset: false });
  const reset = make("button", { type: "button", click: clear }, "Show all");
  const status = make("span", { class: "muted", role: "status" });
  const chips = makeChips(columns, (id, wanted) => change(toggled(chosen(), id, wanted)));
  const picker = make("details", {}, make("summary", {}, "Choose entries"), chips.list);

  /** @param {string} said */
  function update(said) {
    const choice = chosen();
    if (search.value !== choice.words) search.value = choice.words;
    for (const box of chips.boxes) box.checked = choice.entries.has(box.value);
    differ.setAttribute("aria-pressed", String(choice.differing));
    status.textContent = said;
  }
  return { elements: [search, differ, reset, status, ...(columns.length > 2 ? [picker] : [])], update };
}

/**
 * Let a reader choose the columns and rows of a matrix; the address says what is chosen.
 * @param {HTMLElement} table
 * @param {AddressBar} bar
 */
export function setUpMatrix(table, bar) {
  const columns = columnsOf(table);
  const known = columns.map(({ id }) => id);
  const rows = rowsOf(table);
  const phone = matchMedia("(max-width: 40em)").matches && columns.length > 4;
  let choice = choiceFrom(bar.parameters(), known, phone ? (table.dataset.first ?? "").split(",") : []);

  /** @param {Partial<Choice>} changes */
  function change(changes) {
    choice = { ...choice, ...changes };
    show();
  }
  const tools = makeTools(columns, () => choice, change);
  one("[data-tools]").append(...tools.elements);
  const choosePair = (/** @type {string[]} */ ids) => change({ entries: new Set(ids), preset: false });
  const showPair = phone ? addPairFields(table, columns, choosePair) : () => {};

  function show() {
    const shown = shownColumns(choice, known);
    const count = showRows(table, rows, choice, shown);
    showPair(choice.entries.size ? shown : []);
    tools.update(`${count} of ${rows.length} criteria, ${shown.length} of ${known.length} entries`);
    bar.set(parametersOf(choice));
  }
  show();
  table.addEventListener("reveal", ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    const hidden = target.closest("tr")?.classList.contains("filtered-out");
    /** @type {Partial<Choice>} */
    const row = hidden ? { words: "", differing: false } : {};
    const column = target.dataset.column ?? "";
    if (target.classList.contains("filtered-out")) change({ ...row, ...toggled(choice, column, true) });
    else if (choice.preset && !column) change({ ...row, entries: new Set(), preset: false });
    else if (row.words !== undefined) change(row);
  });
  table.dataset.ready = "";
}
