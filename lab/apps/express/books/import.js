// region command-line
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { COLUMNS, INSERT } from './catalogue.js';
import { openDatabase } from './database.js';
import { faults, violations } from './errors.js';
import { row } from './schemas.js';
import { readSettings } from './settings.js';

function read(file) {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  if (text.split(/\r?\n/, 1)[0] !== COLUMNS.join()) {
    throw new Error(`The first line of the file must be ${COLUMNS}.`);
  }
  // A row that is too short lacks fields, which are named like others that are missing.
  const options = { info: true, skip_empty_lines: true, relax_column_count_less: true };
  return parse(text, { columns: true, ...options });
}

/** Store every record; an error, whose message names all faults, rolls the transaction back. */
function store(db, records) {
  const addAuthor = db.prepare('INSERT INTO author (name) VALUES (?)');
  const insert = db.prepare(INSERT);
  const authors = new Map(db.prepare('SELECT name, id FROM author').raw().all());
  const messages = [];

  for (const { record, info } of records) {
    const report = ({ field, message }) =>
      messages.push(`line ${info.lines}: ${field}: ${message}`);
    const { data: book, error } = row.safeParse(record);
    if (error) {
      faults(error).forEach(report);
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

const db = openDatabase(readSettings());
try {
  const records = read(process.argv[2]);
  db.transaction(store).immediate(db, records);
  console.log(`imported ${records.length}`);
} catch (err) {
  console.error(err.message);
  process.exitCode = 1;
} finally {
  db.close();
}
// endregion
