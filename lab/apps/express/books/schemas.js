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
    .refine((text) => text.isWellFormed(), 'Half of a surrogate pair')
    .refine((text) => [...text].length <= 200, 'Too long: 200 characters at most'),
  isbn: z
    .string()
    .overwrite((text) => text.replace(/(?<=\d)[- ]+(?=\d)/g, ''))
    .refine(isIsbn, 'Not an ISBN-13 with its checksum'),
  published: z.iso.date().regex(/^(?!0000)/, 'There is no year 0'),
  pages: z.int().min(1).nullable(),
};

// Whether an author with this id exists is left to the foreign key.
const book = z.object({ ...fields, author_id: z.int() });

export const newBook = book.extend({ pages: fields.pages.default(null) });
export const changes = book.partial();
export const newBooks = z.array(z.unknown()).max(50_000);
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
  author: z.string().trim().min(1),
});
// endregion
