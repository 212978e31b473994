// region command-line
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { INSERT } from './catalogue.js';
import { openDatabase } from './database.js';
import { row } from './schemas.js';
import { readSettings } from './settings.js';

function read(file) {
  const options = { columns: true, bom: true, info: true, skip_empty_lines: true };
  return parse(readFileSync(file), { ...options, relax_column_count: true });
}

/** Store every record or none; the faults are returned. */
function importRecords(db, records) {
  const addAuthor = db.prepare('INSERT INTO author (name) VALUES (?) ON CONFLICT DO NOTHING');
  const findAuthor = db.prepare('SELECT id FROM author WHERE name = ?').pluck();
  const insert = db.prepare(INSERT);
  const faults = [];

  const store = db.transaction(() => {
    for (const { record, info } of records) {
      const fault = (field, message) => faults.push(`line ${info.lines}: ${field}: ${message}`);
      const { data: book, error } = row.safeParse(record);
      if (error) {
        for (const { path, message } of error.issues) fault(path[0], message);
        continue;
      }
      addAuthor.run(book.author);
      try {
        insert.run({ ...book, author_id: findAuthor.get(book.author) });
      } catch (err) {
        if (err.code !== 'SQLITE_CONSTRAINT_UNIQUE') throw err;
        fault('isbn', 'Another book has this ISBN');
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

const db = openDatabase(readSettings());
try {
  const records = read(process.argv[2]);
  const faults = importRecords(db, records);
  if (faults.length > 0) {
    console.error(faults.join('\n'));
    process.exitCode = 1;
  } else {
    console.log(`imported ${records.length}`);
  }
} catch (err) {
  console.error(err.message);
  process.exitCode = 1;
} finally {
  db.close();
}
// endregion
