// Runs functions of one module beside the packages of its entry: `node driver.mjs REPORT FILE NAME …`.
// As soon as a function has ended, a line of JSON is added to the report, as driver.py does.

import { appendFileSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [report, file, ...names] = process.argv.slice(2);

/** Return an error on one line, with the line of the file that it comes from. */
function described(error) {
  const said = `${error?.name ?? 'Error'}: ${error?.message ?? error}`.replace(/\s+/g, ' ').trim();
  const address = pathToFileURL(file).href;
  const place = (error?.stack ?? '').split('\n').find((line) => line.includes(address));
  const line = Number(place?.split(`${address}:`)[1]?.split(':')[0]);
  const source = line ? readFileSync(file, 'utf8').split('\n')[line - 1].trim() : '';
  return source ? `line ${line} (${source}): ${said}` : said;
}

for (const name of names) {
  const began = performance.now();
  let message = '';
  try {
    const module = await import(pathToFileURL(file).href);
    await module[name]();
  } catch (error) {
    message = described(error);
  }
  const seconds = Number(((performance.now() - began) / 1000).toFixed(3));
  appendFileSync(report, `${JSON.stringify({ name, seconds, message })}\n`);
}
// A server that a function has left open would keep the process.
process.exit(0);
