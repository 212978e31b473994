import { isUtf8 } from 'node:buffer';
import express from 'express';
import createError from 'http-errors';

function verify(req, res, body) {
  if (body.length === 0 || !isUtf8(body)) throw createError(400, 'The body must be JSON in UTF-8.');
}

/** Middleware: parses the body; express.json() alone takes an empty one for an empty object, and replaces what is not UTF-8. */
export function jsonBody(options) {
  return express.json({ ...options, verify });
}
