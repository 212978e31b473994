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
import { frameworkErrors, genReqId, requestLog } from './plugins/request-log.js';
import settings from './plugins/settings.js';
import validation from './plugins/validation.js';
import webhook from './plugins/webhook.js';
import api from './routes/api.js';
import pageRoutes from './routes/pages.js';

export async function build({ logger = false, env = process.env } = {}) {
  const app = Fastify({ logger, logController: requestLog, genReqId, frameworkErrors });

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

  app.get('/health', { schema: { hide: true } }, async (request, reply) => {
    try {
      app.db.prepare('SELECT id FROM book LIMIT 1').get();
      return { status: 'ok' };
    } catch (err) {
      request.log.error({ err }, 'not healthy');
      return reply.code(503).send({ status: 'unavailable' });
    }
  });
  // endregion

  // region routing
  await app.register(errorPages);
  await app.register(pageRoutes);
  await app.register(api, { prefix: '/api' });
  // endregion

  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());

  return app;
}
