/** Prints what the search finds: `node tests/js/ask.js INDEX QUESTION …`, or with the questions as JSON from standard input. */

import { readFileSync } from "node:fs";

import { finder } from "../../docs/assets/js/search/find.js";

const [file = "", ...given] = process.argv.slice(2);
const find = finder(JSON.parse(readFileSync(file, "utf8")));
/** @type {string[]} */
const questions = given.length ? given : JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(questions.map((typed) => find(typed))));
