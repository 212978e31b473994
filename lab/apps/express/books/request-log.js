// region deployment
import { randomUUID } from 'node:crypto';
import { pinoHttp } from 'pino-http';

/** Middleware: an id for every request, and a line when it has been answered. */
export function requestLog(logger) {
  const line = (req, res, { responseTime: ms, err }) => {
    const path = req.originalUrl.split('?', 1)[0];
    return { method: req.method, path, status: res.statusCode, ms, err };
  };

  return pinoHttp({
    logger,
    genReqId(req, res) {
      const given = req.headers['x-request-id'] ?? '';
      const id = /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
      res.setHeader('X-Request-ID', id);
      return id;
    },
    quietReqLogger: true,
    quietResLogger: true,
    customAttributeKeys: { reqId: 'request_id' },
    customSuccessObject: line,
    customErrorObject: (req, res, err, fields) => line(req, res, fields),
  });
}
// endregion
