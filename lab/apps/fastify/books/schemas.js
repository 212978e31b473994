import { STATUS_CODES } from 'node:http';

// region validation
const title = { type: 'string', minLength: 1, maxLength: 200, format: 'well-formed' };
const isbn = { type: 'string', format: 'isbn-13' };
const published = { type: 'string', format: 'date', pattern: '^(?!0000)' };
const pages = { type: 'integer', nullable: true, minimum: 1, maximum: Number.MAX_SAFE_INTEGER };

const properties = {
  title,
  isbn,
  published,
  pages,
  author_id: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
};

export const newBook = {
  type: 'object',
  required: ['title', 'isbn', 'published', 'author_id'],
  properties: { ...properties, pages: { ...pages, default: null } },
  additionalProperties: false,
};

export const newBooks = { type: 'array', maxItems: 50_000, items: newBook };

export const changes = { type: 'object', properties, additionalProperties: false };

export const imported = { type: 'object', properties: { imported: { type: 'integer' } } };

export const bookId = {
  type: 'object',
  properties: { id: { type: 'integer', maximum: Number.MAX_SAFE_INTEGER } },
};
// endregion

export const author = {
  type: 'object',
  properties: { id: { type: 'integer' }, name: { type: 'string' } },
};

export const book = {
  type: 'object',
  properties: { id: { type: 'integer' }, title, isbn, published, pages, author },
};

// region errors
const problem = {
  type: 'object',
  properties: {
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          index: { type: 'integer' },
          field: { type: 'string' },
          message: { type: 'string' },
        },
      },
    },
  },
};

/** The answers of a route that are problems. */
export function problems(...statuses) {
  const content = { 'application/problem+json': { schema: problem } };
  return Object.fromEntries(
    statuses.map((status) => [status, { description: STATUS_CODES[status], content }]),
  );
}
// endregion

// region pagination
export const paging = {
  page: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, default: 1 },
  per_page: { type: 'integer', minimum: 1, maximum: 100 },
};

export const bookQuery = {
  type: 'object',
  properties: {
    ...paging,
    q: { type: 'string' },
    author: { type: 'integer' },
    year: { type: 'integer' },
  },
};

export const pageOf = (item) => ({
  type: 'object',
  properties: {
    items: { type: 'array', items: item },
    total: { type: 'integer' },
    page: { type: 'integer' },
    per_page: { type: 'integer' },
  },
});
// endregion

// region command-line
export const row = {
  ...newBook,
  required: ['title', 'isbn', 'published', 'author'],
  properties: { title, isbn, published, pages, author: { type: 'string', minLength: 1 } },
};
// endregion
