import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { book, start } from './helper.js';

function importFile(env, file) {
  return spawnSync(process.execPath, ['books/import.js', file], { env, encoding: 'utf8' });
}

test('markup is escaped', async (t) => {
  const { app } = await start(t);
  const { body } = await app.inject('/?q=%22%3E%3Cscript%3E');
  assert.ok(!body.includes('<script>'));
  assert.ok(body.includes('value="&#34;&gt;&lt;script&gt;"'));
});

test('the export has the columns of the import', async (t) => {
  const { app, edit, env, folder } = await start(t);
  await edit('POST', '/api/books', { ...book, title: 'Two\nlines' });
  const exported = (await app.inject('/api/books.csv')).body;
  await edit('DELETE', '/api/books/1');
  const file = join(folder, 'books.csv');
  writeFileSync(file, exported);
  const done = importFile(env, file);
  assert.deepEqual([done.status, done.stdout, done.stderr], [0, 'imported 1\n', '']);
  assert.equal((await app.inject('/api/books.csv')).body, exported);
});

test('a file with other columns is refused', async (t) => {
  const { env, folder } = await start(t);
  const file = join(folder, 'books.csv');
  writeFileSync(file, 'name,year\nX,2024\n');
  const done = importFile(env, file);
  assert.deepEqual([done.status, done.stdout], [1, '']);
  assert.match(done.stderr, /^The first line of the file must be title,/);
});

test('faults of a file are named by line', async (t) => {
  const { env, folder } = await start(t);
  const file = join(folder, 'books.csv');
  writeFileSync(file, 'title,isbn,published,pages,author\nX,123,2024-01-01,,Someone\n');
  const done = importFile(env, file);
  assert.equal(done.status, 1);
  assert.match(done.stderr, /^line 2: isbn: /);
});

test('a broken store is not healthy', async (t) => {
  const { app, env } = await start(t);
  assert.deepEqual((await app.inject('/health')).json(), { status: 'ok' });
  const db = new Database(env.BOOKS_DATABASE);
  db.exec('DROP TABLE book').close();
  assert.equal((await app.inject('/health')).statusCode, 503);
  assert.equal((await app.inject('/api/authors')).statusCode, 200);
});
