import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SignJWT } from 'jose';
import { keyOf } from '../books/authentication.js';
import { book, start } from './helper.js';

// region testing
test('a book is created and found', async (t) => {
  const { client, editor } = await start(t);
  const created = await editor.post('/api/books').send(book).expect(201);
  const found = await client.get(created.headers.location).expect(200);
  assert.deepEqual(found.body, created.body);
  assert.equal(found.body.isbn, '9780000000002');
});

test('every broken field is named', async (t) => {
  const { editor } = await start(t);
  const broken = { title: ' ', isbn: '9780000000001', published: '2023-02-29', pages: 0 };
  const { body } = await editor
    .post('/api/books')
    .send({ ...book, ...broken })
    .expect(422);
  assert.deepEqual(
    body.errors.map(({ field }) => field),
    Object.keys(broken),
  );
});

test('the author must be known', async (t) => {
  const { editor } = await start(t);
  const { body } = await editor
    .post('/api/books')
    .send({ ...book, author_id: 2 })
    .expect(422);
  assert.deepEqual(body.errors, [{ field: 'author_id', message: 'No such author' }]);
});

test('writing wants a token', async (t) => {
  const { client } = await start(t);
  await client.post('/api/books').send(book).expect(401).expect('WWW-Authenticate', 'Bearer');
});
// endregion

test('the token must be that of the editor', async (t) => {
  const { client, settings } = await start(t);
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('bob')
    .setExpirationTime('1 minute')
    .sign(keyOf(settings));
  await client.delete('/api/books/1').auth(token, { type: 'bearer' }).expect(401);
});

test('the password must be right', async (t) => {
  const { client } = await start(t);
  await client.post('/api/token').send({ username: 'ada', password: 'guess' }).expect(401);
});

test('an ISBN is taken once', async (t) => {
  const { editor } = await start(t);
  await editor.post('/api/books').send(book);
  await editor.post('/api/books').send(book).expect(409);
});

test('a part is updated', async (t) => {
  const { editor } = await start(t);
  const { headers } = await editor.post('/api/books').send(book);
  const { body } = await editor.patch(headers.location).send({ pages: null }).expect(200);
  assert.equal(body.pages, null);
  assert.equal(body.title, book.title);
});

test('a deleted book is gone', async (t) => {
  const { client, editor } = await start(t);
  const { headers } = await editor.post('/api/books').send(book);
  await editor.delete(headers.location).expect(204);
  await client.get(headers.location).expect(404);
});

test('an import is stored whole or not at all', async (t) => {
  const { client, editor } = await start(t);
  const unknown = { ...book, isbn: '9780000000019', author_id: 2 };
  const refused = await editor.post('/api/books/import').send([book, book, unknown]).expect(422);
  assert.deepEqual(
    refused.body.errors.map(({ index, field }) => [index, field]),
    [
      [1, 'isbn'],
      [2, 'author_id'],
    ],
  );
  assert.equal((await client.get('/api/books')).body.total, 0);
  await editor.post('/api/books/import').send([book]).expect(201, { imported: 1 });
});

test('wildcards are searched as they are', async (t) => {
  const { client, editor } = await start(t);
  await editor.post('/api/books').send(book);
  assert.equal((await client.get('/api/books?q=dispo')).body.total, 1);
  assert.equal((await client.get('/api/books?q=%25')).body.total, 0);
});

test('another method is refused with those that are allowed', async (t) => {
  const { client } = await start(t);
  await client.put('/api/books').expect(405).expect('Allow', 'GET, HEAD, POST');
});
