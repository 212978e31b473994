/** A table as text: what a reader takes away of it, for Markdown and for spreadsheets. */

/** @typedef {readonly (readonly string[])[]} Lines  the cells of each line, the head first */

/** With these a spreadsheet takes a cell for a formula (https://owasp.org/www-community/attacks/CSV_Injection). */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * Return the text of a cell such that no spreadsheet computes it: an apostrophe comes before what begins a formula.
 * @param {string} text
 * @returns {string}
 */
export function defused(text) {
  return FORMULA.test(text) ? `'${text}` : text;
}

/**
 * Return a table as CSV (RFC 4180): lines end in CR LF, and what holds a comma, a quotation mark or a break is quoted.
 * @param {Lines} lines
 * @returns {string}
 */
export function asCsv(lines) {
  const cell = (/** @type {string} */ text) => {
    const safe = defused(text);
    return /[",\r\n]|^'|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

/**
 * Return a table in the Markdown of GitHub; signs that mean something in it are escaped.
 * @param {Lines} lines
 * @returns {string}
 */
export function asMarkdown(lines) {
  const cell = (/** @type {string} */ text) =>
    text
      .replace(/\s+/g, " ")
      .trim()
      .replace(/[\\`*_[\]<>|~&]/g, "\\$&");
  const row = (/** @type {readonly string[]} */ line) => `| ${line.map(cell).join(" | ")} |\n`;
  const [head = [], ...body] = lines;
  return `${row(head)}|${" --- |".repeat(head.length)}\n${body.map(row).join("")}`;
}

/**
 * Return the text of an element as one reads it aloud: without marks for the eye alone and without buttons.
 * @param {Node} node
 * @returns {string}
 */
export function spoken(node) {
  return gathered(node).replace(/\s+/g, " ").replaceAll(" ;", ";").trim().replace(/^; /, "");
}

/**
 * Return the text below a node; a note is set apart from what stands before it.
 * @param {Node} node
 * @returns {string}
 */
function gathered(node) {
  if (!(node instanceof Element)) return node.nodeType === Node.TEXT_NODE ? (node.textContent ?? "") : "";
  if (node.matches("[aria-hidden=true], button, .here, .origins")) return "";
  const text = [...node.childNodes].map(gathered).join("");
  if (node.matches(".note")) return `; ${text.trim()}`;
  return node.matches(".evidence, .status, br") ? ` ${text}` : text;
}

/**
 * Copy a table and return what is then said. A spreadsheet takes the cells, an editor the CSV.
 * @param {Lines} lines
 * @param {Clipboard} clipboard
 * @returns {Promise<string>}
 */
export async function copyCells(lines, clipboard) {
  const cells = document.createElement("table");
  for (const line of lines) {
    const row = cells.insertRow();
    for (const text of line) row.insertCell().textContent = defused(text);
  }
  const blob = (/** @type {string} */ text, /** @type {string} */ type) => new Blob([text], { type });
  try {
    const [plain, html] = [blob(asCsv(lines), "text/plain"), blob(cells.outerHTML, "text/html")];
    await clipboard.write([new ClipboardItem({ "text/plain": plain, "text/html": html })]);
    return "Copied";
  } catch {
    return "Not copied";
  }
}
