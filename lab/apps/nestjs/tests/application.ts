// region testing
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { AppModule } from '../books/app.module.js';
import { setUp } from '../books/app.setup.js';
import { Author } from '../books/catalogue/author.entity.js';

export const book = {
  title: 'The Dispossessed',
  isbn: '978-0-00-000000-2',
  published: '1974-05-01',
  pages: 341,
  author_id: 1,
};

/** The application with an empty store in memory. */
export async function start(): Promise<NestExpressApplication> {
  const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
  const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false });
  app.useLogger(false);
  await setUp(app).init();

  const dataSource = app.get(DataSource);
  await dataSource.runMigrations();
  await dataSource.manager.insert(Author, { name: 'Ursula K. Le Guin' });
  return app;
}

/** A client with a token. */
export async function editorOf(app: NestExpressApplication) {
  const { body } = await request(app.getHttpServer())
    .post('/api/token')
    .send({ username: 'ada', password: 'correct horse' });
  return request.agent(app.getHttpServer()).auth(body.access_token, { type: 'bearer' });
}
// endregion
