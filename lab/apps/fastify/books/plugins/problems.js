// region errors
import { STATUS_CODES } from 'node:http';
import fp from 'fastify-plugin';

/** What a book breaks that only the database knows, by the code of its error. */
export const violations = {
  SQLITE_CONSTRAINT_FOREIGNKEY: { field: 'author_id', message: 'must be the id of an author' },
  SQLITE_CONSTRAINT_UNIQUE: { field: 'isbn', message: 'must be of no other book' },
};

export function fault({ instancePath, params, message }) {
  const [, index, field] = /^(?:\/(\d+))?\/?(.*)$/.exec(instancePath);
  return {
    ...(index && { index: Number(index) }),
    field: params.missingProperty ?? field,
    message,
  };
}

export default fp(async (fastify) => {
  fastify.decorateReply('problem', function (status, members) {
    return this.code(status)
      .type('application/problem+json')
      .send({ title: STATUS_CODES[status], status, ...members });
  });

  fastify.setNotFoundHandler((request, reply) => reply.problem(404));

  fastify.setErrorHandler((err, request, reply) => {
    if (err.validationContext === 'params') return reply.problem(404);
    if (err.validation) return reply.problem(422, { errors: err.validation.map(fault) });
    if (err.code === 'SQLITE_CONSTRAINT_FOREIGNKEY') {
      return reply.problem(422, { errors: [violations[err.code]] });
    }
    if (err.code === 'SQLITE_CONSTRAINT_UNIQUE') {
      return reply.problem(409, { detail: 'Another book has this ISBN.' });
    }
    if (!(err.statusCode < 500)) {
      request.log.error({ err }, 'request failed');
      return reply.problem(500);
    }
    if (err.statusCode === 401) reply.header('WWW-Authenticate', 'Bearer');
    return reply.problem(err.statusCode, { detail: err.message, errors: err.errors });
  });
});
// endregion
