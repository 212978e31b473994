import type { NestExpressApplication } from '@nestjs/platform-express';
import { parse } from 'csv-parse/sync';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FileRecord, TransferService } from '../books/catalogue/transfer.service.js';
import { book, editorOf, start } from './application.js';

let app: NestExpressApplication;

beforeEach(async () => {
  app = await start();
});

afterEach(() => app.close());

function importText(text: string): Promise<void> {
  const records: FileRecord[] = parse(text, { columns: true, info: true });
  return app.get(TransferService).importFile(records);
}

test('the export has the columns of the import', async () => {
  const editor = await editorOf(app);
  const client = request(app.getHttpServer());
  await editor.post('/api/books').send({ ...book, title: 'Two\nlines' });
  const { text } = await client.get('/api/books.csv').expect(200);
  await editor.delete('/api/books/1');
  await importText(text);
  expect((await client.get('/api/books.csv')).text).toBe(text);
});

test('an export that fails before it begins is a problem', async () => {
  await app.get(DataSource).query('DROP TABLE book');
  await request(app.getHttpServer()).get('/api/books.csv').expect(500);
});

test('faults of a file are named by line', async () => {
  const text = 'title,isbn,published,pages,author\nX,123,2024-01-01,,Someone\n';
  await expect(importText(text)).rejects.toThrow(/^line 2: isbn: /);
});
