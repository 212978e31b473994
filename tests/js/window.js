/** What a test needs of a window: an address, a history that counts writes, and a clock that the test moves. */

/**
 * Return a window at an address, and what moves its clock.
 * @param {string} address
 */
export function fakeWindow(address) {
  /** @type {Map<number, {action: () => void, due: number}>} */
  const timers = new Map();
  /** @type {Map<string, () => void>} */
  const listeners = new Map();
  /** @type {string[]} */
  const written = [];
  /** @type {string[]} */
  const added = [];
  let now = 0;
  let next = 1;

  const window = {
    location: { href: address },
    history: {
      /** @type {unknown} */
      state: null,
      /** @type {(state: unknown, unused: string, url: string) => void} */
      replaceState(state, _unused, url) {
        if (page.refusing) throw new DOMException("The operation is insecure.", "SecurityError");
        written.push(url);
        window.location.href = url;
        window.history.state = state;
      },
      /** @type {(state: unknown, unused: string, url: string) => void} */
      pushState(state, _unused, url) {
        if (page.refusing) throw new DOMException("The operation is insecure.", "SecurityError");
        added.push(url);
        window.location.href = url;
        window.history.state = state;
      },
    },
    /** @type {(action: () => void, milliseconds: number) => number} */
    setTimeout(action, milliseconds) {
      timers.set(next, { action, due: now + milliseconds });
      return next++;
    },
    /** @type {(timer: number) => void} */
    clearTimeout(timer) {
      timers.delete(timer);
    },
    /** @type {(name: string, listener: any) => void} */
    addEventListener(name, listener) {
      listeners.set(name, listener);
    },
    /** @type {(name: string, listener: any) => void} */
    removeEventListener(name, listener) {
      if (listeners.get(name) === listener) listeners.delete(name);
    },
  };

  const page = {
    /** @type {any} */
    window,
    written,
    added,
    refusing: false,
    listening: () => [...listeners.keys()].sort(),
    /** @type {(name: string) => void} */
    emit: (name) => listeners.get(name)?.(),
    /** @type {(milliseconds: number) => void} */
    pass(milliseconds) {
      now += milliseconds;
      for (const [timer, { action, due }] of [...timers]) {
        if (due > now || !timers.delete(timer)) continue;
        action();
      }
    },
  };
  return page;
}
