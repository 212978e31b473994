// region errors
import { STATUS_CODES } from 'node:http';
import fp from 'fastify-plugin';

export default fp(async (fastify) => {
  const page = (reply, status) =>
    reply.code(status).viewAsync('error.ejs', { status, title: STATUS_CODES[status] });

  fastify.setNotFoundHandler((request, reply) => page(reply, 404));

  fastify.setErrorHandler((err, request, reply) => {
    if (err.validation) return page(reply, 422);
    if (!(err.statusCode < 500)) request.log.error({ err }, 'request failed');
    return page(reply, err.statusCode ?? 500);
  });
});
// endregion
