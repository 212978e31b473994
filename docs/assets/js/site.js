/**
 * What JavaScript adds to the pages: the colour scheme, sorting ratings, picking entries to compare, one framework's
 * code at a time. Matrices and the page of comparisons have a script of their own beside this one, `matrix/start.js` and
 * `compare/start.js`. Everything that a page shows is in its HTML without it.
 */

import { addressBar, fragmentId } from "./address.js";
import { setUpCopying, setUpTabs } from "./code.js";
import { setUpPicker } from "./compare.js";
import { all, one } from "./dom.js";
import { setUpListing } from "./listing.js";
import { setUpAddresses, setUpFilter } from "./rows.js";
import { setUpScheme } from "./scheme.js";
import { setUpSearch } from "./search/box.js";
import { setUpSorting } from "./sorting.js";
import { setUpQuestion } from "./start.js";

/** Show what the address names, whatever hides it: folds are opened, filters and columns make way. */
function openTarget() {
  const target = document.getElementById(fragmentId(location.hash));
  if (!target) return;
  const wasShown = target.checkVisibility();
  target.dispatchEvent(new Event("reveal", { bubbles: true }));
  for (let fold = target.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) {
    fold.open = true;
  }
  if (!wasShown) target.scrollIntoView();
}

const bar = addressBar(window);
setUpScheme(one("[data-scheme-button]"));
setUpSearch(one("[data-search]"));
for (const table of all("table[data-sort]")) setUpSorting(table, bar);
for (const table of all("table[data-listing]")) setUpListing(table, bar);
for (const box of all("[data-row-filter]")) setUpFilter(box, bar);
for (const box of all("[data-panes]")) setUpTabs(box, bar);
for (const form of all("form[data-picker]")) {
  if (form instanceof HTMLFormElement) setUpPicker(form, bar.parameters());
}
for (const form of all("form[data-question]")) {
  if (form instanceof HTMLFormElement) setUpQuestion(form);
}
// Browsers have no clipboard for a page that is neither encrypted nor local.
if ("clipboard" in navigator) {
  all("pre").forEach(setUpCopying);
  setUpAddresses();
}
addEventListener("hashchange", openTarget);
openTarget();
