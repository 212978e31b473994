/** `/compare/?e=…`: two to six entries of a kind side by side. The address says which, in which order, and how. */

import { addressBar, fragmentId } from "../address.js";
import { copyButtons } from "../copying.js";
import { all, make, one } from "../dom.js";
import { inWords } from "../repair.js";
import { countOf, criteriaOf, groupsOf, partsOf } from "./answers.js";
import {
  MOST_ENTRIES,
  choiceFrom,
  movedTo,
  namedCriterion,
  parametersOf,
  suggestions,
  withEntry,
  withGroup,
  withKnownGroups,
  withoutEntry,
} from "./choice.js";
import { showChosen } from "./chosen.js";
import { Combobox } from "./combobox.js";
import { criteria, linesOf, makeTable } from "./table.js";

/**
 * @typedef {import("./answers.js").Answers} Answers
 * @typedef {import("./answers.js").Questions} Questions
 * @typedef {import("./choice.js").Choice} Choice
 * @typedef {import("./choice.js").Known} Known
 * @typedef {{questions: Questions, answers: Answers[]}} Data
 */

/**
 * Return every entry that can be compared, as the grids of pairs name them.
 * @returns {Known[]}
 */
function knownEntries() {
  return all("[data-kind]").flatMap((section) =>
    all("tr[data-entry]", section).map((row) => ({
      id: row.dataset.entry ?? "",
      name: one("bdi", row).textContent,
      tile: one(".tile", row).textContent,
      told: row.querySelector("th .status")?.textContent ?? "",
      kind: section.dataset.kind ?? "",
      kindName: one("h2", section).textContent,
    })),
  );
}

/**
 * Return a function that reads a file of `compare/` once.
 * @param {string} root
 * @returns {(path: string) => Promise<any>}
 */
function reader(root) {
  /** @type {Map<string, Promise<any>>} */
  const read = new Map();
  return (path) => {
    const known = read.get(path);
    if (known) return known;
    const answer = fetch(`${root}compare/${path}.json`).then((found) => {
      if (!found.ok) throw new Error(`${found.status} for ${path}`);
      return found.json();
    });
    answer.catch(() => read.delete(path)); // It is asked for again with the next choice.
    read.set(path, answer);
    return answer;
  };
}

/**
 * Put the parts of a comparison into its box, and return them.
 * @param {HTMLElement} box
 */
function makeParts(box) {
  const title = make("h2", { id: "side-by-side", hidden: true });
  const said = make("p", { class: "muted", role: "status" });
  const notice = make("p", { class: "notice", role: "status" });
  const chosen = make("ol", { class: "chips chosen", "aria-label": "Entries side by side" });
  const differ = make("button", { type: "button" }, "Only where they differ");
  const groups = make("fieldset", { class: "choices" });
  const picker = make("details", {}, make("summary", {}, "Choose groups"), groups);
  const ways = make("span", { class: "tools-group" });
  const tools = make("div", { class: "tools", hidden: true }, differ, picker, ways);
  const room = make("div", { class: "scroll", tabindex: "0", role: "region", hidden: true });
  const more = make("p", { class: "muted", hidden: true });
  box.append(title, notice, chosen, tools, said, room, more);
  return { title, said, notice, chosen, differ, groups, picker, ways, tools, room, more };
}

/**
 * Return where a comparison is continued: two have a page of their own, and all are columns of the matrix.
 * @param {string} root
 * @param {string} kind
 * @param {readonly string[]} ids
 * @returns {(Node | string)[]}
 */
function waysOn(root, kind, ids) {
  const pair = make("a", { href: `${root}compare/${[...ids].sort().join("-vs-")}/` }, "when to choose which");
  const first = ids.length === 2 ? ["These two have a page of their own: ", pair, ". "] : [];
  const matrix = make("a", { href: `${root}matrix/${kind}/?show=${ids.join(",")}` }, "the full matrix");
  return [...first, "The same entries in ", matrix, "."];
}

/** A comparison on its page. */
class Comparison {
  /**
   * Take what the address states.
   * @param {HTMLElement} box
   */
  constructor(box) {
    this.root = box.dataset.root ?? "";
    this.known = knownEntries();
    this.read = reader(this.root);
    this.bar = addressBar(window);
    this.choice = /** @type {Choice} */ ({ entries: [], groups: [], differing: false });
    this.turn = 0;
    const offers = (/** @type {string} */ words) =>
      this.choice.entries.length < MOST_ENTRIES ? suggestions(this.known, this.choice, words) : [];
    this.field = new Combobox("Add an entry to compare", offers, (id) => this.change(withEntry(this.choice, id)));
    one("[data-comparison-tools]", box).append(this.field.element);
    this.parts = makeParts(box);
    this.parts.ways.append(...copyButtons(() => this.lines(), this.bar.flush));
    this.parts.differ.addEventListener("click", () =>
      this.change({ ...this.choice, differing: !this.choice.differing }),
    );
    this.bar.onReturn(() => void this.take());
    addEventListener("hashchange", () => this.name(fragmentId(location.hash)));
  }

  /** Show what the address states, and say what it states in vain. */
  async take() {
    const { choice, said } = choiceFrom(this.bar.parameters(), this.known);
    this.choice = choice;
    this.tell(said);
    const data = await this.show();
    if (data) {
      const checked = withKnownGroups(this.choice, groupsOf(data.questions));
      if (checked.said.length || checked.choice.groups.length !== choice.groups.length) {
        this.choice = checked.choice;
        await this.show();
      }
      said.push(...checked.said, ...this.name(fragmentId(location.hash), data.questions));
      this.tell(said);
    }
    this.bar.set(parametersOf(this.choice));
  }

