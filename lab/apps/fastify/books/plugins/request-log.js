// region deployment
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { LogController } from 'fastify';

export function genReqId({ headers }) {
  const given = headers['x-request-id'] ?? '';
  return /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}

/** One line for every request, written when it has been answered. */
class RequestLog extends LogController {
  constructor() {
    super({ requestIdLogLabel: 'request_id' });
  }

  incomingRequest() {}

  requestCompleted(err, request, reply) {
    const path = request.url.split('?', 1)[0];
    const { method } = request;
    const { statusCode: status, elapsedTime: ms } = reply;
    request.log.info({ method, path, status, ms, err: err ?? undefined }, 'request completed');
  }

  streamError(err, request, reply) {
    this.requestCompleted(err, request, reply);
  }
}

export const requestLog = new RequestLog();

/** Answer an address that cannot be decoded, for which no hook is run. */
export function frameworkErrors(err, request, reply) {
  const { statusCode: status, message: detail } = err;
  reply.code(status).header('X-Request-ID', request.id).type('application/problem+json');
  reply.send({ title: STATUS_CODES[status], status, detail });
  requestLog.requestCompleted(null, request, reply);
}
// endregion
