// region authentication
import { createHash, timingSafeEqual } from 'node:crypto';
import { problems } from '../schemas.js';

const digest = (text) => createHash('sha256').update(text).digest();
const equal = (one, other) => timingSafeEqual(digest(one), digest(other));

const credentials = {
  type: 'object',
  required: ['username', 'password'],
  properties: { username: { type: 'string' }, password: { type: 'string' } },
};

const token = {
  type: 'object',
  properties: {
    access_token: { type: 'string' },
    token_type: { type: 'string' },
    expires_in: { type: 'integer' },
  },
};

export default async function tokenRoutes(fastify) {
  const { BOOKS_EDITOR, BOOKS_PASSWORD, BOOKS_TOKEN_SECONDS } = fastify.config;

  const response = { 200: token, ...problems(400, 401, 413, 415, 422) };

  fastify.post('/token', { schema: { body: credentials, response } }, async (request, reply) => {
    const { username, password } = request.body;
    const known = equal(username, BOOKS_EDITOR);
    if (!equal(password, BOOKS_PASSWORD) || !known) {
      throw fastify.httpErrors.unauthorized('The name or the password is wrong.');
    }
    const access_token = await reply.jwtSign({ sub: username });
    return { access_token, token_type: 'bearer', expires_in: BOOKS_TOKEN_SECONDS };
  });
}
// endregion
