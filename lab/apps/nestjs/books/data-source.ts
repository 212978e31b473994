// region database
import type { DataSourceOptions } from 'typeorm';
import { Author } from './catalogue/author.entity.js';
import { Book } from './catalogue/book.entity.js';
import { CreateCatalogue1767225600000 } from './migrations/1767225600000-create-catalogue.js';

export function dataSourceOptions(database: string): DataSourceOptions {
  return {
    type: 'better-sqlite3',
    database,
    enableWAL: true,
    timeout: 5000,
    entities: [Author, Book],
    migrations: [CreateCatalogue1767225600000],
  };
}
// endregion
