// What JavaScript adds: the colour scheme, choosing and filtering in matrices, sorting ratings, and picking entries.
// Everything that is shown is in the HTML without it. The state of a page stands in its address.

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const address = {
  get: (name) => new URLSearchParams(location.search).get(name) ?? "",
  set(name, value) {
    const params = new URLSearchParams(location.search);
    if (value) params.set(name, value);
    else params.delete(name);
    const query = params.toString().replaceAll("%2C", ",");
    history.replaceState(history.state, "", location.pathname + (query ? `?${query}` : "") + location.hash);
  },
};

function setUpScheme() {
  const button = one("[data-scheme-button]");
  const names = { "": "as the system", light: "light", dark: "dark" };
  const order = ["", "light", "dark"];
  const show = () => {
    const now = document.documentElement.dataset.scheme ?? "";
    one("[data-scheme-name]", button).textContent = names[now];
    button.title = `Colours: ${names[now]}`;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const now = document.documentElement.dataset.scheme ?? "";
    const next = order[(order.indexOf(now) + 1) % order.length];
    if (next) document.documentElement.dataset.scheme = next;
    else delete document.documentElement.dataset.scheme;
    try {
      if (next) localStorage.setItem("scheme", next);
      else localStorage.removeItem("scheme");
    } catch { /* storage may be forbidden; the choice then lasts for this page */ }
    show();
  });
  show();
}

function setUpMatrix(table) {
  const heads = all("thead th[data-c]", table);
  const entries = heads.map((head) => ({ id: head.dataset.c, name: one("bdi", head).textContent, tile: one(".tile", head).textContent }));
  const order = new Map(entries.map((entry, index) => [entry.id, index]));
  const known = new Set(entries.map((entry) => entry.id));
  const cells = all("[data-c]", table);
  const rows = all("tr[data-row]", table);
  let chosen = new Set(address.get("show").split(",").filter((id) => known.has(id)));
  let differing = address.get("differ") === "1";
  let words = address.get("q");
  const phone = matchMedia("(max-width: 40em)").matches && entries.length > 4;
  let untouched = phone && !chosen.size;
  if (untouched) chosen = new Set(table.dataset.first.split(","));

  const status = make("span", { class: "muted", role: "status" });
  const boxes = new Map();
  const chips = make("ul", { class: "chips" });
  for (const entry of entries) {
    const box = make("input", { type: "checkbox", value: entry.id, onchange: () => toggle(entry.id, box.checked) });
    boxes.set(entry.id, box);
    chips.append(make("li", {}, make("label", {}, box, make("span", { class: "entry" }, make("span", { class: "tile s", "aria-hidden": "true" }, entry.tile), make("bdi", {}, entry.name)))));
  }
  const search = make("input", { type: "search", placeholder: "Filter criteria", "aria-label": "Filter criteria", value: words, oninput: () => { words = search.value; apply(); } });
  const differ = make("button", { type: "button", onclick: () => { differing = !differing; apply(); } }, "Only where they differ");
  const reset = make("button", { type: "button", onclick: () => { untouched = false; chosen = new Set(); differing = false; words = search.value = ""; apply(); } }, "Show all");
  const picker = make("details", {}, make("summary", {}, "Choose entries"), chips);
  one("[data-tools]").append(search, differ, reset, status, entries.length > 2 ? picker : "");

  // On a phone two columns stand side by side, and two fields that stay in view say which.
  const selects = phone ? ["First entry", "Second entry"].map((label) => make("select", { "aria-label": label, onchange: chooseTwo }, ...entries.map((entry) => make("option", { value: entry.id }, entry.name)))) : [];
  const two = make("div", { class: "tools two-of" }, ...selects);
  if (phone) table.closest(".scroll").before(two);

  function chooseTwo() {
    untouched = false;
    chosen = new Set(selects.map((select) => select.value));
    apply();
  }

  function showTwo() {
    const pair = [...chosen];
    two.hidden = pair.length !== 2;
    table.classList.toggle("two", pair.length === 2);
    if (pair.length !== 2) return;
    pair.sort((a, b) => order.get(a) - order.get(b)).forEach((id, index) => { selects[index].value = id; });
    for (const select of selects) for (const option of select.options) option.disabled = option.value !== select.value && pair.includes(option.value);
  }

  function toggle(id, on) {
    untouched = false;
    if (on) chosen.add(id);
    else chosen.delete(id);
    apply();
  }

  function apply() {
    const shown = chosen.size ? chosen : known;
    for (const [id, box] of boxes) box.checked = chosen.has(id);
    for (const cell of cells) cell.classList.toggle("off", !shown.has(cell.dataset.c));
    let count = 0;
    for (const row of rows) {
      const values = new Set(all("td", row).filter((cell) => shown.has(cell.dataset.c)).map((cell) => cell.dataset.v ?? ""));
      const fits = one("th", row).textContent.toLowerCase().includes(words.trim().toLowerCase()) && (!differing || values.size > 1);
      row.classList.toggle("off", !fits);
      count += fits;
    }
    for (const group of all("tbody", table)) {
      const head = one("tr.grp", group);
      if (head) head.classList.toggle("off", !all("tr:not(.grp):not(.off)", group).length);
    }
    if (phone) showTwo();
    differ.setAttribute("aria-pressed", String(differing));
    status.textContent = `${count} of ${rows.length} criteria, ${shown.size} of ${known.size} entries`;
    if (!untouched) address.set("show", [...chosen].join(","));
    address.set("differ", differing ? "1" : "");
    address.set("q", words.trim());
  }
  apply();
  table.dataset.ready = "";
}

