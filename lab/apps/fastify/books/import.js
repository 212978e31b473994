// region command-line
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { build } from './app.js';
import { INSERT } from './catalogue.js';
import { tidy } from './plugins/validation.js';
import { row as schema } from './schemas.js';

function read(file) {
  const options = { columns: true, bom: true, info: true, skip_empty_lines: true };
  return parse(readFileSync(file), { ...options, relax_column_count: true });
}

/** Store every row or none; the faults are returned. */
function importRows(app, rows) {
  const validate = app.validatorCompiler({ schema, httpPart: 'body' });
  const addAuthor = app.db.prepare('INSERT INTO author (name) VALUES (?) ON CONFLICT DO NOTHING');
  const findAuthor = app.db.prepare('SELECT id FROM author WHERE name = ?').pluck();
  const insert = app.db.prepare(INSERT);
  const faults = [];

  const store = app.db.transaction(() => {
    for (const { record, info } of rows) {
      const fault = (field, message) => faults.push(`line ${info.lines}: ${field}: ${message}`);
      const { pages } = record;
      const book = { ...record, pages: /^\d+$/.test(pages) ? Number(pages) : pages || null };
      tidy(book);
      if (!validate(book)) {
        for (const { params, instancePath, message } of validate.errors) {
          fault(params.missingProperty ?? instancePath.slice(1), message);
        }
        continue;
      }
      addAuthor.run(book.author);
      try {
        insert.run({ ...book, author_id: findAuthor.get(book.author) });
      } catch (err) {
        if (err.code !== 'SQLITE_CONSTRAINT_UNIQUE') throw err;
        fault('isbn', 'must be of no other book');
      }
    }
    if (faults.length > 0) throw new Error('Nothing was stored.');
  });

  try {
    store.immediate();
  } catch (err) {
    if (faults.length === 0) throw err;
  }
  return faults;
}

const app = await build();
try {
  const rows = read(process.argv[2]);
  const faults = importRows(app, rows);
  if (faults.length > 0) {
    console.error(faults.join('\n'));
    process.exitCode = 1;
  } else {
    console.log(`imported ${rows.length}`);
  }
} catch (err) {
  console.error(err.message);
  process.exitCode = 1;
} finally {
  await app.close();
}
// endregion
