import { join } from 'node:path';
import sensible from '@fastify/sensible';
import swagger from '@fastify/swagger';
import view from '@fastify/view';
import ejs from 'ejs';
import Fastify from 'fastify';
import authentication from './plugins/authentication.js';
import database from './plugins/database.js';
import errorPages from './plugins/error-pages.js';
import live from './plugins/live.js';
import methodNotAllowed from './plugins/method-not-allowed.js';
import { frameworkErrors, genReqId, requestLog } from './plugins/request-log.js';
import settings from './plugins/settings.js';
import validation from './plugins/validation.js';
import webhook from './plugins/webhook.js';
import api from './routes/api.js';
import healthRoutes from './routes/health.js';
import pageRoutes from './routes/pages.js';

export async function build({ logger = false, env = process.env } = {}) {
  // With keepAlive, the system finds out which clients have vanished without a word.
  const http = { keepAlive: true, keepAliveInitialDelay: 30_000 };
  const app = Fastify({ logger, logController: requestLog, genReqId, frameworkErrors, http });

  await app.register(settings, { data: env });
  await app.register(database);
  await app.register(sensible);
  await app.register(validation);
  await app.register(authentication);
  await app.register(view, { engine: { ejs }, root: join(import.meta.dirname, 'views') });
  await app.register(swagger, {
    openapi: {
      info: { title: 'Books', version: '1.0.0' },
      components: {
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      },
    },
  });

  app.decorateRequest('created', null);
  await app.register(webhook);
  await app.register(live);

  // region deployment
  app.addHook('onRequest', async (request, reply) => {
    reply.header('X-Request-ID', request.id);
  });
  // endregion

  // region routing
  await app.register(errorPages);
  await app.register(methodNotAllowed, { routes: [healthRoutes, pageRoutes] });
  await app.register(api, { prefix: '/api' });
  // endregion

  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());

  return app;
}