function setUpSorting(table) {
  const body = one("tbody", table);
  const original = all("tr", body);
  const heads = all("thead th[data-key]", table);

  function sort(key, direction) {
    const index = all("thead th", table).findIndex((head) => head.dataset.key === key);
    const value = (row) => Number(row.children[index].dataset.n);
    const sorted = direction ? [...original].sort((a, b) => direction * (value(a) - value(b))) : original;
    body.append(...sorted);
    for (const head of heads) {
      if (head.dataset.key === key && direction) head.setAttribute("aria-sort", direction < 0 ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    address.set("sort", direction ? (direction < 0 ? "-" : "") + key : "");
  }

  for (const head of heads) {
    const name = head.textContent;
    const button = make("button", { type: "button", class: "sort", onclick: () => {
      const now = head.getAttribute("aria-sort");
      sort(head.dataset.key, now === "descending" ? 1 : now === "ascending" ? 0 : -1);
    } }, name);
    head.replaceChildren(button);
  }
  const asked = address.get("sort");
  const key = asked.replace(/^-/, "");
  if (heads.some((head) => head.dataset.key === key)) sort(key, asked.startsWith("-") ? -1 : 1);
}

function setUpPicker(form) {
  const status = one("[data-picker-status]", form);
  const chosen = () => all("input:checked", form).map((input) => input.value).sort();
  const root = form.getAttribute("action").replace(/compare\/$/, "");

  function target() {
    const ids = chosen();
    if (ids.length < 2) return "";
    if (ids.length === 2) return `${root}compare/${ids[0]}-vs-${ids[1]}/`;
    return `${root}matrix/${form.dataset.picker}/?show=${ids.join(",")}`;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const where = target();
    if (where) location.assign(where);
    else status.textContent = "Choose at least two.";
  });
  form.addEventListener("change", () => {
    const count = chosen().length;
    status.textContent = count < 2 ? "Choose at least two." : count === 2 ? "Two: their own page." : `${count}: side by side in the matrix.`;
  });
  const asked = new URLSearchParams(location.search).getAll("e");
  if (asked.length) {
    for (const input of all("input", form)) input.checked = asked.includes(input.value);
    const where = target();
    if (where) location.replace(where);
  }
}

// The code of a task, one framework at a time, or two side by side; the choice is remembered and stands in the address.
function setUpTabs(box) {
  const panes = all(".panes > section", box);
  const links = new Map(all(".tabs a", box).map((link) => [link.hash.slice(1), link]));
  const known = panes.map((pane) => pane.id);
  const names = new Map(panes.map((pane) => [pane.id, one("h2 bdi", pane).textContent]));
  const remembered = () => { try { return localStorage.getItem("code") ?? ""; } catch { return ""; } };
  const fitting = (ids) => [...new Set(ids)].filter((id) => known.includes(id)).slice(0, 2);
  let shown = fitting(address.get("show").split(","));
  const linked = location.hash.slice(1);
  if (known.includes(linked)) shown = [linked];
  if (!shown.length) shown = fitting([remembered()]);
  if (!shown.length) shown = known.includes("fastapi") ? ["fastapi"] : known.slice(0, 1);

  const beside = make("select", { onchange: () => show([shown[0], beside.value], true) }, make("option", { value: "" }, "nothing"));
  for (const id of known) beside.append(make("option", { value: id }, names.get(id)));
  one("[data-beside]", box).append(make("label", {}, "Beside it: ", beside));

  function show(ids, chosen = false) {
    shown = fitting(ids);
    for (const pane of panes) pane.hidden = !shown.includes(pane.id);
    one(".panes", box).classList.toggle("versus", shown.length > 1);
    for (const [id, link] of links) link.setAttribute("aria-current", String(id === shown[0]));
    const link = links.get(shown[0]);
    link.closest("ul").scrollLeft = link.offsetLeft - 40; // on a phone the names are one row
    beside.value = shown[1] ?? "";
    for (const option of beside.options) option.disabled = option.value === shown[0];
    if (!chosen) return;
    try { localStorage.setItem("code", shown[0]); } catch { /* then the choice lasts for this page */ }
    history.replaceState(history.state, "", location.pathname + location.search);
    address.set("show", shown.join(","));
  }

  for (const [id, link] of links) link.addEventListener("click", (event) => { event.preventDefault(); show([id, shown[1] ?? ""], true); });
  addEventListener("hashchange", () => { if (known.includes(location.hash.slice(1))) show([location.hash.slice(1)]); });
  show(shown);
  box.dataset.ready = "";
}

function setUpCopying(block) {
  const text = block.textContent;
  const button = make("button", { type: "button", class: "copy", onclick: async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } }, "Copy");
  block.append(button);
}

function openTarget() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  const fold = target && target.closest("details");
  if (target && target.tagName === "DETAILS") target.open = true;
  if (fold && !fold.open) { fold.open = true; target.scrollIntoView(); }
}

setUpScheme();
all("table[data-matrix]").slice(0, 1).forEach(setUpMatrix);
all("table[data-sort]").forEach(setUpSorting);
all("[data-panes]").forEach(setUpTabs);
all("form[data-picker]").forEach(setUpPicker);
if (navigator.clipboard) all("pre").forEach(setUpCopying);
addEventListener("hashchange", openTarget);
openTarget();
