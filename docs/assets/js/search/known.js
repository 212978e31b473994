/** What the site knows, and how it is said in a result: entries, criteria, facts, pairs and other pages. */

/**
 * @typedef {{
 *   kinds: [string, string, string][],
 *   entries: [string, string, string, string, string, string][],
 *   criteria: [string, string, string, string, string, string][],
 *   labels: string[],
 *   facts: [number, number, number, string][],
 *   pages: [string, string, string, string][],
 *   code: string[],
 * }} Index What macros/views/finding.py writes.
 * @typedef {{ address: string, title: string, text: string }} Result
 */

/**
 * Return what stands at a place of a list. The index refers to nothing that is not there.
 * @template Item
 * @param {Item[]} list
 * @param {number} place
 * @returns {Item}
 */
export function at(list, place) {
  const found = list[place];
  if (found === undefined) throw new Error(`There is nothing at ${place}.`);
  return found;
}

/**
 * Return the name of a kind.
 * @param {Index} index
 * @param {string} id
 * @returns {string}
 */
export function kindName(index, id) {
  return index.kinds.find(([kind]) => kind === id)?.[1] ?? id;
}

/**
 * Return the page of an entry.
 * @param {Index} index
 * @param {number} place
 * @returns {Result}
 */
export function entryResult(index, place) {
  const [id, kind, name, , said] = at(index.entries, place);
  return { address: `${kind}/${id}/`, title: name, text: said };
}

/**
 * Return the code of an entry's application, if it has one.
 * @param {Index} index
 * @param {number} place
 * @returns {Result[]}
 */
export function codeResult(index, place) {
  const [id, kind, name] = at(index.entries, place);
  const text = `A whole application in ${name}, as code that was run.`;
  return index.code.includes(id) ? [{ address: `${kind}/${id}/code/`, title: `Books in ${name}`, text }] : [];
}

/**
 * Return the page of a criterion, with the answer in words.
 * @param {Index} index
 * @param {number} place
 * @returns {Result}
 */
export function criterionResult(index, place) {
  const [kind, id, name, , sentence] = at(index.criteria, place);
  return { address: `${kind}/by/${id}/`, title: `${name} (${kindName(index, kind)})`, text: sentence };
}

/**
 * Return a fact, with its value and what is said beside it.
 * @param {Index} index
 * @param {number} place
 * @returns {Result}
 */
export function factResult(index, place) {
  const [entry, criterion, label, said] = at(index.facts, place);
  const [id, kind, name] = at(index.entries, entry);
  const [, asked, question] = at(index.criteria, criterion);
  const value = at(index.labels, label);
  return {
    address: `${kind}/${id}/#${asked}`,
    title: `${question} in ${name}`,
    text: said ? `${value}: ${said}` : value,
  };
}

/**
 * Return any other page.
 * @param {Index} index
 * @param {number} place
 * @returns {Result}
 */
export function pageResult(index, place) {
  const [address, title, text] = at(index.pages, place);
  return { address, title, text };
}

/**
 * Return the page of two entries of a kind, and that of their code; nothing if they are of two kinds.
 * @param {Index} index
 * @param {number} one
 * @param {number} other
 * @returns {Result[]}
 */
export function pairResults(index, one, other) {
  const [first, second] = [at(index.entries, one), at(index.entries, other)];
  if (first[1] !== second[1]) return [];
  const ids = [first[0], second[0]].sort();
  const [address, names] = [`compare/${ids.join("-vs-")}/`, `${first[2]} and ${second[2]}`];
  const pair = { address, title: names, text: differing(index, one, other) };
  const text = "Side by side, task by task, as code that was run.";
  const code = { address: `${address}code/`, title: `The same application in ${names}`, text };
  return ids.every((id) => index.code.includes(id)) ? [pair, code] : [pair];
}

/**
 * Return in how many answers two entries differ, and the status of each that is not active.
 * @param {Index} index
 * @param {number} one
 * @param {number} other
 * @returns {string}
 */
function differing(index, one, other) {
  const answers = (/** @type {number} */ entry) =>
    new Map(index.facts.filter(([of]) => of === entry).map(([, criterion, label]) => [criterion, label]));
  const [first, second] = [answers(one), answers(other)];
  const both = [...first.keys()].filter((criterion) => second.has(criterion));
  const differ = both.filter((criterion) => first.get(criterion) !== second.get(criterion)).length;
  const told = [one, other].map((place) => at(index.entries, place)).filter(([, , , status]) => !QUIET.has(status));
  return [`They differ in ${differ} of ${both.length} answers.`, ...told.map((e) => `${e[2]}: ${e[3]}.`)].join(" ");
}

/** Statuses that a pair need not tell. */
const QUIET = new Set(["active", "not measured"]);
