import { pipeline, Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { stringify } from 'csv-stringify';
import { COLUMNS, INSERT } from '../catalogue.js';
import { violations } from '../plugins/problems.js';
import { tidyBody } from '../plugins/validation.js';
import { imported, newBooks, problems } from '../schemas.js';

export default async function transferRoutes(fastify) {
  const { db, config, authenticate, httpErrors } = fastify;

  // region transaction
  fastify.post(
    '/books/import',
    {
      bodyLimit: 64 * 1024 * 1024,
      onRequest: authenticate,
      preValidation: tidyBody,
      schema: {
        body: newBooks,
        response: { 201: imported, ...problems(400, 401, 413, 415, 422) },
        security: [{ bearer: [] }],
      },
    },
    async (request, reply) => {
      await setImmediate(); // others are answered between validation and storage
      const insert = db.prepare(INSERT);
      // Transactions are synchronous: other requests use the same connection.
      const store = db.transaction((books) => {
        const errors = [];
        for (const [index, book] of books.entries()) {
          try {
            insert.run(book);
          } catch (err) {
            if (!(err.code in violations)) throw err;
            errors.push({ index, ...violations[err.code] });
          }
        }
        // An error that leaves the function rolls the transaction back.
        if (errors.length > 0) throw httpErrors.createError(422, 'Nothing was stored.', { errors });
      });
      store.immediate(request.body);
      return reply.code(201).send({ imported: request.body.length });
    },
  );
  // endregion

  // region streaming
  // A connection of its own: while rows are read, nothing can be written by the same one.
  async function* rows() {
    const reader = new Database(config.BOOKS_DATABASE, { readonly: true });
    try {
      const select = reader.prepare(
        `SELECT title, isbn, published, pages, author.name AS author
         FROM book JOIN author ON author.id = author_id ORDER BY book.id`,
      );
      let count = 0;
      for (const row of select.iterate()) {
        if (++count % 500 === 0) await setImmediate(); // others are answered in between
        yield row;
      }
    } finally {
      reader.close();
    }
  }

  const csv = { description: 'All books', content: { 'text/csv': { schema: { type: 'string' } } } };

  fastify.get('/books.csv', { schema: { response: { 200: csv } } }, async (request, reply) => {
    const options = { columns: COLUMNS, record_delimiter: 'windows', quoted_match: /[\r\n]/ };
    reply.type('text/csv; charset=utf-8');
    reply.header('Content-Disposition', 'attachment; filename="books.csv"');
    // Fastify logs the error of a stream that breaks.
    return pipeline(Readable.from(rows()), stringify({ header: true, ...options }), () => {});
  });
  // endregion
}
