import { join } from 'node:path';
import express from 'express';
import { pino } from 'pino';
import { openDatabase } from './database.js';
import { errorPages, notFound, problems } from './errors.js';
import { requestLog } from './request-log.js';
import { authors } from './routes/authors.js';
import { books } from './routes/books.js';
import { pages } from './routes/pages.js';
import { token } from './routes/token.js';
import { transfer } from './routes/transfer.js';

export function createApp(settings, { logger = pino() } = {}) {
  const app = express();
  app.disable('x-powered-by');

  // region database
  app.locals.db = openDatabase(settings);
  // endregion
  app.locals.settings = settings;
  app.locals.clients = new Set();

  // region templates
  app.set('views', join(import.meta.dirname, 'views'));
  app.set('view engine', 'ejs');
  // endregion

  app.use(requestLog(logger));

  // region routing
  const api = express.Router();
  api.use(token, authors, transfer, books);
  api.use(notFound, problems);

  app.use('/api', api);
  app.use(pages);
  app.use(notFound, errorPages);
  // endregion

  return app;
}
