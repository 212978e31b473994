/**
 * What JavaScript adds to the pages: the colour scheme, choosing and filtering in matrices, sorting ratings, picking
 * entries to compare, one framework's code at a time. Everything that a page shows is in its HTML without it.
 */

import { addressBar, fragmentId } from "./address.js";
import { setUpCopying, setUpTabs } from "./code.js";
import { setUpPicker } from "./compare.js";
import { all, one } from "./dom.js";
import { setUpListing } from "./listing.js";
import { setUpMatrix } from "./matrix.js";
import { setUpScheme } from "./scheme.js";
import { setUpSearch } from "./search/box.js";
import { setUpSorting } from "./sorting.js";
import { setUpQuestion } from "./start.js";

/** Open the fold that holds what the address names. */
function openTarget() {
  const target = document.getElementById(fragmentId(location.hash));
  if (!target) return;
  const fold = target.closest("details");
  if (!fold || fold.open) return;
  fold.open = true;
  if (fold !== target) target.scrollIntoView();
}

const bar = addressBar(window);
setUpScheme(one("[data-scheme-button]"));
setUpSearch(one("[data-search]"));
for (const table of all("table[data-matrix]").slice(0, 1)) setUpMatrix(table, bar);
for (const table of all("table[data-sort]")) setUpSorting(table, bar);
for (const table of all("table[data-listing]")) setUpListing(table, bar);
for (const box of all("[data-panes]")) setUpTabs(box, bar);
for (const form of all("form[data-picker]")) {
  if (form instanceof HTMLFormElement) setUpPicker(form, bar.parameters());
}
for (const form of all("form[data-question]")) {
  if (form instanceof HTMLFormElement) setUpQuestion(form);
}
// Browsers have no clipboard for a page that is neither encrypted nor local.
if ("clipboard" in navigator) all("pre").forEach(setUpCopying);
addEventListener("hashchange", openTarget);
openTarget();
