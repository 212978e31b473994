import { JwtService } from '@nestjs/jwt';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { book, editorOf, start } from './application.js';

// region testing
let app: NestExpressApplication;
let client: ReturnType<typeof request>;
let editor: Awaited<ReturnType<typeof editorOf>>;

beforeEach(async () => {
  app = await start();
  client = request(app.getHttpServer());
  editor = await editorOf(app);
});

afterEach(() => app.close());

test('a book is created and found', async () => {
  const created = await editor.post('/api/books').send(book).expect(201);
  const found = await client.get(created.headers.location).expect(200);
  expect(found.body).toEqual(created.body);
  expect(found.body.isbn).toBe('9780000000002');
});

test('every broken field is named', async () => {
  const broken = { title: ' ', isbn: '9780000000001', published: '2023-02-29', pages: 0 };
  const { body } = await editor
    .post('/api/books')
    .send({ ...book, ...broken })
    .expect(422);
  const fields = body.errors.map(({ field }: { field: string }) => field);
  expect(fields.sort()).toEqual(Object.keys(broken).sort());
});

test('the author must be known', async () => {
  const { body } = await editor
    .post('/api/books')
    .send({ ...book, author_id: 2 })
    .expect(422);
  expect(body.errors).toMatchObject([{ field: 'author_id' }]);
});
// endregion

test('writing wants a token', async () => {
  await client.post('/api/books').send(book).expect(401).expect('WWW-Authenticate', 'Bearer');
});

test('the token must be that of the editor', async () => {
  const token = await app.get(JwtService).signAsync({ sub: 'bob' });
  await client.delete('/api/books/1').auth(token, { type: 'bearer' }).expect(401);
});

test('what is nested too deeply is no book', async () => {
  const nested = `${'[{"title":'.repeat(50)}1${'}]'.repeat(50)}`;
  const request = editor.post('/api/books').type('application/json');
  await request.send(nested).expect(400);
  await editor.post('/api/books/import').send([[], 1]).expect(422);
});

test('half of a surrogate pair is no title', async () => {
  await editor
    .post('/api/books')
    .send({ ...book, title: '\ud800' })
    .expect(422);
});

test('the password must be right', async () => {
  await client.post('/api/token').send({ username: 'ada', password: 'guess' }).expect(401);
});

test('an ISBN is taken once', async () => {
  await editor.post('/api/books').send(book);
  await editor.post('/api/books').send(book).expect(409);
});

test('a part is updated', async () => {
  const { headers } = await editor.post('/api/books').send(book);
  const { body } = await editor.patch(headers.location).send({ pages: null }).expect(200);
  expect(body).toMatchObject({ pages: null, title: book.title });
  await editor.patch(headers.location).send({ title: null }).expect(422);
});

test('a deleted book is gone', async () => {
  const { headers } = await editor.post('/api/books').send(book);
  await editor.delete(headers.location).expect(204);
  await client.get(headers.location).expect(404);
});

test('an import is stored whole or not at all', async () => {
  const unknown = { ...book, isbn: '9780000000019', author_id: 2 };
  const refused = await editor.post('/api/books/import').send([book, book, unknown]).expect(422);
  expect(refused.body.errors).toMatchObject([
    { index: 1, field: 'isbn' },
    { index: 2, field: 'author_id' },
  ]);
  expect((await client.get('/api/books')).body.total).toBe(0);
  await editor.post('/api/books/import').send([book]).expect(201, { imported: 1 });
});

test('wildcards are searched as they are', async () => {
  await editor.post('/api/books').send(book);
  expect((await client.get('/api/books?q=dispo')).body.total).toBe(1);
  expect((await client.get('/api/books?q=%25')).body.total).toBe(0);
});

test('another method is refused with those that are allowed', async () => {
  await client.put('/api/books').expect(405).expect('Allow', 'GET, HEAD, POST');
});

test('markup is escaped', async () => {
  const { text } = await client.get('/?q=%22%3E%3Cscript%3E').expect(200);
  expect(text).not.toContain('<script>');
  expect(text).toContain('value="&quot;&gt;&lt;script&gt;"');
});

test('only an import may be large', async () => {
  const title = 'x'.repeat(200_000);
  await client.post('/api/token').send({ username: title, password: '' }).expect(413);
  await editor
    .post('/api/books/import')
    .send([{ ...book, title }])
    .expect(422);
});
