// region testing
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { build } from '../books/app.js';

const schema = readFileSync(new URL('../books/schema.sql', import.meta.url), 'utf8');

export const book = {
  title: 'The Dispossessed',
  isbn: '978-0-00-000000-2',
  published: '1974-05-01',
  pages: 341,
  author_id: 1,
};

/** The application with a store of its own, which ends with the test `t`. */
export async function start(t) {
  const folder = mkdtempSync(join(tmpdir(), 'books-'));
  const env = {
    BOOKS_DATABASE: join(folder, 'books.db'),
    BOOKS_SECRET: 'a key for tests that is long enough',
    BOOKS_EDITOR: 'ada',
    BOOKS_PASSWORD: 'correct horse',
  };
  const db = new Database(env.BOOKS_DATABASE);
  db.exec(schema).prepare('INSERT INTO author (name) VALUES (?)').run('Ursula K. Le Guin');
  db.close();

  const app = await build({ env });
  t.after(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  const { access_token } = (
    await app.inject({
      method: 'POST',
      url: '/api/token',
      payload: { username: 'ada', password: 'correct horse' },
    })
  ).json();
  const edit = (method, url, payload) =>
    app.inject({ method, url, payload, headers: { authorization: `Bearer ${access_token}` } });

  return { app, edit, env, folder };
}
// endregion
