import authorRoutes from './authors.js';
import bookRoutes from './books.js';
import tokenRoutes from './token.js';
import transferRoutes from './transfer.js';
import methodNotAllowed from '../plugins/method-not-allowed.js';
import problems from '../plugins/problems.js';

// region routing
export default async function api(fastify) {
  await fastify.register(problems);
  await fastify.register(methodNotAllowed, {
    routes: [tokenRoutes, authorRoutes, bookRoutes, transferRoutes],
  });
}
// endregion
