import { listBooks } from '../catalogue.js';

// region templates
const query = { type: 'object', properties: { q: { type: 'string', default: '' } } };

export default async function pageRoutes(fastify) {
  fastify.get('/', { schema: { querystring: query, hide: true } }, async (request, reply) => {
    const { q } = request.query;
    const { items } = listBooks(fastify.db, { q }, 100);
    return reply.viewAsync('books.ejs', { books: items, q });
  });
}
// endregion
