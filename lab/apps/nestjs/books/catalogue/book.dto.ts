import { PartialType } from '@nestjs/swagger';
import { Transform, type TransformFnParams, Type } from 'class-transformer';
import {
  IsInt,
  IsISBN,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateBy,
} from 'class-validator';
import { Author } from './author.entity.js';
import { Book } from './book.entity.js';

// region validation
const trim = ({ value }: TransformFnParams) => (typeof value === 'string' ? value.trim() : value);
const digits = ({ value }: TransformFnParams) =>
  typeof value === 'string' ? value.replace(/(?<=\d)[- ]+(?=\d)/g, '') : value;

/** A day of the calendar, in any year: IsISO8601 knows none before the year 100. */
const IsDay = () =>
  ValidateBy({
    name: 'isDay',
    validator: { validate: isDay, defaultMessage: () => '$property must be a day' },
  });

function isDay(value: unknown): boolean {
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(`${value}T`);
}

class BookFields {
  // Counted in code points; half of a surrogate pair is none.
  @Transform(trim)
  @Matches(/^[^\ud800-\udfff]{1,200}$/u, { message: '$property must have 1 to 200 characters' })
  title: string;

  @Transform(digits)
  @Matches(/^97[89]\d{10}$/, { message: '$property must have 13 digits after 978 or 979' })
  @IsISBN(13)
  isbn: string;

  @Matches(/^(?!0000)\d{4}-\d{2}-\d{2}$/, { message: '$property must be written YYYY-MM-DD' })
  @IsDay()
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

export class Imported {
  imported: number;
}

// region pagination
export class PageQuery {
  @IsOptional()
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
/** The columns of a file, exported or imported. */
export const COLUMNS = ['title', 'isbn', 'published', 'pages', 'author'];

export class BookRow extends BookFields {
  @Transform(({ value }) => (value === '' ? null : /^\d+$/.test(value) ? Number(value) : value))
  declare pages?: number | null;

  @Transform(trim)
  @IsString()
  @IsNotEmpty()
  author: string;
}
// endregion
