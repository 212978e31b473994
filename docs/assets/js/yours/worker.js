/** Draws rankings beside the page. */

import { drawer } from "./draws.js";

/** @type {ReturnType<typeof drawer> | null} */
let draw = null;

addEventListener("message", (event) => {
  /** @type {{rules: import("./draws.js").DrawRules, drawing: import("./draws.js").Drawing}} */
  const { rules, drawing } = event.data;
  draw ??= drawer(rules);
  postMessage(draw(drawing));
});
