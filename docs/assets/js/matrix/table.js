/** A matrix on its page: what its table says, and how rows and columns are hidden, ordered and exchanged. */

import { spoken } from "../copies.js";
import { all, make, one } from "../dom.js";
import { CellAnswer, entryOf, ratingsOf } from "./reading.js";

/**
 * @typedef {import("./content.js").Content} Content
 * @typedef {import("./content.js").Selection} Selection
 */

/**
 * One way in which the table stands: what is in its head, and which rows it has in which bodies.
 * @typedef {object} Layout
 * @property {HTMLElement} headRow
 * @property {HTMLElement} corner
 * @property {readonly HTMLElement[]} heads  of the columns
 * @property {readonly HTMLElement[]} bodies
 * @property {readonly HTMLElement[]} rows
 * @property {readonly HTMLElement[]} names  the head of each row
 */

/**
 * Return the cells of a row that stand for entries.
 * @param {HTMLElement} row
 * @returns {HTMLElement[]}
 */
function cellsOf(row) {
  return /** @type {HTMLElement[]} */ ([...row.children].filter((cell) => cell.localName === "td"));
}

/**
 * Return what only one of two sets has.
 * @param {ReadonlySet<number>} before
 * @param {ReadonlySet<number>} after
 * @returns {number[]}
 */
function apart(before, after) {
  return [...[...before].filter((at) => !after.has(at)), ...[...after].filter((at) => !before.has(at))];
}

/**
 * Let rows be hidden, and stand in their bodies in this order.
 * @param {readonly [HTMLElement, HTMLElement[]][]} bodies
 * @param {ReadonlySet<HTMLElement>} hidden
 */
function putRows(bodies, hidden) {
  for (const [body, rows] of bodies) {
    for (const row of rows) row.classList.toggle("filtered-out", hidden.has(row));
    if (rows.some((row, at) => at > 0 && row.previousElementSibling !== rows[at - 1])) body.append(...rows);
  }
}

/** The table of a matrix. */
export class MatrixTable {
  /** @type {Set<number>} */
  #hiddenColumns = new Set();
  /** @type {Set<number>} */
  #hiddenRows = new Set();
  #columnOrder = "";
  #arrangement = "";
  /**
   * What shows rows elsewhere before they follow; it is read once somebody is there to change the table.
   * @type {import("./moves.js").RowMoves | null}
   */
  #moves = null;

  /**
   * Read the table: its rows are criteria, or entries where `data-matrix` says so.
   * @param {HTMLElement} table
   */
  constructor(table) {
    this.table = table;
    this.head = one("thead", table);
    const byEntry = table.dataset.matrix === "entries";
    const bodies = all(":scope > tbody", table);
    const rows = bodies.flatMap((body) => all(":scope > tr:not(.group-row)", body));
    const names = rows.map((row) => one("th", row));
    const [corner, ...heads] = all(":scope > tr > th", this.head);
    /** @type {Layout} */
    this.native = { headRow: one("tr", this.head), corner: corner ?? this.head, heads, bodies, rows, names };
    this.layout = this.native;
    for (const sign of ["pointerover", "keydown"]) addEventListener(sign, () => this.expect(), { once: true });
    this.byEntry = byEntry;
    const cells = rows.map(cellsOf);
    this.labels = (cells[0] ?? []).map((cell) => cell.dataset.label ?? "");
    this.cells = byEntry ? heads.map((_, at) => cells.flatMap((row) => row[at] ?? [])) : cells;
    const items = (byEntry ? heads : rows).map((element, at) => ({
      id: element.id,
      name: spoken((byEntry ? heads : names)[at] ?? element),
      group: byEntry ? 0 : bodies.findIndex((body) => body === element.parentElement),
    }));
    /** @type {Content} */
    this.content = {
      entries: (byEntry ? rows : heads).map(entryOf),
      items,
      answers: this.cells.map((row) => row.map((cell) => new CellAnswer(cell))),
      ratings: ratingsOf(table.dataset.ratings ?? ""),
    };
    /** Names of the groups; empty where they have none. */
    this.groups = bodies.map(
      (body) => body.querySelector(".group-row th > span")?.firstChild?.textContent?.trim() ?? "",
    );
  }

  /** Make ready for changes. */
  async expect() {
    if (this.#moves) return;
    const { RowMoves } = await import("./moves.js");
    this.#moves ??= new RowMoves();
    this.#moves.prepare(this.layout.bodies);
  }

  /** Return whether rows and columns have changed places. */
  get flipped() {
    return this.layout !== this.native;
  }

  /** Return whether the rows are entries as the table stands. */
  get entriesAreRows() {
    return this.byEntry !== this.flipped;
  }

  /** Return how the table stands with rows and columns exchanged. */
  get #exchanged() {
    const named = (/** @type {HTMLElement} */ from, /** @type {string} */ scope, /** @type {string} */ id) => {
      const parts = [...from.childNodes].filter((node) => !(node instanceof HTMLButtonElement));
      return make("th", { scope, id: id || null }, ...parts.map((node) => node.cloneNode(true)));
    };
    const { native } = this;
    const heads = native.names.map((name, at) => named(name, "col", native.rows[at]?.id ?? ""));
    const names = native.heads.map((head) => named(head, "row", ""));
    const rows = names.map((name, at) => make("tr", { id: native.heads[at]?.id || null }, name));
    const corner = make("th", { scope: "col" }, this.table.dataset.entry ?? "Entry");
    const bodies = [make("tbody", {}, ...rows)];
    return { headRow: make("tr", {}, corner, ...heads), corner, heads, bodies, rows, names };
  }

