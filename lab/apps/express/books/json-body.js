import express from 'express';
import createError from 'http-errors';

function verify(req, res, body) {
  if (body.length === 0) throw createError(400, 'The body must be JSON.');
}

/** Middleware: parses the body; express.json() alone takes an empty one for an empty object. */
export function jsonBody(options) {
  return express.json({ ...options, verify });
}
