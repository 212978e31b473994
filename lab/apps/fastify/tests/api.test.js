import assert from 'node:assert/strict';
import { test } from 'node:test';
import { book, start } from './helper.js';

// region testing
test('a book is created and found', async (t) => {
  const { app, edit } = await start(t);
  const created = await edit('POST', '/api/books', book);
  assert.equal(created.statusCode, 201);
  const found = await app.inject(created.headers.location);
  assert.deepEqual(found.json(), created.json());
  assert.equal(found.json().isbn, '9780000000002');
});

test('every broken field is named', async (t) => {
  const { edit } = await start(t);
  const broken = { title: ' ', isbn: '9780000000001', published: '2023-02-29', pages: 0 };
  const answer = await edit('POST', '/api/books', { ...book, ...broken });
  assert.equal(answer.statusCode, 422);
  assert.deepEqual(
    answer.json().errors.map(({ field }) => field),
    Object.keys(broken),
  );
});

test('the author must be known', async (t) => {
  const { edit } = await start(t);
  const answer = await edit('POST', '/api/books', { ...book, author_id: 2 });
  assert.equal(answer.statusCode, 422);
  assert.deepEqual(
    answer.json().errors.map(({ field }) => field),
    ['author_id'],
  );
});

test('a client is told of a creation', async (t) => {
  const { app, edit } = await start(t);
  const socket = await app.injectWS('/live');
  const message = new Promise((resolve) => socket.once('message', resolve));
  const created = await edit('POST', '/api/books', book);
  assert.deepEqual(JSON.parse(await message), { event: 'created', book: created.json() });
  socket.terminate();
});
// endregion

test('writing wants a token', async (t) => {
  const { app } = await start(t);
  const answer = await app.inject({ method: 'POST', url: '/api/books', payload: book });
  assert.equal(answer.statusCode, 401);
  assert.equal(answer.headers['www-authenticate'], 'Bearer');
});

test('the token must be that of the editor', async (t) => {
  const { app } = await start(t);
  const headers = { authorization: `Bearer ${app.jwt.sign({ sub: 'bob' })}` };
  const answer = await app.inject({ method: 'DELETE', url: '/api/books/1', headers });
  assert.equal(answer.statusCode, 401);
});

test('half of a surrogate pair is no title', async (t) => {
  const { edit } = await start(t);
  assert.equal((await edit('POST', '/api/books', { ...book, title: '\ud800' })).statusCode, 422);
});

test('the password must be right', async (t) => {
  const { app } = await start(t);
  const payload = { username: 'ada', password: 'guess' };
  const answer = await app.inject({ method: 'POST', url: '/api/token', payload });
  assert.equal(answer.statusCode, 401);
});

test('an ISBN is taken once', async (t) => {
  const { edit } = await start(t);
  await edit('POST', '/api/books', book);
  assert.equal((await edit('POST', '/api/books', book)).statusCode, 409);
});

test('a part is updated', async (t) => {
  const { edit } = await start(t);
  const { location } = (await edit('POST', '/api/books', book)).headers;
  const changed = (await edit('PATCH', location, { pages: null })).json();
  assert.equal(changed.pages, null);
  assert.equal(changed.title, book.title);
});

test('a deleted book is gone', async (t) => {
  const { app, edit } = await start(t);
  const { location } = (await edit('POST', '/api/books', book)).headers;
  assert.equal((await edit('DELETE', location)).statusCode, 204);
  assert.equal((await app.inject(location)).statusCode, 404);
});

test('an import is stored whole or not at all', async (t) => {
  const { app, edit } = await start(t);
  const unknown = { ...book, isbn: '9780000000019', author_id: 2 };
  const refused = await edit('POST', '/api/books/import', [book, book, unknown]);
  assert.equal(refused.statusCode, 422);
  assert.deepEqual(
    refused.json().errors.map(({ index, field }) => [index, field]),
    [
      [1, 'isbn'],
      [2, 'author_id'],
    ],
  );
  assert.equal((await app.inject('/api/books')).json().total, 0);
  assert.deepEqual((await edit('POST', '/api/books/import', [book])).json(), { imported: 1 });
});

test('wildcards are searched as they are', async (t) => {
  const { app, edit } = await start(t);
  await edit('POST', '/api/books', book);
  assert.equal((await app.inject('/api/books?q=dispo')).json().total, 1);
  assert.equal((await app.inject('/api/books?q=%25')).json().total, 0);
});

test('another method is refused with those that are allowed', async (t) => {
  const { app } = await start(t);
  const answer = await app.inject({ method: 'PUT', url: '/api/books' });
  assert.equal(answer.statusCode, 405);
  assert.equal(answer.headers.allow, 'GET, HEAD, POST');
});
