import { Injectable, NotFoundException, UnprocessableEntityException } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type SelectQueryBuilder } from 'typeorm';
import { Author } from './author.entity.js';
import type { BookQuery, CreateBookDto, UpdateBookDto } from './book.dto.js';
import { Book } from './book.entity.js';

@Injectable()
export class BooksService {
  constructor(
    @InjectRepository(Book) private readonly books: Repository<Book>,
    @InjectRepository(Author) private readonly authors: Repository<Author>,
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
    const author = await this.findAuthor(author_id);
    const { identifiers } = await this.books.insert({ ...fields, pages, author });
    const book = await this.findOne(identifiers[0].id);
    this.events.emit('book.created', book);
    return book;
  }

  private async findAuthor(id: number): Promise<Author> {
    const author = await this.authors.findOneBy({ id });
    if (author) return author;
    const errors = [{ field: 'author_id', message: 'author_id must be of an author' }];
    throw new UnprocessableEntityException({ errors });
  }
  // endregion

  async update(id: number, { author_id, ...fields }: UpdateBookDto): Promise<Book> {
    const book = await this.findOne(id);
    this.books.merge(book, fields);
    if (author_id) book.author = await this.findAuthor(author_id);
    return this.books.save(book);
  }

  async remove(id: number): Promise<void> {
    const { affected } = await this.books.delete(id);
    if (!affected) throw new NotFoundException('There is no such book.');
  }
}
