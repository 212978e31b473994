// region deployment
import { pino } from 'pino';
import { createApp } from './app.js';
import { hangUp } from './live.js';
import { readSettings } from './settings.js';

const settings = readSettings();
const logger = pino();
const app = createApp(settings, { logger });

const server = app.listen(settings.PORT, settings.HOST, (err) => {
  if (err) throw err;
  logger.info(`listening on port ${settings.PORT}`);
});

// No new connections; requests that are being answered, and webhooks, come to their end.
process.on('SIGTERM', () => {
  server.close(() => app.locals.db.close());
  hangUp();
});
// endregion
