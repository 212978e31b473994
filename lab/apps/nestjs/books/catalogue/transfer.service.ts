import { setImmediate } from 'node:timers/promises';
import { Injectable, UnprocessableEntityException } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { DataSource, type EntityManager } from 'typeorm';
import type { FieldError } from '../problem.dto.js';
import { faults } from '../validation.js';
import { Author } from './author.entity.js';
import { BookRow, type CreateBookDto } from './book.dto.js';
import { Book } from './book.entity.js';
import { NO_AUTHOR, TAKEN, violationOf } from './violations.js';

// region command-line
export interface FileRecord {
  record: object;
  info: { lines: number };
}
// endregion

@Injectable()
export class TransferService {
  constructor(private readonly dataSource: DataSource) {}

  // region transaction
  // TypeORM has one SQLite connection, and so one transaction, for all requests;
  // nothing may wait for I/O in here.
  async importBooks(books: CreateBookDto[]): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const errors = await this.conflicts(manager, books);
      // An error that leaves the function rolls the transaction back.
      if (errors.length > 0) throw new UnprocessableEntityException({ errors });
      // One statement: while 50,000 entities are inserted, nobody else would be answered.
      await manager.query(
        `INSERT INTO book (title, isbn, published, pages, author_id)
         SELECT value ->> 'title', value ->> 'isbn', value ->> 'published', value ->> 'pages',
           value ->> 'author_id'
         FROM json_each(?)`,
        [JSON.stringify(books)],
      );
    });
  }

  private async conflicts(manager: EntityManager, books: CreateBookDto[]): Promise<FieldError[]> {
    const authors = new Set((await manager.find(Author)).map(({ id }) => id));
    const stored = await manager.query<{ isbn: string }[]>(
      'SELECT isbn FROM book WHERE isbn IN (SELECT value FROM json_each(?))',
      [JSON.stringify(books.map(({ isbn }) => isbn))],
    );
    const taken = new Set(stored.map(({ isbn }) => isbn));
    const errors: FieldError[] = [];
    for (const [index, { isbn, author_id }] of books.entries()) {
      if (!authors.has(author_id)) errors.push({ index, ...NO_AUTHOR });
      if (taken.has(isbn)) errors.push({ index, ...TAKEN });
      taken.add(isbn);
    }
    return errors;
  }
  // endregion

  // region streaming
  /** The books in the order of their ids, some hundred at a time: the driver has no cursor. */
  async *rows(): AsyncGenerator<Record<string, string | number | null>> {
    let last = 0;
    for (;;) {
      const books = await this.dataSource.manager
        .createQueryBuilder(Book, 'book')
        .innerJoinAndSelect('book.author', 'author')
        .where('book.id > :last', { last })
        .orderBy('book.id')
        .limit(500)
        .getMany();
      if (books.length === 0) return;
      for (const { author, ...fields } of books) yield { ...fields, author: author.name };
      last = books[books.length - 1].id;
      await setImmediate(); // other requests are answered in between
    }
  }
  // endregion

  // region command-line
  /** Store every record of a file; an error, whose message names all faults, rolls it back. */
  async importFile(records: FileRecord[]): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const authors = new Map((await manager.find(Author)).map((author) => [author.name, author]));
      const messages: string[] = [];
      for (const { record, info } of records) {
        const row = plainToInstance(BookRow, record);
        const errors = faults(await validate(row, { whitelist: true }));
        if (errors.length === 0) {
          const { author: name, pages = null, ...fields } = row;
          const author = authors.get(name) ?? (await manager.save(Author, { name }));
          authors.set(name, author);
          try {
            await manager.insert(Book, { ...fields, pages, author });
          } catch (error) {
            const violation = violationOf(error);
            if (!violation) throw error;
            errors.push(violation);
          }
        }
        messages.push(...errors.map((e) => `line ${info.lines}: ${e.field}: ${e.message}`));
      }
      if (messages.length > 0) throw new Error(messages.join('\n'));
    });
  }
  // endregion
}
