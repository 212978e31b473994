import express from 'express';
import { listAuthors, statistics } from '../catalogue.js';
import { methodNotAllowed } from '../errors.js';
import { paging } from '../schemas.js';

export const authors = express.Router();

// region pagination
authors.get('/authors', (req, res) => {
  const { db, settings } = req.app.locals;
  const { page, per_page = settings.BOOKS_PAGE_SIZE } = paging.parse(req.query);
  res.json({ ...listAuthors(db, per_page, (page - 1) * per_page), page, per_page });
});
// endregion

// region database
authors.get('/statistics', (req, res) => {
  res.json(statistics(req.app.locals.db));
});
// endregion

authors.all(['/authors', '/statistics'], methodNotAllowed('GET', 'HEAD'));