  /**
   * Let rows and columns change places. The cells are moved, the heads are made once.
   * @param {boolean} wanted
   * @param {(layout: Layout) => void} made  is told of a layout that is new
   */
  flip(wanted, made) {
    if (wanted === this.flipped) return;
    for (const at of this.#hiddenColumns) this.#hideColumn(at, false);
    if (!this.other) {
      this.other = this.#exchanged;
      made(this.other);
    }
    this.#moves?.settle();
    for (const body of this.layout.bodies) body.remove();
    this.layout = wanted ? this.other : this.native;
    this.#putTogether(wanted ? this.native.names.map(spoken) : this.labels);
    this.table.classList.toggle("flipped", wanted);
    const { rows } = this.layout;
    this.#hiddenColumns = new Set();
    this.#hiddenRows = new Set(rows.flatMap((row, at) => (row.classList.contains("filtered-out") ? [at] : [])));
    this.#columnOrder = "";
    this.#arrangement = "";
  }

  /**
   * Put the present layout into the table: all rows and columns in their own order.
   * @param {readonly string[]} labels  what the cells of each column are called on a phone
   */
  #putTogether(labels) {
    const { headRow, heads, bodies, rows } = this.layout;
    headRow.append(...heads);
    this.head.replaceChildren(headRow);
    for (const body of bodies) body.append(...rows.filter((row) => row.parentElement === body));
    const places = [...heads.keys()];
    for (const [at, row] of rows.entries()) {
      this.#fillRow(row, at, places);
      for (const column of places) this.cellAt(at, column)?.setAttribute("data-label", labels[column] ?? "");
    }
    this.table.append(...bodies);
  }

  /**
   * Return the cell in a row and a column as they stand.
   * @param {number} row
   * @param {number} column
   * @returns {HTMLElement | undefined}
   */
  cellAt(row, column) {
    return this.entriesAreRows ? this.cells[column]?.[row] : this.cells[row]?.[column];
  }

  /**
   * Put the cells of a row behind its head, in this order.
   * @param {HTMLElement} row
   * @param {number} at
   * @param {readonly number[]} columns
   */
  #fillRow(row, at, columns) {
    const cells = columns.map((column) => this.cellAt(at, column)).filter((cell) => cell !== undefined);
    row.append(...cells);
  }

  /**
   * @param {number} column
   * @param {boolean} hidden
   */
  #hideColumn(column, hidden) {
    this.layout.heads[column]?.classList.toggle("filtered-out", hidden);
    for (const row of this.layout.rows.keys()) this.cellAt(row, column)?.classList.toggle("filtered-out", hidden);
  }

  /**
   * Show a selection; what is as it was is not touched.
   * @param {Selection} selection
   */
  show(selection) {
    const { entries, items, hiddenEntries, hiddenItems } = selection;
    const [rows, columns] = this.entriesAreRows ? [entries, items] : [items, entries];
    const [hiddenRows, hiddenColumns] = this.entriesAreRows
      ? [hiddenEntries, hiddenItems]
      : [hiddenItems, hiddenEntries];
    for (const at of apart(this.#hiddenColumns, hiddenColumns)) this.#hideColumn(at, hiddenColumns.has(at));
    this.#hiddenColumns = new Set(hiddenColumns);
    this.#hiddenRows = new Set(hiddenRows);
    this.#orderColumns(columns);
    this.#showRows(rows);
  }

  /** @param {readonly number[]} order */
  #orderColumns(order) {
    const before = this.#columnOrder || String(this.layout.heads.map((_, at) => at));
    this.#columnOrder = String(order);
    if (before === this.#columnOrder) return;
    this.layout.headRow.append(...order.map((at) => this.layout.heads[at]).filter((head) => head !== undefined));
    for (const [at, row] of this.layout.rows.entries()) this.#fillRow(row, at, order);
  }

  /** @param {readonly number[]} order */
  #showRows(order) {
    const element = (/** @type {number} */ at) => this.layout.rows[at] ?? [];
    const rows = order.flatMap(element);
    const hidden = new Set([...this.#hiddenRows].flatMap(element));
    const arrangement = `${order}|${[...this.#hiddenRows]}`;
    if (arrangement === this.#arrangement) return;
    this.#arrangement = arrangement;
    /** @type {[HTMLElement, HTMLElement[]][]} */
    const bodies = this.layout.bodies.map((body) => [body, rows.filter((row) => row.parentElement === body)]);
    for (const [body, own] of bodies) {
      const heading = body.querySelector(":scope > .group-row");
      heading?.classList.toggle(
        "filtered-out",
        own.every((row) => hidden.has(row)),
      );
    }
    if (this.#moves) this.#moves.arrange(bodies, hidden);
    else putRows(bodies, hidden);
  }

  /**
   * Return what is shown as text, in the order in which it is shown.
   * @param {Selection} selection
   * @returns {string[][]}
   */
  lines(selection) {
    const { corner, heads, names } = this.layout;
    const { entries, items } = selection;
    const [rows, columns] = this.entriesAreRows ? [entries, items] : [items, entries];
    const shownRows = rows.filter((at) => !this.#hiddenRows.has(at));
    const shown = columns.filter((at) => !this.#hiddenColumns.has(at));
    const text = (/** @type {HTMLElement | undefined} */ element) => (element ? spoken(element) : "");
    const grouped = !this.entriesAreRows && this.groups.filter(Boolean).length > 1;
    const group = (/** @type {number} */ at) => this.groups[this.content.items[at]?.group ?? 0] ?? "";
    const body = shownRows.map((row) => [
      ...(grouped ? [group(row)] : []),
      text(names[row]),
      ...shown.map((column) => text(this.cellAt(row, column))),
    ]);
    return [[...(grouped ? ["Group"] : []), text(corner), ...shown.map((at) => text(heads[at]))], ...body];
  }
}
