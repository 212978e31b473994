/**
 * The address of a page keeps what its reader chose, so that it can be shared.
 * Nothing here touches the document: the window that is read and written is passed in.
 */

/**
 * Milliseconds without a change before the address is written. Safari refuses more than 100 writes in 30 seconds;
 * at this pace there are at most 75.
 */
export const PAUSE = 400;

/**
 * Names and values of parameters; an empty value removes the parameter.
 * @typedef {Record<string, string>} Parameters
 */

/**
 * @typedef {object} AddressBar
 * @property {() => URLSearchParams} parameters  what the address says, with the changes that are not written yet
 * @property {(changes: Parameters, options?: {fragment?: string}) => void} set  changes the address after a pause
 * @property {(changes: Parameters) => void} add  changes the address at once, so that the way back leads to what it was
 * @property {(action: () => void) => void} onReturn  does something when the reader goes back or forward on the page
 * @property {() => void} flush  writes at once what waits to be written
 */

/**
 * Return the address with these parameters changed, and with another fragment if one is given.
 * @param {string} address an absolute address
 * @param {Parameters} changes
 * @param {string} [fragment] without its number sign; an empty one is removed
 * @returns {string}
 */
export function changedAddress(address, changes, fragment) {
  const next = new URL(address);
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.searchParams.set(name, value);
    else next.searchParams.delete(name);
  }
  next.search = next.searchParams.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  if (fragment !== undefined) next.hash = fragment;
  return next.href;
}

/**
 * Return the id that a fragment names; one that cannot be decoded, such as `#%`, is returned as it is.
 * @param {string} hash as `location.hash` has it
 * @returns {string}
 */
export function fragmentId(hash) {
  const id = hash.replace(/^#/, "");
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/**
 * @typedef {Pick<Window, "location" | "history" | "addEventListener" | "removeEventListener">
 *   & {setTimeout(action: () => void, milliseconds: number): number, clearTimeout(timer: number): void}} Page
 * @typedef {{changes: Parameters, fragment: string | undefined, query: string}} Waiting  what is not written yet, and
 *   the query of the address as it was last written or read
 */

/**
 * Write what waits, over the present address or after it.
 * @param {Page} page
 * @param {Waiting} waiting
 * @param {boolean} after
 */
function write(page, waiting, after) {
  const next = changedAddress(page.location.href, waiting.changes, waiting.fragment);
  try {
    if (next !== page.location.href && after) page.history.pushState(null, "", next);
    else if (next !== page.location.href) page.history.replaceState(page.history.state, "", next);
  } catch {
    return; // The browser refused. The changes are kept, and the next one writes them all.
  }
  waiting.query = queryOf(page);
  forget(waiting);
}

/**
 * Let go of what waits.
 * @param {Waiting} waiting
 */
function forget(waiting) {
  waiting.changes = {};
  waiting.fragment = undefined;
}

/**
 * Return the query of the address of a window.
 * @param {Page} page
 * @returns {string}
 */
function queryOf(page) {
  return new URL(page.location.href).search;
}

/**
 * Return the address bar of a window. It collects changes and writes them together once nothing has changed for a
 * moment, or when the reader leaves the page.
 * @param {Page} page
 * @returns {AddressBar}
 */
export function addressBar(page) {
  /** @type {Waiting} */
  const waiting = { changes: {}, fragment: undefined, query: queryOf(page) };
  /** @type {number | undefined} */
  let timer;

  function stop() {
    if (timer !== undefined) page.clearTimeout(timer);
    timer = undefined;
    page.removeEventListener("beforeunload", flush);
    page.removeEventListener("pagehide", flush);
  }

  function flush() {
    if (timer === undefined) return;
    stop();
    write(page, waiting, false);
  }

  return {
    parameters: () => new URL(changedAddress(page.location.href, waiting.changes, waiting.fragment)).searchParams,
    set(changes, options = {}) {
      stop();
      Object.assign(waiting.changes, changes);
      waiting.fragment = options.fragment ?? waiting.fragment;
      timer = page.setTimeout(flush, PAUSE);
      // Only while something waits: a page with such a listener may not be kept for the way back.
      page.addEventListener("beforeunload", flush);
      page.addEventListener("pagehide", flush);
    },
    add(changes) {
      flush();
      Object.assign(waiting.changes, changes);
      write(page, waiting, true);
    },
    onReturn(action) {
      page.addEventListener("popstate", () => {
        if (queryOf(page) === waiting.query) return; // Only the fragment changed.
        stop();
        forget(waiting);
        waiting.query = queryOf(page);
        action();
      });
    },
    flush,
  };
}
