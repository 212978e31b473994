/**
 * Rows that are filtered and sorted. A row that comes back or moves in the document gets its boxes anew, which takes the
 * browser tenths of a second for a big table. So the rows at the top come back at once and the others within the next
 * frames; rows are shown at their new places, which costs no layout, and follow in the document, some at a time while
 * nothing else is to be done. Whoever prints or walks with Tab gets them at once.
 */

/** Cells that come back, or follow in the document, at a time. */
const AT_ONCE = 700;
/** Pixels that a row of a table takes at least. */
const LEAST_HEIGHT = 32;
/** Cells of a table whose rows all come back at once, those that come back first in a larger one, and that can move. */
const SMALL = 1600;
const BACK_AT_ONCE = 300;
const MOVED_AT_ONCE = 500;

/** @type {(work: () => void) => unknown} */
const whenIdle = globalThis.requestIdleCallback?.bind(globalThis) ?? ((work) => setTimeout(work, 16));

/** @typedef {readonly (readonly [HTMLElement, readonly HTMLElement[]])[]} Bodies  with their rows in the order wanted */

/**
 * Return the rows of a body that can move, in the order of the document.
 * @param {HTMLElement} body
 * @returns {HTMLElement[]}
 */
function movable(body) {
  return /** @type {HTMLElement[]} */ ([...body.children].filter((row) => !row.classList.contains("group-row")));
}

/**
 * Return how many cells a row has.
 * @param {readonly HTMLElement[]} rows
 * @returns {number}
 */
function columnsOf(rows) {
  return rows[0]?.childElementCount ?? 1;
}

/**
 * Return from where on two orders differ; their length if they do not.
 * @template Row
 * @param {readonly Row[]} present
 * @param {readonly Row[]} wanted
 * @returns {number}
 */
export function firstApart(present, wanted) {
  const at = wanted.findIndex((row, place) => row !== present[place]);
  return at < 0 ? wanted.length : at;
}

/**
 * Return how far each row has to be shown from where it stands, in the unit of the heights.
 * @template Row
 * @param {readonly Row[]} present  the order in which they stand
 * @param {readonly Row[]} wanted
 * @param {ReadonlyMap<Row, number>} heights
 * @returns {Map<Row, number>}
 */
export function distances(present, wanted, heights) {
  const tops = (/** @type {readonly Row[]} */ rows) => {
    let top = 0;
    /** @type {Map<Row, number>} */
    const found = new Map();
    for (const row of rows) {
      found.set(row, top);
      top += heights.get(row) ?? 0;
    }
    return found;
  };
  const before = tops(present);
  return new Map([...tops(wanted)].map(([row, top]) => [row, top - (before.get(row) ?? 0)]));
}

/** Which rows of a table are shown, and in which order. */
export class RowMoves {
  /** @type {Bodies} */
  #wanted = [];
  /** @type {HTMLElement[]} Rows that are still to come back. */
  #coming = [];
  /** Counts the changes: what was put off belongs to one of them. */
  #change = 0;

  /** Watch for what needs all rows in the order of the document. */
  constructor() {
    const settle = () => this.settle();
    addEventListener("beforeprint", settle);
    document.addEventListener("keydown", ({ key }) => key === "Tab" && settle(), true);
  }

