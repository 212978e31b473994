// region errors
import { STATUS_CODES } from 'node:http';
import createError from 'http-errors';
import { ZodError } from 'zod';

/** What a book breaks that only the database knows, by the code of its error. */
export const violations = {
  SQLITE_CONSTRAINT_FOREIGNKEY: { field: 'author_id', message: 'No such author' },
  SQLITE_CONSTRAINT_UNIQUE: { field: 'isbn', message: 'Another book has this ISBN' },
};

export function faults({ issues }) {
  return issues.map(({ path: [field = ''], message }) => ({ field, message }));
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
  if (err instanceof ZodError) return problem(res, 422, { errors: faults(err) });
  if (err.code === 'SQLITE_CONSTRAINT_UNIQUE') {
    return problem(res, 409, { detail: violations[err.code].message });
  }
  if (err.code === 'SQLITE_CONSTRAINT_FOREIGNKEY') {
    return problem(res, 422, { errors: [violations[err.code]] });
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
