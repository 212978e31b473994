// region deployment
import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

const logger = new Logger('Request');

/** Middleware: an id for every request, and a line when it has been answered. */
export function requestLog(request: Request, response: Response, next: NextFunction): void {
  const began = performance.now();
  const { method, originalUrl } = request;
  const given = request.get('X-Request-ID') ?? '';
  const request_id = /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();

  response.set('X-Request-ID', request_id);
  response.on('close', () => {
    const [path] = originalUrl.split('?', 1);
    const ms = performance.now() - began;
    logger.log('request completed', { request_id, method, path, status: response.statusCode, ms });
  });
  next();
}
// endregion
