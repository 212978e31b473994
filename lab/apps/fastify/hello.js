// region first-response
import Fastify from 'fastify';

const fastify = Fastify({ logger: true });

fastify.get('/', async () => {
  return 'Hello, world!';
});

try {
  await fastify.listen({ host: process.env.HOST, port: process.env.PORT });
} catch (err) {
  fastify.log.error(err);
  process.exit(1);
}
// endregion
