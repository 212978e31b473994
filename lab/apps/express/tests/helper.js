// region testing
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import request from 'supertest';
import { createApp } from '../books/app.js';
import { openDatabase } from '../books/database.js';
import { readSettings } from '../books/settings.js';

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
  const settings = readSettings(env);
  const db = openDatabase(settings);
  db.exec(schema);
  db.prepare('INSERT INTO author (name) VALUES (?)').run('Ursula K. Le Guin');
  db.close();

  const app = createApp(settings, { logger: pino({ enabled: false }) });
  t.after(() => {
    app.locals.db.close();
    rmSync(folder, { recursive: true });
  });

  const credentials = { username: 'ada', password: 'correct horse' };
  const { body } = await request(app).post('/api/token').send(credentials);
  const editor = request.agent(app).auth(body.access_token, { type: 'bearer' });

  return { client: request(app), editor, env, folder, settings };
}
// endregion
