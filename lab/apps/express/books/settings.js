// region configuration
import { z } from 'zod';

const schema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().default(3000),
  BOOKS_DATABASE: z.string().min(1),
  BOOKS_SECRET: z.string().min(32),
  BOOKS_EDITOR: z.string().min(1),
  BOOKS_PASSWORD: z.string().min(1),
  BOOKS_TOKEN_SECONDS: z.coerce.number().int().min(1).default(3600),
  BOOKS_PAGE_SIZE: z.coerce.number().int().min(1).max(100).default(20),
  BOOKS_WEBHOOK: z.url({ protocol: /^https?$/ }).optional(),
});

export function readSettings(env = process.env) {
  const { success, data, error } = schema.safeParse(env);
  if (success) return data;
  console.error(z.prettifyError(error));
  process.exit(1);
}
// endregion
