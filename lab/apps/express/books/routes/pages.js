import express from 'express';
import { listBooks } from '../catalogue.js';
import { live } from '../live.js';

export const pages = express.Router();

// region templates
pages.get('/', (req, res) => {
  const q = String(req.query.q ?? '');
  const { items } = listBooks(req.app.locals.db, { q }, 100);
  res.render('books', { books: items, q });
});
// endregion

// region deployment
pages.get('/health', (req, res) => {
  try {
    req.app.locals.db.prepare('SELECT id FROM book LIMIT 1').get();
    res.json({ status: 'ok' });
  } catch (err) {
    req.log.error({ err }, 'not healthy');
    res.status(503).json({ status: 'unavailable' });
  }
});
// endregion

// region live
pages.get('/live', live);
// endregion
