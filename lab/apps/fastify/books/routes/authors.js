import { listAuthors, statistics } from '../catalogue.js';
import { author, pageOf, paging, problems } from '../schemas.js';

export default async function authorRoutes(fastify) {
  const { db, config } = fastify;

  // region pagination
  fastify.get(
    '/authors',
    {
      schema: {
        querystring: { type: 'object', properties: paging },
        response: { 200: pageOf(author), ...problems(422) },
      },
    },
    async ({ query: { page, per_page = config.BOOKS_PAGE_SIZE } }) => {
      return { ...listAuthors(db, per_page, (page - 1) * per_page), page, per_page };
    },
  );
  // endregion

  // region database
  const row = { type: 'object', properties: { author, books: { type: 'integer' } } };

  fastify.get(
    '/statistics',
    { schema: { response: { 200: { type: 'array', items: row } } } },
    async () => statistics(db),
  );
  // endregion
}
