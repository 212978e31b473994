// region routing
/** Register routes; other methods of their addresses are answered with 405, not with 404. */
export default async function methodNotAllowed(fastify, { routes }) {
  const allowed = {};
  fastify.addHook('onRoute', ({ url, method }) => {
    allowed[url] = [...(allowed[url] ?? []), method].flat();
  });

  for (const plugin of routes) await fastify.register(plugin);

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
