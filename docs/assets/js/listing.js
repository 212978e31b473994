/** A list of entries that is filtered by what its columns say. */

import { all, make, one } from "./dom.js";

/** @typedef {import("./address.js").AddressBar} AddressBar */

/**
 * Return whether a row has every value that is asked for; an empty one asks for nothing.
 * @param {ReadonlyMap<string, string>} values  what the row says, by column
 * @param {ReadonlyMap<string, string>} asked
 * @returns {boolean}
 */
export function fits(values, asked) {
  return [...asked].every(([name, value]) => !value || values.get(name) === value);
}

/**
 * Put a field above the table for each column that can be filtered by; the address says what is chosen.
 * @param {HTMLElement} table
 * @param {AddressBar} bar
 */
export function setUpListing(table, bar) {
  const heads = all("thead th", table);
  const places = new Map(heads.map((head, place) => [head.dataset.filter ?? "", place]));
  const names = [...places.keys()].filter(Boolean);
  const rows = all("tbody tr", table).map((element) => ({
    element,
    values: new Map(names.map((name) => [name, all("th, td", element)[places.get(name) ?? 0]?.dataset.value ?? ""])),
  }));
  const said = make("span", { class: "muted", role: "status" });
  const fields = names.map((name) => {
    const label = heads[places.get(name) ?? 0]?.textContent.trim() ?? name;
    const found = [...new Set(rows.map(({ values }) => values.get(name) ?? ""))].filter(Boolean).sort();
    const options = found.map((value) => make("option", { value }, value));
    const field = make(
      "select",
      { "aria-label": label, change: () => show() },
      make("option", { value: "" }, `${label}: all`),
    );
    field.append(...options);
    const asked = bar.parameters().get(name) ?? "";
    field.value = found.includes(asked) ? asked : "";
    return field;
  });

  function show() {
    const asked = new Map(names.map((name, place) => [name, fields[place]?.value ?? ""]));
    const fitting = rows.filter(({ values }) => fits(values, asked));
    for (const row of rows) row.element.classList.toggle("filtered-out", !fitting.includes(row));
    said.textContent = `${fitting.length} of ${rows.length}`;
    bar.set(Object.fromEntries(asked));
  }
  one("[data-listing-tools]").append(...fields, said);
  show();
}
