import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.spec.ts'],
    env: {
      BOOKS_DATABASE: ':memory:',
      BOOKS_SECRET: 'a key for tests that is long enough',
      BOOKS_EDITOR: 'ada',
      BOOKS_PASSWORD: 'correct horse',
    },
  },
});
