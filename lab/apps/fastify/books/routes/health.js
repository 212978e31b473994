// region deployment
export default async function healthRoutes(fastify) {
  fastify.get('/health', { schema: { hide: true } }, async (request, reply) => {
    try {
      fastify.db.prepare('SELECT id FROM book LIMIT 1').get();
      return { status: 'ok' };
    } catch (err) {
      request.log.error({ err }, 'not healthy');
      return reply.code(503).send({ status: 'unavailable' });
    }
  });
}
// endregion
