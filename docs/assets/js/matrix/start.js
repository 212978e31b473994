/** A matrix as an instrument: rows and columns are chosen, filtered, sorted and exchanged; the address says how. */

import { addressBar, fragmentId } from "../address.js";
import { copyButtons } from "../copying.js";
import { all, make, one } from "../dom.js";
import { inWords, meant, quoted } from "../repair.js";
import { markHeads, nextKeys } from "../sorting.js";
import { EVERYTHING, NAME, choiceFrom, parametersOf, toggled, withItems } from "./choice.js";
import { selected } from "./content.js";
import { MatrixTable } from "./table.js";
import { keyName, makeTools } from "./tools.js";

/**
 * @typedef {import("./choice.js").Choice} Choice
 * @typedef {import("./content.js").Selection} Selection
 * @typedef {import("../address.js").AddressBar} AddressBar
 * @typedef {import("./table.js").Layout} Layout
 */

/**
 * Put two fields below the tools of a phone that say which columns are side by side; return what updates them.
 * @param {MatrixTable} matrix
 * @param {(ids: string[]) => void} choose
 * @returns {(ids: readonly string[]) => void}
 */
function addPairFields({ table, content }, choose) {
  const fields = ["First entry", "Second entry"].map((label) => {
    const options = content.entries.map(({ id, name }) => make("option", { value: id }, name));
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

/** A matrix on its page, with its tools. */
export class Matrix {
  /**
   * Take the table as the page has it.
   * @param {HTMLElement} table
   * @param {AddressBar} bar
   */
  constructor(table, bar) {
    this.bar = bar;
    this.matrix = new MatrixTable(table);
    const { content, groups } = this.matrix;
    const phone = matchMedia("(max-width: 40em)").matches && content.entries.length > 4;
    /** On a phone a table by entries shows one column, which fields above it choose. */
    this.stays = phone && this.matrix.byEntry;
    this.preset = phone ? (table.dataset.first ?? "").split(",") : [];
    /** @type {Choice} */
    this.choice = EVERYTHING;
    /** @type {Selection} */
    this.selection = selected(content, this.choice);
    const change = (/** @type {Choice} */ choice, typed = false) => this.change(choice, typed);
    const copying = copyButtons(() => this.matrix.lines(this.selection), bar.flush);
    const columns = () => (this.matrix.entriesAreRows ? content.items : content.entries);
    this.tools = makeTools({ content, groups, columns, chosen: () => this.choice, change }, copying);
    this.notice = make("p", { class: "notice", role: "status" });
    one("[data-tools]").append(...this.tools.elements);
    one("[data-tools]").after(this.notice);
    const choosePair = (/** @type {string[]} */ ids) => this.change({ ...this.choice, entries: ids, preset: false });
    this.showPair = phone ? addPairFields(this.matrix, choosePair) : () => {};
    this.addSorting(this.matrix.layout);
    table.addEventListener("reveal", ({ target }) => this.reveal(target));
    bar.onReturn(() => this.take());
  }

  /** Show what the address states, and say what it states in vain. */
  take() {
    const { content, native } = this.matrix;
    const { choice, said } = choiceFrom(this.bar.parameters(), content, this.preset);
    this.choice = choice;
    this.show();
    const fragment = fragmentId(location.hash);
    const near = fragment && !document.getElementById(fragment) ? meant(fragment, content.items) : undefined;
    if (near) said.push(`${quoted(fragment)} is read as ${near.name}.`);
    else if (fragment && !document.getElementById(fragment) && native.rows.length) {
      said.push(`There is no row ${quoted(fragment)}.`);
    }
    this.tell(said);
    this.bar.set(parametersOf(this.choice));
    if (near) location.replace(`#${near.id}`);
  }

  /**
   * Show another choice and write it into the address: over the present one while somebody types.
   * @param {Choice} choice
   * @param {boolean} [typed]
   */
  change(choice, typed = false) {
    this.choice = choice;
    this.tell([]);
    this.show();
    if (typed) this.bar.set(parametersOf(choice));
    else this.bar.add(parametersOf(choice));
  }

  /**
   * Say something about the address; nothing where it is in order.
   * @param {readonly string[]} said
   */
  tell(said) {
    this.notice.textContent = said.join(" ");
  }

  /** Show the choice, and say how much of the table that is. */
  show() {
    const { matrix, choice } = this;
    const { entries, items } = matrix.content;
    matrix.flip(choice.flipped && !this.stays, (layout) => this.addSorting(layout));
    this.selection = selected(matrix.content, choice, matrix.entriesAreRows);
    matrix.show(this.selection);
    this.mark();
    const shown = entries.filter((_, at) => !this.selection.hiddenEntries.has(at)).map(({ id }) => id);
    this.showPair(choice.entries.length && !matrix.entriesAreRows ? shown : []);
    const count = items.length - this.selection.hiddenItems.size;
    const sorted = choice.order.map(({ key }) => keyName(matrix.content, key));
    const order = sorted.length ? `, sorted by ${inWords(sorted, "then")}` : "";
    this.tools.update(`${count} of ${items.length} criteria, ${shown.length} of ${entries.length} entries${order}`);
  }

  /**
   * Put a button into the heads of a layout that sorts by the column.
   * @param {Layout} layout
   */
  addSorting(layout) {
    const { content, native, byEntry } = this.matrix;
    const columns = (layout === native) === byEntry ? content.items : content.entries;
    const put = (
      /** @type {HTMLElement | undefined} */ head,
      /** @type {string} */ key,
      /** @type {string} */ name,
    ) => {
      const click = (/** @type {Event} */ event) => {
        const adding = event instanceof MouseEvent && event.shiftKey;
        this.change({ ...this.choice, order: nextKeys(this.choice.order, key, adding) });
      };
      const title = `Sort by ${name}; with Shift as a further key`;
      head?.append(make("button", { type: "button", class: "sort-by", "aria-label": `Sort by ${name}`, title, click }));
    };
    put(layout.corner, NAME, "name");
    columns.forEach(({ id, name }, at) => put(layout.heads[at], id, name));
  }

  /** Say in the head of the table how it is sorted. */
  mark() {
    const { layout, content, entriesAreRows } = this.matrix;
    const columns = entriesAreRows ? content.items : content.entries;
    /** @type {[string, HTMLElement][]} */
    const heads = [[NAME, layout.corner]];
    layout.heads.forEach((head, at) => heads.push([columns[at]?.id ?? "", head]));
    markHeads(heads, this.choice.order);
  }

  /**
   * Show what the address names, whatever hides it.
   * @param {EventTarget | null} target
   */
  reveal(target) {
    if (!(target instanceof HTMLElement)) return;
    const [item = "", entry = ""] = target.id.split("--");
    const choice = this.withEntry(this.withItem(this.choice, item), entry);
    if (choice === this.choice) return;
    this.choice = choice;
    this.show();
    this.bar.set(parametersOf(choice));
  }

  /**
   * Return a choice that shows a criterion; the same if it is shown already.
   * @param {Choice} choice
   * @param {string} id
   * @returns {Choice}
   */
  withItem(choice, id) {
    const { content } = this.matrix;
    if (!this.selection.hiddenItems.has(content.items.findIndex((item) => item.id === id))) return choice;
    const own = choice.items.length ? withItems(choice, [id], true, content) : choice;
    return { ...own, words: "", differing: false };
  }

  /**
   * Return a choice that shows an entry, or all of them where none is named and the page chose; the same if they are.
   * @param {Choice} choice
   * @param {string} id
   * @returns {Choice}
   */
  withEntry(choice, id) {
    if (!id) return choice.preset ? { ...choice, entries: [], preset: false } : choice;
    const { entries } = this.matrix.content;
    if (!this.selection.hiddenEntries.has(entries.findIndex((entry) => entry.id === id))) return choice;
    const own = choice.entries.length ? toggled(choice, id, true) : choice;
    return { ...own, having: [], rated: [], language: "", status: "" };
  }
}

for (const table of all("table[data-matrix]").slice(0, 1)) {
  new Matrix(table, addressBar(window)).take();
  table.dataset.ready = "";
}
