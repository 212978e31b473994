/**
 * Rows that are filtered and sorted. A row that comes back or moves in the document gets its boxes anew, which takes the
 * browser tenths of a second for a big table. So the first screen is made right at once: rows that belong there come
 * back, and rows are shown at their new places, which costs no layout. The others come back, and all follow in the
 * document, some at a time while nothing else is to be done. Whoever prints or walks with Tab gets them at once.
 */

/** Rows that come back, and that follow in the document, at a time. */
const AT_ONCE = 40;
/** Pixels that a row of a table takes at least. */
const LEAST_HEIGHT = 32;
/** Cells that can come back, and that can move in the document, within a frame. */
const BACK_AT_ONCE = 1500;
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
  /** Whether the page stands: before, nothing has boxes yet, and all rows can move at once. */
  #ready = false;

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
    whenIdle(() => {
      this.#ready = true;
      this.#place(bodies.map((body) => [body, movable(body)]));
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
    if (this.#ready && cells > MOVED_AT_ONCE && this.#place(bodies)) this.#follow(change);
    else this.settle();
  }

  /**
   * Hide rows, and let those come back at once that the first screen shows.
   * @param {readonly HTMLElement[]} rows
   * @param {ReadonlySet<HTMLElement>} hidden
   */
  #filter(rows, hidden) {
    const scroll = rows[0]?.closest(".scroll");
    const above = scroll ? Math.max(scroll.getBoundingClientRect().top, 0) - scroll.scrollTop : 0;
    const first = Math.ceil(Math.max((innerHeight - above) / LEAST_HEIGHT, BACK_AT_ONCE / columnsOf(rows)));
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
    if (this.#ready) this.#place(this.#wanted);
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
      const more = this.#comeBack(AT_ONCE) || this.#wanted.some(([body, rows]) => this.#move(body, rows, AT_ONCE));
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
