// region authentication
import { createHash, timingSafeEqual } from 'node:crypto';
import express from 'express';
import { SignJWT } from 'jose';
import { keyOf, unauthorized } from '../authentication.js';
import { methodNotAllowed } from '../errors.js';
import { jsonBody } from '../json-body.js';
import { credentials } from '../schemas.js';

const digest = (text) => createHash('sha256').update(text).digest();
const equal = (one, other) => timingSafeEqual(digest(one), digest(other));

export const token = express.Router();

token.post('/token', jsonBody(), async (req, res) => {
  const { settings } = req.app.locals;
  const { username, password } = credentials.parse(req.body);
  const known = equal(username, settings.BOOKS_EDITOR);
  if (!equal(password, settings.BOOKS_PASSWORD) || !known) {
    throw unauthorized('The name or the password is wrong.');
  }
  const seconds = settings.BOOKS_TOKEN_SECONDS;
  const access_token = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(username)
    .setExpirationTime(`${seconds} seconds`)
    .sign(keyOf(settings));
  res.json({ access_token, token_type: 'bearer', expires_in: seconds });
});

token.all('/token', methodNotAllowed('POST'));
// endregion
