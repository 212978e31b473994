import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { book, start } from './helper.js';

function importFile(env, file) {
  return spawnSync(process.execPath, ['books/import.js', file], { env, encoding: 'utf8' });
}

test('markup is escaped', async (t) => {
  const { client } = await start(t);
  const { text } = await client.get('/?q=%22%3E%3Cscript%3E').expect(200);
  assert.ok(!text.includes('<script>'));
  assert.ok(text.includes('value="&#34;&gt;&lt;script&gt;"'));
});

test('the export has the columns of the import', async (t) => {
  const { client, editor, env, folder } = await start(t);
  await editor.post('/api/books').send({ ...book, title: 'Two\nlines' });
  const exported = (await client.get('/api/books.csv')).text;
  await editor.delete('/api/books/1');
  const file = join(folder, 'books.csv');
  writeFileSync(file, exported);
  const done = importFile(env, file);
  assert.deepEqual([done.status, done.stdout, done.stderr], [0, 'imported 1\n', '']);
  assert.equal((await client.get('/api/books.csv')).text, exported);
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
