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
  next.search = next.searchParams.toString().replaceAll("%2C", ",");
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
 * Return the address bar of a window. It collects changes and writes them together once nothing has changed for a
 * moment, or when the reader leaves the page.
 * @param {Pick<Window, "location" | "history" | "addEventListener" | "removeEventListener">
 *   & {setTimeout(action: () => void, milliseconds: number): number, clearTimeout(timer: number): void}} page
 * @returns {AddressBar}
 */
export function addressBar(page) {
  /** @type {Parameters} */
  let waiting = {};
  /** @type {string | undefined} */
  let fragment;
  /** @type {number | undefined} */
  let timer;

  const next = () => changedAddress(page.location.href, waiting, fragment);

  function flush() {
    if (timer === undefined) return;
    page.clearTimeout(timer);
    timer = undefined;
    page.removeEventListener("beforeunload", flush);
    page.removeEventListener("pagehide", flush);
    try {
      if (next() !== page.location.href) page.history.replaceState(page.history.state, "", next());
    } catch {
      return; // The browser refused. The changes are kept, and the next one writes them all.
    }
    waiting = {};
    fragment = undefined;
  }

  return {
    parameters: () => new URL(next()).searchParams,
    set(changes, options = {}) {
      waiting = { ...waiting, ...changes };
      fragment = options.fragment ?? fragment;
      if (timer !== undefined) page.clearTimeout(timer);
      timer = page.setTimeout(flush, PAUSE);
      // Only while something waits: a page with such a listener may not be kept for the way back.
      page.addEventListener("beforeunload", flush);
      page.addEventListener("pagehide", flush);
    },
    flush,
  };
}
