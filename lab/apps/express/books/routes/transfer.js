import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { stringify } from 'csv-stringify';
import express from 'express';
import createError from 'http-errors';
import { authenticate } from '../authentication.js';
import { COLUMNS, INSERT } from '../catalogue.js';
import { openDatabase } from '../database.js';
import { faults, methodNotAllowed, violations } from '../errors.js';
import { jsonBody } from '../json-body.js';
import { newBook, newBooks } from '../schemas.js';

export const transfer = express.Router();

// region transaction
/** Yield all items; now and then, other requests are answered first. */
async function* inSlices(items) {
  let count = 0;
  for (const item of items) {
    if (++count % 500 === 0) await setImmediate();
    yield item;
  }
}

function refuse(errors) {
  if (errors.length > 0) throw createError(422, 'Nothing was stored.', { errors });
}

async function check(items) {
  const books = [];
  const errors = [];
  for await (const [index, item] of inSlices(items.entries())) {
    const { data, error } = newBook.safeParse(item);
    if (error) errors.push(...faults(error).map((fault) => ({ index, ...fault })));
    books.push(data);
  }
  refuse(errors);
  return books;
}

transfer.post('/books/import', authenticate, jsonBody({ limit: '64mb' }), async (req, res) => {
  const { db } = req.app.locals;
  const books = await check(newBooks.parse(req.body));
  const insert = db.prepare(INSERT);

  // Transactions are synchronous: other requests use the same connection.
  const store = db.transaction(() => {
    const errors = [];
    for (const [index, book] of books.entries()) {
      try {
        insert.run(book);
      } catch (err) {
        if (!(err.code in violations)) throw err;
        errors.push({ index, ...violations[err.code] });
      }
    }
    refuse(errors); // an error that leaves the function rolls the transaction back
  });
  store.immediate();

  res.status(201).json({ imported: books.length });
});
// endregion

// region streaming
transfer.get('/books.csv', async (req, res) => {
  // A connection of its own: while rows are read, nothing can be written by the same one.
  const reader = openDatabase(req.app.locals.settings, { readonly: true });
  let rows;
  try {
    const select = reader.prepare(
      `SELECT title, isbn, published, pages, author.name AS author
       FROM book JOIN author ON author.id = author_id ORDER BY book.id`,
    );
    rows = select.iterate();
    const options = { columns: COLUMNS, record_delimiter: 'windows', quoted_match: /[\r\n]/ };
    res.attachment('books.csv').type('text/csv; charset=utf-8');
    if (req.method === 'HEAD') return res.end();
    await pipeline(Readable.from(inSlices(rows)), stringify({ header: true, ...options }), res);
  } catch (err) {
    if (err.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw err; // the client has left
  } finally {
    rows?.return(); // still in use where the client has left
    reader.close();
  }
});
// endregion

transfer.all('/books/import', methodNotAllowed('POST'));
transfer.all('/books.csv', methodNotAllowed('GET', 'HEAD'));
