// region validation
const title = { type: 'string', minLength: 1, maxLength: 200 };
const isbn = { type: 'string', format: 'isbn-13' };
const published = { type: 'string', format: 'date' };
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
