import {
  All,
  Controller,
  Get,
  Header,
  MethodNotAllowedException,
  Query,
  Render,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Book } from './book.entity.js';
import { BooksService } from './books.service.js';

@ApiExcludeController()
@Controller()
export class PagesController {
  constructor(private readonly books: BooksService) {}

  // region templates
  @Get()
  @Render('books')
  async index(@Query('q') given: unknown): Promise<{ books: Book[]; q: string }> {
    const q = String(given ?? '');
    const [books] = await this.books.findPage({ q }, 100);
    return { books, q };
  }
  // endregion

  @All()
  @Header('Allow', 'GET, HEAD')
  refuse(): never {
    throw new MethodNotAllowedException();
  }
}
