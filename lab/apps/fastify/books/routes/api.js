import authorRoutes from './authors.js';
import bookRoutes from './books.js';
import tokenRoutes from './token.js';
import transferRoutes from './transfer.js';
import problems from '../plugins/problems.js';

// region routing
export default async function api(fastify) {
  const allowed = {};
  fastify.addHook('onRoute', ({ url, method }) => {
    allowed[url] = [...(allowed[url] ?? []), method].flat();
  });

  await fastify.register(problems);
  await fastify.register(tokenRoutes);
  await fastify.register(authorRoutes);
  await fastify.register(bookRoutes);
  await fastify.register(transferRoutes);

  // Without these the other methods of an address would be answered with 404.
  for (const [url, methods] of Object.entries(allowed)) {
    fastify.route({
      url: url.slice(fastify.prefix.length),
      method: fastify.supportedMethods.filter((method) => !methods.includes(method)),
      schema: { hide: true },
      onRequest: async (request, reply) => {
        reply.header('Allow', methods.join(', '));
        throw fastify.httpErrors.methodNotAllowed();
      },
      handler: () => {},
    });
  }
}
// endregion
