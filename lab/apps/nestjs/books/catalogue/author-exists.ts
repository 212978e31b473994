// region validation
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { Repository } from 'typeorm';
import { Author } from './author.entity.js';

@Injectable()
@ValidatorConstraint({ name: 'authorExists', async: true })
export class AuthorExists implements ValidatorConstraintInterface {
  constructor(@InjectRepository(Author) private readonly authors: Repository<Author>) {}

  async validate(id: unknown): Promise<boolean> {
    return typeof id === 'number' && (await this.authors.existsBy({ id }));
  }

  defaultMessage(): string {
    return '$property must be the id of an author';
  }
}
// endregion
