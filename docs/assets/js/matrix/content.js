/** What a matrix says, apart from how it looks; which rows and columns of it are shown, and in which order. */

/**
 * @typedef {import("./choice.js").Choice} Choice
 * @typedef {import("../sorting.js").Key} Key
 */

/**
 * @typedef {object} Entry  what the columns stand for on the page as it comes
 * @property {string} id
 * @property {string} name
 * @property {string} tile
 * @property {string} language
 * @property {string} status
 * @property {ReadonlyMap<string, number>} ratings
 */

/** @typedef {{id: string, name: string, group: number}} Item  a criterion, and the place of its group */

/**
 * @typedef {object} Answer  what a cell says
 * @property {string} value  equal values are equal answers
 * @property {string} text
 * @property {number} figure  the higher, the better; -1 where there is no answer
 */

/**
 * @typedef {object} Content
 * @property {readonly Entry[]} entries
 * @property {readonly Item[]} items
 * @property {readonly (readonly Answer[])[]} answers  for each item those of the entries
 * @property {readonly {id: string, name: string}[]} ratings
 */

/**
 * What is shown: places in `entries` and `items`, all of them in order, and which of them are hidden.
 * @typedef {object} Selection
 * @property {readonly number[]} entries
 * @property {readonly number[]} items
 * @property {ReadonlySet<number>} hiddenEntries
 * @property {ReadonlySet<number>} hiddenItems
 */

/** @type {Answer} */
const NONE = { value: "", text: "", figure: -1 };
const collator = new Intl.Collator("en", { numeric: true });

/**
 * Return whether an entry is shown.
 * @param {Entry} entry
 * @param {number} at its place
 * @param {Choice} choice
 * @param {Content} content
 * @returns {boolean}
 */
export function entryFits(entry, at, choice, content) {
  if (choice.entries.length && !choice.entries.includes(entry.id)) return false;
  if (choice.language && entry.language !== choice.language) return false;
  if (choice.status && entry.status !== choice.status) return false;
  if (choice.rated.some(({ rating, least }) => (entry.ratings.get(rating) ?? -1) < least)) return false;
  return conditionsBy(choice).every(([item, values]) => {
    const answers = content.answers[content.items.findIndex(({ id }) => id === item)];
    return values.includes((answers?.[at] ?? NONE).value);
  });
}

/**
 * Return the values that each criterion of the conditions allows.
 * @param {Choice} choice
 * @returns {[string, string[]][]}
 */
function conditionsBy(choice) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const { item, value } of choice.having) found.set(item, [...(found.get(item) ?? []), value]);
  return [...found];
}

/**
 * Return whether a row is shown: it is chosen, its name or one of its values contains the words, and its values differ
 * if that is asked.
 * @param {Item} item
 * @param {readonly Answer[]} answers of the entries that are shown
 * @param {Choice} choice
 * @returns {boolean}
 */
export function itemFits(item, answers, choice) {
  if (choice.items.length && !choice.items.includes(item.id)) return false;
  const words = choice.words.trim().toLowerCase();
  const said = (/** @type {Answer} */ answer) => answer.figure >= 0 && answer.text.toLowerCase().includes(words);
  if (words && !item.name.toLowerCase().includes(words) && !answers.some(said)) return false;
  return !choice.differing || new Set(answers.map(({ value }) => value)).size > 1;
}

/**
 * Return which of two answers comes first: the higher one where the direction is -1; no answer comes last.
 * @param {Answer} one
 * @param {Answer} other
 * @param {-1 | 1} direction
 * @returns {number}
 */
export function compared(one, other, direction) {
  if (one.figure < 0 || other.figure < 0) return Number(one.figure < 0) - Number(other.figure < 0);
  return direction * (one.figure - other.figure) || -direction * collator.compare(one.text, other.text);
}

/**
 * Return places in order of the keys that name one of the other axis, or the names.
 * @param {number} count
 * @param {readonly Key[]} keys
 * @param {(key: string, at: number) => Answer | undefined} answer  what is at a place by a key; undefined if the key is
 *   not of the other axis
 * @param {(at: number) => number} group  places of a lower group come first
 * @returns {number[]}
 */
export function ordered(count, keys, answer, group = () => 0) {
  const places = Array.from({ length: count }, (_, at) => at);
  const own = keys.filter(({ key }) => count && answer(key, 0));
  if (!own.length) return places;
  const known = own.map(({ key }) => places.map((at) => answer(key, at) ?? NONE));
  return places.sort((a, b) => {
    const apart = group(a) - group(b);
    if (apart) return apart;
    for (const [place, { direction }] of own.entries()) {
      const order = compared(known[place]?.[a] ?? NONE, known[place]?.[b] ?? NONE, direction);
      if (order) return order;
    }
    return a - b;
  });
}

/**
 * Return what is shown of a matrix by a choice.
 * @param {Content} content
 * @param {Choice} choice
 * @param {boolean} [entriesAreRows]  whether names sort them
 * @returns {Selection}
 */
export function selected(content, choice, entriesAreRows = choice.flipped) {
  const { entries, items, answers } = content;
  const entryAt = new Map(entries.map(({ id }, at) => [id, at]));
  const itemAt = new Map(items.map(({ id }, at) => [id, at]));
  const shown = entries.map((entry, at) => entryFits(entry, at, choice, content));
  const named = (/** @type {string} */ name) => ({ value: name, text: name, figure: 0 });

  const ofEntries = ordered(entries.length, choice.order, (key, at) => {
    if (key === "name") return entriesAreRows ? named(entries[at]?.name ?? "") : undefined;
    const item = itemAt.get(key);
    return item === undefined ? undefined : answers[item]?.[at];
  });
  const ofItems = ordered(
    items.length,
    choice.order,
    (key, at) => {
      if (key === "name") return entriesAreRows ? undefined : named(items[at]?.name ?? "");
      const entry = entryAt.get(key);
      return entry === undefined ? undefined : answers[at]?.[entry];
    },
    (at) => items[at]?.group ?? 0,
  );
  const fits = (/** @type {Item} */ item, /** @type {number} */ at) =>
    itemFits(
      item,
      choice.differing || choice.words.trim() ? (answers[at]?.filter((_, e) => shown[e]) ?? []) : [],
      choice,
    );
  return {
    entries: ofEntries,
    items: ofItems,
    hiddenEntries: new Set(entries.flatMap((_, at) => (shown[at] ? [] : [at]))),
    hiddenItems: new Set(items.flatMap((item, at) => (fits(item, at) ? [] : [at]))),
  };
}