  /**
   * Prepare the rows: one that was shown elsewhere once is quicker at its next place.
   * @param {readonly HTMLElement[]} bodies
   */
  prepare(bodies) {
    const change = this.#change;
    whenIdle(() => {
      if (change === this.#change) this.#place(bodies.map((body) => [body, movable(body)]));
    });
  }

  /**
   * Show the rows of each body in this order, without those that are hidden.
   * @param {Bodies} bodies
   * @param {ReadonlySet<HTMLElement>} hidden
   */
  arrange(bodies, hidden) {
    const change = (this.#change += 1);
    this.#wanted = bodies;
    const rows = bodies.flatMap(([, own]) => own);
    this.#filter(rows, hidden);
    const cells = rows.length * columnsOf(rows);
    if (cells > MOVED_AT_ONCE && this.#place(bodies)) this.#follow(change);
    else this.settle();
  }

  /**
   * Hide rows, and let those come back at once that stand at the top of what is seen; all of a small table.
   * @param {readonly HTMLElement[]} rows
   * @param {ReadonlySet<HTMLElement>} hidden
   */
  #filter(rows, hidden) {
    const columns = columnsOf(rows);
    const above = (rows[0]?.closest(".scroll")?.scrollTop ?? 0) / LEAST_HEIGHT;
    const first = rows.length * columns <= SMALL ? rows.length : Math.ceil(above + BACK_AT_ONCE / columns);
    for (const row of rows) if (hidden.has(row)) row.classList.add("filtered-out");
    const shown = rows.filter((row) => !hidden.has(row));
    for (const row of shown.slice(0, first)) row.classList.remove("filtered-out");
    this.#coming = shown.slice(first).filter((row) => row.classList.contains("filtered-out"));
  }

  /** Let all rows be there, and stand in the document where they are shown. */
  settle() {
    if (!this.#coming.length && !this.#apart()) return;
    this.#change += 1;
    this.#comeBack(this.#coming.length);
    for (const [body, rows] of this.#wanted) this.#move(body, rows, rows.length);
    this.#place(this.#wanted);
  }

  /** Return whether any row stands elsewhere in the document than it is shown. */
  #apart() {
    return this.#wanted.some(([body, rows]) => firstApart(movable(body), rows) < rows.length);
  }

  /**
   * Show rows at their places; return whether that can be done: not where rows are cards, as on a phone.
   * @param {Bodies} bodies
   * @returns {boolean}
   */
  #place(bodies) {
    const first = bodies.flatMap(([, rows]) => rows).find((row) => row.offsetParent);
    if (first && getComputedStyle(first).display !== "table-row") return false;
    const far = bodies.map(([body, rows]) => {
      const heights = new Map(rows.map((row) => [row, row.getBoundingClientRect().height]));
      return distances(movable(body), rows, heights);
    });
    for (const found of far) {
      for (const [row, distance] of found) row.style.transform = `translateY(${Math.round(distance * 100) / 100}px)`;
    }
    return true;
  }

  /**
   * Let some rows come back or follow in the document, and the others at the next occasion.
   * @param {number} change
   */
  #follow(change) {
    whenIdle(() => {
      if (change !== this.#change) return;
      const count = Math.ceil(AT_ONCE / columnsOf(this.#wanted.flatMap(([, rows]) => rows)));
      const more = this.#comeBack(count) || this.#wanted.some(([body, rows]) => this.#move(body, rows, count));
      if (!more) return;
      this.#place(this.#wanted);
      setTimeout(() => this.#follow(change), 0);
    });
  }

  /**
   * Let so many rows come back; return whether there were any.
   * @param {number} count
   * @returns {boolean}
   */
  #comeBack(count) {
    const rows = this.#coming.splice(0, count);
    for (const row of rows) row.classList.remove("filtered-out");
    return rows.length > 0;
  }

  /**
   * Move rows in the document, from the first that stands elsewhere; return whether any did.
   * @param {HTMLElement} body
   * @param {readonly HTMLElement[]} rows
   * @param {number} count
   * @returns {boolean}
   */
  #move(body, rows, count) {
    const present = movable(body);
    const at = firstApart(present, rows);
    if (at === rows.length) return false;
    const focused = body.contains(document.activeElement) ? document.activeElement : null;
    const moved = rows.slice(at, at + count);
    const after = rows[at - 1] ?? present[0]?.previousElementSibling;
    if (after) after.after(...moved);
    else body.prepend(...moved);
    if (focused instanceof HTMLElement && focused !== document.activeElement) focused.focus({ preventScroll: true });
    return true;
  }
}
