import { createBook, deleteBook, findBook, listBooks, updateBook } from '../catalogue.js';
import { tidyBody } from '../plugins/validation.js';
import { book, bookId, bookQuery, changes, newBook, pageOf, problems } from '../schemas.js';

const security = [{ bearer: [] }];

export default async function bookRoutes(fastify) {
  const { db, config, authenticate, httpErrors } = fastify;

  // region pagination
  fastify.get(
    '/books',
    { schema: { querystring: bookQuery, response: { 200: pageOf(book), ...problems(422) } } },
    async ({ query: { page, per_page = config.BOOKS_PAGE_SIZE, ...filter } }) => {
      return { ...listBooks(db, filter, per_page, (page - 1) * per_page), page, per_page };
    },
  );
  // endregion

  // region routing
  fastify.get(
    '/books/:id(\\d+)',
    { schema: { params: bookId, response: { 200: book, ...problems(404) } } },
    async (request) => {
      const found = findBook(db, request.params.id);
      if (!found) throw httpErrors.notFound('There is no such book.');
      return found;
    },
  );
  // endregion

  // region validation
  fastify.post(
    '/books',
    {
      onRequest: authenticate,
      preValidation: tidyBody,
      schema: {
        body: newBook,
        response: { 201: book, ...problems(400, 401, 409, 413, 415, 422) },
        security,
      },
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
    '/books/:id(\\d+)',
    {
      onRequest: authenticate,
      preValidation: tidyBody,
      schema: {
        params: bookId,
        body: changes,
        response: { 200: book, ...problems(400, 401, 404, 409, 413, 415, 422) },
        security,
      },
    },
    async (request) => {
      const changed = updateBook(db, request.params.id, request.body);
      if (!changed) throw httpErrors.notFound('There is no such book.');
      return changed;
    },
  );

  fastify.delete(
    '/books/:id(\\d+)',
    {
      onRequest: authenticate,
      schema: {
        params: bookId,
        response: { 204: { type: 'null', description: 'Deleted' }, ...problems(401, 404) },
        security,
      },
    },
    async (request, reply) => {
      if (!deleteBook(db, request.params.id)) throw httpErrors.notFound('There is no such book.');
      return reply.code(204).send();
    },
  );
}
