import { PartialType } from '@nestjs/swagger';
import { Transform, type TransformFnParams, Type } from 'class-transformer';
import {
  IsInt,
  IsISBN,
  IsISO8601,
  IsNotEmpty,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { Author } from './author.entity.js';
import { Book } from './book.entity.js';

// region validation
const trim = ({ value }: TransformFnParams) => (typeof value === 'string' ? value.trim() : value);
const digits = ({ value }: TransformFnParams) =>
  typeof value === 'string' ? value.replace(/(?<=\d)[- ]+(?=\d)/g, '') : value;

class BookFields {
  @Transform(trim)
  @IsString()
  @Length(1, 200)
  title: string;

  @Transform(digits)
  @Matches(/^97[89]\d{10}$/, { message: '$property must have 13 digits after 978 or 979' })
  @IsISBN(13)
  isbn: string;

  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: '$property must be written YYYY-MM-DD' })
  @IsISO8601({ strict: true })
  published: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  pages?: number | null;
}

export class CreateBookDto extends BookFields {
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  author_id: number;
}

export class UpdateBookDto extends PartialType(CreateBookDto, { skipNullProperties: false }) {}
// endregion

// region pagination
export class PageQuery {
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  page: number = 1;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  per_page?: number;
}

export class BookQuery extends PageQuery {
  @IsOptional()
  @IsString()
  q?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  author?: number;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  year?: number;
}
// endregion

export class BookPage {
  items: Book[];
  total: number;
  page: number;
  per_page: number;
}

export class AuthorPage {
  items: Author[];
  total: number;
  page: number;
  per_page: number;
}

// region command-line
export class BookRow extends BookFields {
  @Transform(({ value }) => (value === '' ? null : /^\d+$/.test(value) ? Number(value) : value))
  declare pages?: number | null;

  @IsString()
  @IsNotEmpty()
  author: string;
}
// endregion
