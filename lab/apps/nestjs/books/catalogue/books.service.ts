import { Injectable, NotFoundException } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type SelectQueryBuilder } from 'typeorm';
import type { BookQuery, CreateBookDto, UpdateBookDto } from './book.dto.js';
import { Book } from './book.entity.js';

@Injectable()
export class BooksService {
  constructor(
    @InjectRepository(Book) private readonly books: Repository<Book>,
    private readonly events: EventEmitter2,
  ) {}

  // region routing
  async findOne(id: number): Promise<Book> {
    const book = await this.books.findOne({ where: { id }, relations: { author: true } });
    if (!book) throw new NotFoundException('There is no such book.');
    return book;
  }
  // endregion

  // region pagination
  findPage(query: Partial<BookQuery>, limit: number, offset = 0): Promise<[Book[], number]> {
    const found = this.withAuthors().orderBy('book.title').addOrderBy('book.id');
    if (query.q) {
      const q = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`;
      found.andWhere(`book.title LIKE :q ESCAPE '\\'`, { q });
    }
    if (query.author !== undefined) {
      found.andWhere('book.author_id = :author', { author: query.author });
    }
    if (query.year !== undefined) {
      found.andWhere('CAST(substr(book.published, 1, 4) AS INTEGER) = :year', { year: query.year });
    }
    return found.limit(limit).offset(offset).getManyAndCount();
  }

  private withAuthors(): SelectQueryBuilder<Book> {
    return this.books.createQueryBuilder('book').innerJoinAndSelect('book.author', 'author');
  }
  // endregion

  // region validation
  async create({ author_id, pages = null, ...fields }: CreateBookDto): Promise<Book> {
    // Whether there is such an author is left to the foreign key.
    const author = { id: author_id };
    const { identifiers } = await this.books.insert({ ...fields, pages, author });
    const book = await this.findOne(identifiers[0].id);
    this.events.emit('book.created', book);
    return book;
  }
  // endregion

  async update(id: number, { author_id, ...fields }: UpdateBookDto): Promise<Book> {
    const book = this.books.merge(await this.findOne(id), fields);
    const author = { id: author_id ?? book.author.id };
    await this.books.update(id, { ...book, author });
    return this.findOne(id);
  }

  async remove(id: number): Promise<void> {
    const { affected } = await this.books.delete(id);
    if (!affected) throw new NotFoundException('There is no such book.');
  }
}
