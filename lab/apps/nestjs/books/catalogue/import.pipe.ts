// region transaction
import { setImmediate } from 'node:timers/promises';
import { Injectable, type PipeTransform, UnprocessableEntityException } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { isObject, validate } from 'class-validator';
import { faults } from '../validation.js';
import { CreateBookDto } from './book.dto.js';

const LONGEST = 50_000;

/** Validates every book of an array, and says at which index a fault is. */
@Injectable()
export class ImportPipe implements PipeTransform<unknown, Promise<CreateBookDto[]>> {
  async transform(value: unknown): Promise<CreateBookDto[]> {
    if (!Array.isArray(value) || value.length > LONGEST) {
      const message = `must be an array of at most ${LONGEST} books`;
      throw new UnprocessableEntityException({ errors: [{ field: '', message }] });
    }
    const books = [];
    const errors = [];
    for (const [index, item] of value.entries()) {
      if (index % 500 === 499) await setImmediate(); // other requests are answered in between
      if (!isObject(item)) {
        errors.push({ index, field: '', message: 'must be a book' });
        continue;
      }
      const book = plainToInstance(CreateBookDto, item);
      const found = await validate(book, { whitelist: true });
      errors.push(...faults(found).map((fault) => ({ index, ...fault })));
      books.push(book);
    }
    if (errors.length > 0) throw new UnprocessableEntityException({ errors });
    return books;
  }
}
// endregion
