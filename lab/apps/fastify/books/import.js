// region command-line
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { build } from './app.js';
import { COLUMNS, INSERT } from './catalogue.js';
import { fault, violations } from './plugins/problems.js';
import { tidy } from './plugins/validation.js';
import { row as schema } from './schemas.js';

function read(file) {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  if (text.split(/\r?\n/, 1)[0] !== COLUMNS.join()) {
    throw new Error(`The first line of the file must be ${COLUMNS}.`);
  }
  // A row that is too short lacks fields, which are named like others that are missing.
  const options = { info: true, skip_empty_lines: true, relax_column_count_less: true };
  return parse(text, { columns: true, ...options });
}

/** Store every row; an error, whose message names all faults, rolls the transaction back. */
function store(app, rows) {
  const validate = app.validatorCompiler({ schema, httpPart: 'body' });
  const addAuthor = app.db.prepare('INSERT INTO author (name) VALUES (?)');
  const insert = app.db.prepare(INSERT);
  const authors = new Map(app.db.prepare('SELECT name, id FROM author').raw().all());
  const messages = [];

  for (const { record, info } of rows) {
    const report = ({ field, message }) =>
      messages.push(`line ${info.lines}: ${field}: ${message}`);
    const { pages } = record;
    const book = { ...record, pages: /^\d+$/.test(pages) ? Number(pages) : pages || null };
    tidy(book);
    if (!validate(book)) {
      validate.errors.map(fault).forEach(report);
      continue;
    }
    if (!authors.has(book.author)) {
      authors.set(book.author, addAuthor.run(book.author).lastInsertRowid);
    }
    try {
      insert.run({ ...book, author_id: authors.get(book.author) });
    } catch (err) {
      if (err.code !== 'SQLITE_CONSTRAINT_UNIQUE') throw err;
      report(violations[err.code]);
    }
  }
  if (messages.length > 0) throw new Error(messages.join('\n'));
}

const app = await build();
try {
  const rows = read(process.argv[2]);
  app.db.transaction(store).immediate(app, rows);
  console.log(`imported ${rows.length}`);
} catch (err) {
  console.error(err.message);
  process.exitCode = 1;
} finally {
  await app.close();
}
// endregion
