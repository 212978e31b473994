import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Author } from './author.entity.js';

export class AuthorStatistics {
  author: Author;
  books: number;
}

@Injectable()
export class AuthorsService {
  constructor(@InjectRepository(Author) private readonly authors: Repository<Author>) {}

  // region pagination
  findPage(limit: number, offset: number): Promise<[Author[], number]> {
    return this.authors.findAndCount({
      order: { name: 'ASC', id: 'ASC' },
      take: limit,
      skip: offset,
    });
  }
  // endregion

  // region database
  async statistics(): Promise<AuthorStatistics[]> {
    const rows = await this.authors
      .createQueryBuilder('author')
      .leftJoin('author.books', 'book')
      .select(['author.id AS id', 'author.name AS name', 'count(book.id) AS books'])
      .groupBy('author.id')
      .orderBy('books', 'DESC')
      .addOrderBy('author.name')
      .getRawMany<{ id: number; name: string; books: number }>();
    return rows.map(({ id, name, books }) => ({ author: { id, name }, books }));
  }
  // endregion
}
