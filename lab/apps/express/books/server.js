// region deployment
import { pino } from 'pino';
import { createApp } from './app.js';
import { readSettings } from './settings.js';

const settings = readSettings();
const logger = pino();
const app = createApp(settings, { logger });
const { clients, db } = app.locals;

const server = app.listen(settings.PORT, settings.HOST, (err) => {
  if (err) throw err;
  logger.info(`listening on port ${settings.PORT}`);
});

// No new connections; requests that are being answered have eight seconds to come to their end.
process.on('SIGTERM', () => {
  server.close(() => db.close());
  for (const client of clients) client.end();
  setTimeout(() => server.closeAllConnections(), 8000).unref();
});
// endregion
