// region validation
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import fp from 'fastify-plugin';

export function isIsbn(text) {
  if (!/^97[89]\d{10}$/.test(text)) return false;
  const sum = [...text].reduce((sum, digit, index) => sum + digit * (index % 2 ? 3 : 1), 0);
  return sum % 10 === 0;
}

export default fp(async (fastify) => {
  const compiler = (options) => {
    const ajv = new Ajv({ allErrors: true, useDefaults: true, removeAdditional: true, ...options });
    addFormats(ajv, ['date']);
    ajv.addFormat('isbn-13', isIsbn);
    return ajv;
  };

  // Everything in an address is text and is converted; a body has types of its own.
  const converting = compiler({ coerceTypes: true });
  const strict = compiler({ coerceTypes: false });

  fastify.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === 'body' ? strict : converting).compile(schema),
  );
});

/** Remove the blanks around a title, and what separates the digits of an ISBN. */
export function tidy(book) {
  if (typeof book?.title === 'string') book.title = book.title.trim();
  if (typeof book?.isbn === 'string') book.isbn = book.isbn.replace(/(?<=\d)[- ]+(?=\d)/g, '');
}

export async function tidyBody({ body }) {
  if (Array.isArray(body)) body.forEach(tidy);
  else tidy(body);
}
// endregion
