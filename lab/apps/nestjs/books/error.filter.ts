// region errors
import { STATUS_CODES } from 'node:http';
import {
  type ArgumentsHost,
  Catch,
  ConflictException,
  type ExceptionFilter,
  HttpException,
  InternalServerErrorException,
  Logger,
  UnprocessableEntityException,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { TAKEN, violationOf } from './catalogue/violations.js';

/** What Express and its middleware throw has a `statusCode`. */
function httpException(exception: unknown): HttpException {
  if (exception instanceof HttpException) return exception;
  const violation = violationOf(exception);
  if (violation === TAKEN) return new ConflictException('Another book has this ISBN.');
  if (violation) return new UnprocessableEntityException({ errors: [violation] });
  const { statusCode = 500, message } = exception as { statusCode?: number; message?: string };
  return statusCode < 500
    ? new HttpException(message ?? '', statusCode)
    : new InternalServerErrorException();
}

/** Answers with problem details below /api, elsewhere with a page. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name);

  catch(exception: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const error = httpException(exception);
    const status = error.getStatus();
    const title = STATUS_CODES[status];

    if (status === 500) this.logger.error(exception);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.status(status);
    if (status === 401) response.set('WWW-Authenticate', 'Bearer');
    if (!/^\/api(\/|$)/.test(request.path)) {
      response.render('error', { status, title });
      return;
    }
    const { errors } = error.getResponse() as { errors?: object[] };
    const detail = errors ? undefined : error.message;
    response.type('application/problem+json').json({ title, status, detail, errors });
  }
}
// endregion
