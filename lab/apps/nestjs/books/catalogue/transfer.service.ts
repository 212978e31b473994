import { Injectable, UnprocessableEntityException } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { DataSource, QueryFailedError } from 'typeorm';
import { faults } from '../validation.js';
import { Author } from './author.entity.js';
import { BookRow, type CreateBookDto } from './book.dto.js';
import { Book } from './book.entity.js';

export function isUniqueViolation(error: unknown): boolean {
  return error instanceof QueryFailedError && error.driverError.code === 'SQLITE_CONSTRAINT_UNIQUE';
}

// region command-line
export interface FileRecord {
  record: object;
  info: { lines: number };
}

class Rollback extends Error {}
// endregion

@Injectable()
export class TransferService {
  constructor(private readonly dataSource: DataSource) {}

  // region transaction
  // TypeORM has one SQLite connection, and so one transaction, for all requests;
  // nothing may wait for I/O in here.
  async importBooks(books: CreateBookDto[]): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const authors = new Map((await manager.find(Author)).map((author) => [author.id, author]));
      const errors = [];
      for (const [index, { author_id, pages = null, ...fields }] of books.entries()) {
        const author = authors.get(author_id);
        if (!author) {
          errors.push({ index, field: 'author_id', message: 'author_id must be of an author' });
          continue;
        }
        try {
          await manager.insert(Book, { ...fields, pages, author });
        } catch (error) {
          if (!isUniqueViolation(error)) throw error;
          errors.push({ index, field: 'isbn', message: 'isbn must be of no other book' });
        }
      }
      // An error that leaves the function rolls the transaction back.
      if (errors.length > 0) throw new UnprocessableEntityException({ errors });
    });
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
    }
  }
  // endregion

  // region command-line
  /** Store every record of a file, or none; the faults are returned. */
  async importFile(records: FileRecord[]): Promise<string[]> {
    const messages: string[] = [];
    const store = this.dataSource.transaction(async (manager) => {
      for (const { record, info } of records) {
        const row = plainToInstance(BookRow, record);
        const errors = faults(await validate(row, { whitelist: true }));
        if (errors.length === 0) {
          const { author: name, pages = null, ...fields } = row;
          try {
            const known = await manager.findOneBy(Author, { name });
            const author = known ?? (await manager.save(Author, { name }));
            await manager.insert(Book, { ...fields, pages, author });
          } catch (error) {
            if (!isUniqueViolation(error)) throw error;
            errors.push({ field: 'isbn', message: 'isbn must be of no other book' });
          }
        }
        messages.push(...errors.map((e) => `line ${info.lines}: ${e.field}: ${e.message}`));
      }
      if (messages.length > 0) throw new Rollback();
    });
    await store.catch((error) => {
      if (!(error instanceof Rollback)) throw error;
    });
    return messages;
  }
  // endregion
}
