import express from 'express';
import createError from 'http-errors';
import { authenticate } from '../authentication.js';
import { createBook, deleteBook, findBook, listBooks, updateBook } from '../catalogue.js';
import { methodNotAllowed } from '../errors.js';
import { jsonBody } from '../json-body.js';
import { announce } from '../live.js';
import { notify } from '../notify.js';
import { bookQuery, changes, newBook } from '../schemas.js';

export const books = express.Router();

// region pagination
books.get('/books', (req, res) => {
  const { db, settings } = req.app.locals;
  const { page, per_page = settings.BOOKS_PAGE_SIZE, ...filter } = bookQuery.parse(req.query);
  res.json({ ...listBooks(db, filter, per_page, (page - 1) * per_page), page, per_page });
});
// endregion

// region validation
books.post('/books', authenticate, jsonBody(), (req, res) => {
  const { clients, db, settings } = req.app.locals;
  const book = createBook(db, newBook.parse(req.body));
  res.status(201).location(`/api/books/${book.id}`).json(book);
  announce(book, clients);
  notify(book, { settings, log: req.log });
});
// endregion

// region routing
// Parameters are text; a number that is too large for an id finds nothing.
books.param('id', (req, res, next, id) => {
  if (!/^\d{1,15}$/.test(id)) throw createError(404, 'There is no such book.');
  res.locals.id = Number(id);
  next();
});

books.get('/books/:id', (req, res) => {
  const book = findBook(req.app.locals.db, res.locals.id);
  if (!book) throw createError(404, 'There is no such book.');
  res.json(book);
});
// endregion

books.patch('/books/:id', authenticate, jsonBody(), (req, res) => {
  const book = updateBook(req.app.locals.db, res.locals.id, changes.parse(req.body));
  if (!book) throw createError(404, 'There is no such book.');
  res.json(book);
});

books.delete('/books/:id', authenticate, (req, res) => {
  if (!deleteBook(req.app.locals.db, res.locals.id)) {
    throw createError(404, 'There is no such book.');
  }
  res.status(204).end();
});

books.all('/books', methodNotAllowed('GET', 'HEAD', 'POST'));
books.all('/books/:id', methodNotAllowed('GET', 'HEAD', 'PATCH', 'DELETE'));
