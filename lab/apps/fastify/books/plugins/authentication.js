// region authentication
import jwt from '@fastify/jwt';
import fp from 'fastify-plugin';

export default fp(async (fastify) => {
  const { BOOKS_EDITOR, BOOKS_SECRET, BOOKS_TOKEN_SECONDS } = fastify.config;

  await fastify.register(jwt, {
    secret: BOOKS_SECRET,
    sign: { algorithm: 'HS256', expiresIn: BOOKS_TOKEN_SECONDS },
    verify: { algorithms: ['HS256'], allowedSub: BOOKS_EDITOR, requiredClaims: ['sub', 'exp'] },
  });

  fastify.decorate('authenticate', async (request) => {
    try {
      await request.jwtVerify();
    } catch {
      throw fastify.httpErrors.unauthorized('A valid token is required.');
    }
  });
});
// endregion
