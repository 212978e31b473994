/** Words as the search compares them: the same for what is searched and for what is typed. */

/** Words of questions that say nothing about what is asked. */
const EMPTY = new Set(
  (
    "a about an and any are as at be best better between by can could do does for from get give good has have how i if " +
    "in into is it its me my of on one or our out should so some than that the their them there these they this to up " +
    "us use used using was way we what when where which who why will with would you your difference compare compared " +
    "comparison versus vs framework frameworks library libraries package support supports supported offer offers " +
    "provide provides come comes make makes need needs want work works like similar equivalent most more less please tell " +
    "python web backend really currently every each per using project projects instead i'm im dont doesnt"
  ).split(" "),
);

/** British spellings, and forms that a rule would miss, as the search writes them. */
const SPELLINGS = new Map([
  ["licence", "license"],
  ["licensing", "license"],
  ["colour", "color"],
  ["behaviour", "behavior"],
  ["catalogue", "catalog"],
  ["centre", "center"],
  ["websockets", "websocket"],
  ["https", "http"],
  ["dbs", "database"],
  ["db", "database"],
  ["auth", "authentication"],
  ["docs", "documentation"],
  ["doc", "documentation"],
  ["config", "configuration"],
  ["async", "asynchronous"],
  ["js", "javascript"],
  ["py", "python"],
  ["ts", "typescript"],
]);

/**
 * Return the stem of a word: without its plural, -ing and -ed, in American spelling.
 * @param {string} word
 * @returns {string}
 */
export function stem(word) {
  let found = SPELLINGS.get(word) ?? word;
  if (/[\d_]/.test(found) || found.length < 4) return found;
  found = found.replace(/is(e|es|ed|er|ers|ing|ation|ations)$/, "iz$1").replace(/yse(s|d)?$/, "yze$1");
  found = found
    .replace(/ies$/, "y")
    .replace(/(ss|sh|ch|x)es$/, "$1")
    .replace(/([^s])s$/, "$1");
  found = found.replace(/(iz|at)(ation|or|er|ing|ed|e)$/, "$1");
  found = found.replace(/([^aeiou])\1(ing|ed|er)$/, "$1").replace(/(?<=.{3})(ing|ed)$/, "");
  found = found.replace(/(?<=.{3})(ions?|e|ly)$/, "");
  return found.length < 3 ? word : found;
}

/**
 * Return the words of a text: lower case, names with a dot joined, parts of camelCase and snake_case beside the whole.
 * @param {string} text
 * @returns {string[]}
 */
export function tokens(text) {
  /** @type {string[]} */
  const found = [];
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/['’]s\b/g, "")
    .replace(/['’]/g, "");
  for (const [whole] of plain.matchAll(/[\p{L}\p{N}_]+(?:[.+#-]+[\p{L}\p{N}_]+)*\+*#?/gu)) {
    const lower = whole.toLowerCase();
    const parts = whole.split(/[._\-+#]+|(?<=[a-z])(?=[A-Z])/).map((part) => part.toLowerCase());
    const joined = lower.replace(/[.-]/g, "");
    found.push(...new Set([joined, ...(parts.length > 1 ? parts : [])].filter(Boolean)));
  }
  return found;
}

/**
 * Return whether a word says nothing about what is asked.
 * @param {string} word
 * @returns {boolean}
 */
export function isEmpty(word) {
  return EMPTY.has(word);
}
