import { All, Controller, Get, Header, MethodNotAllowedException, Query } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { ApiProblems } from '../problem.dto.js';
import type { Settings } from '../settings.js';
import { AuthorsService, AuthorStatistics } from './authors.service.js';
import { AuthorPage, PageQuery } from './book.dto.js';

@Controller('api')
export class AuthorsController {
  constructor(
    private readonly authors: AuthorsService,
    private readonly config: ConfigService<Settings, true>,
  ) {}

  // region pagination
  @Get('authors')
  @ApiProblems(422)
  async findPage(@Query() query: PageQuery): Promise<AuthorPage> {
    const { page, per_page = this.config.get('BOOKS_PAGE_SIZE', { infer: true }) } = query;
    const [items, total] = await this.authors.findPage(per_page, (page - 1) * per_page);
    return { items, total, page, per_page };
  }
  // endregion

  // region database
  @Get('statistics')
  statistics(): Promise<AuthorStatistics[]> {
    return this.authors.statistics();
  }
  // endregion

  @All(['authors', 'statistics'])
  @Header('Allow', 'GET, HEAD')
  @ApiExcludeEndpoint()
  refuse(): never {
    throw new MethodNotAllowedException();
  }
}
