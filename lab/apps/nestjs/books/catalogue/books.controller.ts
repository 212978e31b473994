import {
  All,
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  MethodNotAllowedException,
  NotFoundException,
  Param,
  Patch,
  type PipeTransform,
  Post,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { ApiBearerAuth, ApiExcludeEndpoint } from '@nestjs/swagger';
import type { Response } from 'express';
import { AuthGuard } from '../auth/auth.guard.js';
import { ApiProblems } from '../problem.dto.js';
import type { Settings } from '../settings.js';
import { BookPage, BookQuery, CreateBookDto, UpdateBookDto } from './book.dto.js';
import { Book } from './book.entity.js';
import { BooksService } from './books.service.js';

// region routing
/** The number stays a string here: as a number, the validation pipe would take 0x1, too. */
const id: PipeTransform<string, string> = {
  transform(value) {
    if (!/^\d+$/.test(value)) throw new NotFoundException();
    return value;
  },
};
// endregion

@Controller('api/books')
export class BooksController {
  constructor(
    private readonly books: BooksService,
    private readonly config: ConfigService<Settings, true>,
  ) {}

  // region pagination
  @Get()
  @ApiProblems(422)
  async findPage(@Query() query: BookQuery): Promise<BookPage> {
    const { page, per_page = this.config.get('BOOKS_PAGE_SIZE', { infer: true }) } = query;
    const [items, total] = await this.books.findPage(query, per_page, (page - 1) * per_page);
    return { items, total, page, per_page };
  }
  // endregion

  // region validation
  @Post()
  @ApiBearerAuth()
  @ApiProblems(400, 401, 409, 413, 422)
  @UseGuards(AuthGuard)
  async create(
    @Body() fields: CreateBookDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Book> {
    const book = await this.books.create(fields);
    response.location(`/api/books/${book.id}`);
    return book;
  }
  // endregion

  // region routing
  @Get(':id')
  @ApiProblems(404)
  findOne(@Param('id', id) id: string): Promise<Book> {
    return this.books.findOne(Number(id));
  }
  // endregion

  @Patch(':id')
  @ApiBearerAuth()
  @ApiProblems(400, 401, 404, 409, 413, 422)
  @UseGuards(AuthGuard)
  update(@Param('id', id) id: string, @Body() changes: UpdateBookDto): Promise<Book> {
    return this.books.update(Number(id), changes);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiProblems(401, 404)
  @UseGuards(AuthGuard)
  remove(@Param('id', id) id: string): Promise<void> {
    return this.books.remove(Number(id));
  }

  @All()
  @Header('Allow', 'GET, HEAD, POST')
  @ApiExcludeEndpoint()
  refuse(): never {
    throw new MethodNotAllowedException();
  }

  @All(':id')
  @Header('Allow', 'GET, HEAD, PATCH, DELETE')
  @ApiExcludeEndpoint()
  refuseOne(): never {
    throw new MethodNotAllowedException();
  }
}