  /**
   * Show another choice, and write it into the address.
   * @param {Choice} choice
   */
  change(choice) {
    const fewer = choice.entries.length < this.choice.entries.length;
    this.choice = choice;
    this.tell([]);
    this.bar.add(parametersOf(choice));
    void this.show();
    if (fewer) this.field.field.focus();
  }

  /**
   * Say something about the address; nothing where it is in order.
   * @param {readonly string[]} said
   */
  tell(said) {
    this.parts.notice.textContent = said.join(" ");
  }

  /** Return the cells that are shown, as text. */
  lines() {
    const table = this.parts.room.querySelector("table");
    return table ? linesOf(table) : [];
  }

  /**
   * Lead to the row that the fragment names, and return what is said of a name that is not quite one.
   * @param {string} fragment
   * @param {Questions} [questions]
   * @returns {string[]}
   */
  name(fragment, questions) {
    const rowOf = (/** @type {string} */ id) => this.parts.room.querySelector(`tr[data-criterion="${CSS.escape(id)}"]`);
    for (const marked of all("tr.marked", this.parts.room)) marked.classList.remove("marked");
    const rows = questions ? rowsOfKind(questions) : [];
    const meant = rowOf(fragment) || document.getElementById(fragment) || !questions;
    const { id, said } = meant ? { id: fragment, said: [] } : namedCriterion(fragment, rows);
    const row = rowOf(id);
    row?.classList.add("marked");
    row?.scrollIntoView({ block: "center" });
    const hidden = row ? undefined : rows.find((known) => known.id === id);
    return hidden ? [...said, `${hidden.name} is not among what is shown.`] : said;
  }

  /**
   * Read what the choice needs and show it; return it unless another choice came in between or there is nothing.
   * @returns {Promise<Data | null>}
   */
  async show() {
    this.turn += 1;
    const turn = this.turn;
    const entries = this.choice.entries.flatMap((id) => this.known.filter((entry) => entry.id === id));
    showChosen(this.parts.chosen, entries, {
      move: (id, place) => this.change(movedTo(this.choice, id, place)),
      remove: (id) => this.change(withoutEntry(this.choice, id)),
    });
    const kind = entries[0]?.kind;
    if (!kind || entries.length < 2) return this.showNothing(entries);
    try {
      const [questions, ...answers] = await Promise.all([
        this.read(kind),
        ...entries.map(({ id }) => this.read(`${kind}/${id}`)),
      ]);
      if (turn !== this.turn) return null;
      this.fill({ questions, answers }, entries);
      return { questions, answers };
    } catch {
      if (turn === this.turn) this.parts.said.textContent = "What this shows could not be read. Try again.";
      return null;
    }
  }

  /**
   * Say what is missing for a comparison.
   * @param {readonly Known[]} entries
   */
  showNothing([entry]) {
    const { title, tools, room, more, said } = this.parts;
    for (const part of [title, tools, room, more]) part.hidden = true;
    room.replaceChildren();
    said.textContent = entry ? `${entry.name} alone: add at least one more of ${entry.kindName}.` : "";
    return null;
  }

  /**
   * Fill the table and what stands around it.
   * @param {Data} data
   * @param {Known[]} entries
   */
  fill({ questions, answers }, entries) {
    const { title, tools, room, more, said, differ } = this.parts;
    const parts = partsOf(questions, answers, this.choice);
    const names = inWords(entries.map(({ name }) => name));
    const shown = { root: this.root, kind: questions.kind, entries, answers, parts };
    title.textContent = names;
    room.replaceChildren(makeTable(shown, `${names} side by side`));
    room.setAttribute("aria-label", `${names} side by side`);
    more.replaceChildren(...waysOn(this.root, questions.kind, this.choice.entries));
    for (const part of [title, tools, room, more]) part.hidden = false;
    differ.setAttribute("aria-pressed", String(this.choice.differing));
    this.fillGroups(groupsOf(questions));
    const differing = parts.find(({ id }) => id === "differ");
    const total = parts.reduce((sum, part) => sum + countOf(part), 0);
    said.textContent = this.choice.differing
      ? `They differ in ${criteria(countOf(differing))}. What agrees is hidden.`
      : `They differ in ${countOf(differing)} of ${criteria(total)}.`;
  }

  /**
   * Show a box for each group.
   * @param {{id: string, name: string}[]} groups
   */
  fillGroups(groups) {
    const boxes = groups.map(({ id, name }) => {
      const wanted = !this.choice.groups.length || this.choice.groups.includes(id);
      const box = make("input", { type: "checkbox", value: id, checked: wanted });
      box.addEventListener("change", () => this.change(withGroup(this.choice, id, box.checked, groups)));
      return make("label", {}, box, make("span", {}, name));
    });
    const focused = document.activeElement instanceof HTMLInputElement ? document.activeElement.value : "";
    const inside = this.parts.groups.contains(document.activeElement);
    this.parts.groups.replaceChildren(make("legend", { class: "visually-hidden" }, "Groups that are shown"), ...boxes);
    if (inside) all("input", this.parts.groups)[groups.findIndex(({ id }) => id === focused)]?.focus();
  }
}

/**
 * Return every row that a fragment may name.
 * @param {Questions} questions
 * @returns {{id: string, name: string}[]}
 */
function rowsOfKind(questions) {
  return [...criteriaOf(questions), ...questions.ratings.map(([id, name]) => ({ id: `rating-${id}`, name }))];
}

const own = one("[data-comparison]");
await new Comparison(own).take();
own.dataset.ready = "";
