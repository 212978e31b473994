// region validation
import { isUtf8 } from 'node:buffer';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fp from 'fastify-plugin';

function isIsbn(text) {
  if (!/^97[89]\d{10}$/.test(text)) return false;
  const sum = [...text].reduce((sum, digit, index) => sum + digit * (index % 2 ? 3 : 1), 0);
  return sum % 10 === 0;
}

export default fp(async (fastify) => {
  const compiler = (options) => {
    const ajv = new Ajv({ allErrors: true, useDefaults: true, removeAdditional: true, ...options });
    addFormats(ajv, ['date']);
    ajv.addFormat('isbn-13', isIsbn);
    ajv.addFormat('well-formed', (text) => text.isWellFormed());
    return ajv;
  };

  // Everything in an address is text and is converted; a body has types of its own.
  const converting = compiler({ coerceTypes: true });
  const strict = compiler({ coerceTypes: false });

  fastify.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === 'body' ? strict : converting).compile(schema),
  );

  // Fastify's own parser replaces what is not UTF-8.
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (!isUtf8(body)) return done(fastify.httpErrors.badRequest('The body must be in UTF-8.'));
    parse(request, body.toString(), done);
  });
});

/** Remove the blanks around names, and what separates the digits of an ISBN. */
export function tidy(book) {
  if (typeof book?.title === 'string') book.title = book.title.trim();
  if (typeof book?.author === 'string') book.author = book.author.trim();
  if (typeof book?.isbn === 'string') book.isbn = book.isbn.replace(/(?<=\d)[- ]+(?=\d)/g, '');
}

export async function tidyBody({ body }) {
  if (Array.isArray(body)) body.forEach(tidy);
  else tidy(body);
}
// endregion
