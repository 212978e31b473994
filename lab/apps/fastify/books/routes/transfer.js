import { pipeline, Readable } from 'node:stream';
import Database from 'better-sqlite3';
import { stringify } from 'csv-stringify';
import { INSERT } from '../catalogue.js';
import { tidyBody } from '../plugins/validation.js';
import { newBooks } from '../schemas.js';

export default async function transferRoutes(fastify) {
  const { db, config, authenticate, httpErrors } = fastify;

  // region transaction
  const faults = {
    SQLITE_CONSTRAINT_UNIQUE: { field: 'isbn', message: 'must be of no other book' },
    SQLITE_CONSTRAINT_FOREIGNKEY: { field: 'author_id', message: 'must be the id of an author' },
  };

  fastify.post(
    '/books/import',
    {
      bodyLimit: 64 * 1024 * 1024,
      onRequest: authenticate,
      preValidation: tidyBody,
      schema: { body: newBooks, security: [{ bearer: [] }] },
    },
    async (request, reply) => {
      const insert = db.prepare(INSERT);
      const store = db.transaction((books) => {
        const errors = [];
        for (const [index, book] of books.entries()) {
          try {
            insert.run(book);
          } catch (err) {
            if (!(err.code in faults)) throw err;
            errors.push({ index, ...faults[err.code] });
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
  function* rows() {
    const reader = new Database(config.BOOKS_DATABASE, { readonly: true });
    try {
      yield* reader
        .prepare(
          `SELECT title, isbn, published, pages, author.name AS author
           FROM book JOIN author ON author.id = author_id ORDER BY book.id`,
        )
        .iterate();
    } finally {
      reader.close();
    }
  }

  fastify.get('/books.csv', async (request, reply) => {
    const columns = ['title', 'isbn', 'published', 'pages', 'author'];
    const csv = stringify({
      header: true,
      columns,
      record_delimiter: 'windows',
      quoted_match: /[\r\n]/,
    });
    reply.type('text/csv; charset=utf-8');
    reply.header('Content-Disposition', 'attachment; filename="books.csv"');
    return pipeline(Readable.from(rows()), csv, (err) => {
      if (err) request.log.error({ err }, 'export failed');
    });
  });
  // endregion
}
