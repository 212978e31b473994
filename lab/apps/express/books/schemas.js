import { z } from 'zod';

// region validation
function isIsbn(text) {
  if (!/^97[89]\d{10}$/.test(text)) return false;
  const sum = [...text].reduce((sum, digit, index) => sum + digit * (index % 2 ? 3 : 1), 0);
  return sum % 10 === 0;
}

const fields = {
  title: z
    .string()
    .trim()
    .min(1)
    .refine((text) => [...text].length <= 200, 'Too long: 200 characters at most'),
  isbn: z
    .string()
    .overwrite((text) => text.replace(/(?<=\d)[- ]+(?=\d)/g, ''))
    .refine(isIsbn, 'Not an ISBN-13 with its checksum'),
  published: z.iso.date(),
  pages: z.int().min(1).nullable(),
};

/** The schemas of the bodies of requests; those of `db` are the authors that a book may have. */
export function bookSchemas(db) {
  const isAuthor = (id) => db.prepare('SELECT 1 FROM author WHERE id = ?').get(id) !== undefined;
  const author_id = z.int().refine(isAuthor, 'No such author');

  const newBook = z.object({ ...fields, pages: fields.pages.default(null), author_id });
  const newBooks = z.array(newBook).max(50_000);
  const changes = z.object({ ...fields, author_id }).partial();
  return { newBook, newBooks, changes };
}
// endregion

// region authentication
export const credentials = z.object({ username: z.string(), password: z.string() });
// endregion

// region pagination
const number = z
  .string()
  .regex(/^-?\d+$/, 'Not a whole number')
  .transform(Number)
  .pipe(z.int());

export const paging = z.object({
  page: number.pipe(z.int().min(1)).default(1),
  per_page: number.pipe(z.int().min(1).max(100)).optional(),
});

export const bookQuery = paging.extend({
  q: z.string().optional(),
  author: number.optional(),
  year: number.optional(),
});
// endregion

// region command-line
export const row = z.object({
  ...fields,
  pages: z
    .string()
    .regex(/^\d*$/, 'Not a whole number')
    .transform((text) => (text === '' ? null : Number(text)))
    .pipe(fields.pages),
  author: z.string().min(1),
});
// endregion
