/** Lets a worker draw, so that the page can be used meanwhile; of several wishes only the last is drawn. */

/** @typedef {import("./draws.js").Drawing} Drawing */
/** @typedef {import("./draws.js").Shares} Shares */
/** @typedef {{drawing: Drawing, answer: (shares: Record<string, Shares> | null) => void}} Wish */

/**
 * Return a function that promises the shares of every entry, or null where something else was asked meanwhile.
 * @param {import("./draws.js").DrawRules} rules
 * @returns {(drawing: Drawing) => Promise<Record<string, Shares> | null>}
 */
export function inWorker(rules) {
  /** @type {Wish | null} */
  let now = null;
  /** @type {Wish | null} */
  let next = null;
  let post = posting(answered, here);

  /** @param {Record<string, Shares>} shares */
  function answered(shares) {
    now?.answer(next ? null : shares);
    send();
  }
  function send() {
    [now, next] = [next, null];
    if (now) post({ rules, drawing: now.drawing });
  }
  /** Draw in the page itself, where there are no workers. */
  function here() {
    const drawn = import("./draws.js").then(({ drawer }) => drawer(rules));
    post = async ({ drawing }) => answered((await drawn)(drawing));
    if (now) post({ rules, drawing: now.drawing });
  }
  return (drawing) =>
    new Promise((answer) => {
      next?.answer(null);
      next = { drawing, answer };
      if (!now) send();
    });
}

/**
 * Return what posts a wish to a worker.
 * @param {(shares: Record<string, Shares>) => void} answered
 * @param {() => void} failed
 * @returns {(asked: {rules: import("./draws.js").DrawRules, drawing: Drawing}) => void}
 */
function posting(answered, failed) {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }) => answered(data));
  worker.addEventListener("error", failed, { once: true });
  return (asked) => worker.postMessage(asked);
}
