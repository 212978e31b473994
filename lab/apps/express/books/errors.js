// region errors
import { STATUS_CODES } from 'node:http';
import createError from 'http-errors';
import { ZodError } from 'zod';

function fault({ path, message }) {
  const [index, field = ''] = typeof path[0] === 'number' ? path : [undefined, ...path];
  return { index, field, message };
}

function problem(res, status, members) {
  const body = { title: STATUS_CODES[status], status, ...members };
  res.status(status).type('application/problem+json').json(body);
}

export function notFound(req, res, next) {
  next(createError(404));
}

export function methodNotAllowed(...methods) {
  const headers = { Allow: methods.join(', ') };
  return (req, res, next) => next(createError(405, { headers }));
}

/** The error handler of the API; it answers with problem details. */
export function problems(err, req, res, next) {
  if (res.headersSent) return next(err);
  if (err instanceof ZodError) return problem(res, 422, { errors: err.issues.map(fault) });
  if (err.code === 'SQLITE_CONSTRAINT_UNIQUE') {
    return problem(res, 409, { detail: 'Another book has this ISBN.' });
  }
  if (!(err.status < 500)) {
    res.err = err; // for the request log
    return problem(res, 500);
  }
  res.set(err.headers ?? {});
  return problem(res, err.status, { detail: err.message, errors: err.errors });
}

/** The error handler of everything else; it answers with a page. */
export function errorPages(err, req, res, next) {
  if (res.headersSent) return next(err);
  const status = err.status < 500 ? err.status : 500;
  if (status === 500) res.err = err;
  return res.status(status).render('error', { status, title: STATUS_CODES[status] });
}
// endregion
