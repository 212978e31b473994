import { createBook, deleteBook, findBook, listBooks, updateBook } from '../catalogue.js';
import { tidyBody } from '../plugins/validation.js';
import { book, bookId, bookQuery, changes, newBook, pageOf } from '../schemas.js';

const security = [{ bearer: [] }];

export default async function bookRoutes(fastify) {
  const { db, config, authenticate, httpErrors } = fastify;

  // region pagination
  fastify.get(
    '/books',
    { schema: { querystring: bookQuery, response: { 200: pageOf(book) } } },
    async ({ query: { page, per_page = config.BOOKS_PAGE_SIZE, ...filter } }) => {
      return { ...listBooks(db, filter, per_page, (page - 1) * per_page), page, per_page };
    },
  );
  // endregion

  // region routing
  fastify.get(
    '/books/:id',
    { schema: { params: bookId, response: { 200: book } } },
    async (request) => {
      const found = findBook(db, request.params.id);
      if (!found) throw httpErrors.notFound('There is no such book.');
      return found;
    },
  );
  // endregion

  // region validation
  async function checkAuthor({ body: { author_id } }) {
    if (author_id === undefined) return;
    if (db.prepare('SELECT 1 FROM author WHERE id = ?').get(author_id)) return;
    const errors = [{ field: 'author_id', message: 'must be the id of an author' }];
    throw httpErrors.createError(422, 'There is no such author.', { errors });
  }

  fastify.post(
    '/books',
    {
      onRequest: authenticate,
      preValidation: tidyBody,
      preHandler: checkAuthor,
      schema: { body: newBook, response: { 201: book }, security },
    },
    async (request, reply) => {
      const created = createBook(db, request.body);
      request.created = created;
      reply.code(201).header('Location', `/api/books/${created.id}`);
      return created;
    },
  );
  // endregion

  fastify.patch(
    '/books/:id',
    {
      onRequest: authenticate,
      preValidation: tidyBody,
      preHandler: checkAuthor,
      schema: { params: bookId, body: changes, response: { 200: book }, security },
    },
    async (request) => {
      const changed = updateBook(db, request.params.id, request.body);
      if (!changed) throw httpErrors.notFound('There is no such book.');
      return changed;
    },
  );

  fastify.delete(
    '/books/:id',
    { onRequest: authenticate, schema: { params: bookId, security } },
    async (request, reply) => {
      if (!deleteBook(db, request.params.id)) throw httpErrors.notFound('There is no such book.');
      return reply.code(204).send();
    },
  );
}
