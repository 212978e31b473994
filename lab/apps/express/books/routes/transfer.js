import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import express from 'express';
import createError from 'http-errors';
import { authenticate } from '../authentication.js';
import { INSERT } from '../catalogue.js';
import { openDatabase } from '../database.js';
import { methodNotAllowed } from '../errors.js';
import { jsonBody } from '../json-body.js';

export const transfer = express.Router();

// region transaction
transfer.post('/books/import', authenticate, jsonBody({ limit: '64mb' }), (req, res) => {
  const { db, schemas } = req.app.locals;
  const books = schemas.newBooks.parse(req.body);
  const insert = db.prepare(INSERT);

  const store = db.transaction(() => {
    const errors = [];
    for (const [index, book] of books.entries()) {
      try {
        insert.run(book);
      } catch (err) {
        if (err.code !== 'SQLITE_CONSTRAINT_UNIQUE') throw err;
        errors.push({ index, field: 'isbn', message: 'Another book has this ISBN' });
      }
    }
    // An error that leaves the function rolls the transaction back.
    if (errors.length > 0) throw createError(422, 'Nothing was stored.', { errors });
  });
  store.immediate();

  res.status(201).json({ imported: books.length });
});
// endregion

// region streaming
transfer.get('/books.csv', async (req, res) => {
  // A connection of its own: while rows are read, nothing can be written by the same one.
  const reader = openDatabase(req.app.locals.settings, { readonly: true });
  try {
    const rows = reader
      .prepare(
        `SELECT title, isbn, published, pages, author.name AS author
         FROM book JOIN author ON author.id = author_id ORDER BY book.id`,
      )
      .iterate();
    const columns = ['title', 'isbn', 'published', 'pages', 'author'];
    const options = { record_delimiter: 'windows', quoted_match: /[\r\n]/ };
    res.attachment('books.csv').type('text/csv; charset=utf-8');
    await pipeline(Readable.from(rows), stringify({ header: true, columns, ...options }), res);
  } finally {
    reader.close();
  }
});
// endregion

transfer.all('/books/import', methodNotAllowed('POST'));
transfer.all('/books.csv', methodNotAllowed('GET', 'HEAD'));
