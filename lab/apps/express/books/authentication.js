// region authentication
import createError from 'http-errors';
import { jwtVerify } from 'jose';

export const keyOf = (settings) => new TextEncoder().encode(settings.BOOKS_SECRET);

export function unauthorized(message) {
  return createError(401, message, { headers: { 'WWW-Authenticate': 'Bearer' } });
}

/** Middleware: lets nobody pass who has no valid token. */
export async function authenticate(req, res, next) {
  const [, token] = /^Bearer (\S+)$/i.exec(req.get('Authorization') ?? '') ?? [];
  const { settings } = req.app.locals;
  try {
    await jwtVerify(token, keyOf(settings), {
      algorithms: ['HS256'],
      subject: settings.BOOKS_EDITOR,
      requiredClaims: ['exp'],
    });
  } catch {
    throw unauthorized('A valid token is required.');
  }
  next();
}
// endregion
