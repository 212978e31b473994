// region configuration
import env from '@fastify/env';
import fp from 'fastify-plugin';

const text = { type: 'string', minLength: 1 };

const schema = {
  type: 'object',
  required: ['BOOKS_DATABASE', 'BOOKS_SECRET', 'BOOKS_EDITOR', 'BOOKS_PASSWORD'],
  properties: {
    HOST: { type: 'string', default: '127.0.0.1' },
    PORT: { type: 'integer', default: 3000 },
    BOOKS_DATABASE: text,
    BOOKS_SECRET: { type: 'string', minLength: 32 },
    BOOKS_EDITOR: text,
    BOOKS_PASSWORD: text,
    BOOKS_TOKEN_SECONDS: { type: 'integer', minimum: 1, default: 3600 },
    BOOKS_PAGE_SIZE: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    BOOKS_WEBHOOK: { type: 'string', pattern: '^https?://[^/]' },
  },
};

// Decorates the application with `config`; a setting that breaks the schema keeps it from starting.
export default fp(async (fastify, { data = process.env }) => {
  await fastify.register(env, { schema, data });
});
// endregion
