// region deployment
import {
  All,
  Controller,
  Get,
  Header,
  Logger,
  MethodNotAllowedException,
  ServiceUnavailableException,
} from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Book } from './catalogue/book.entity.js';

@Controller('health')
export class HealthController {
  private readonly logger = new Logger(HealthController.name);

  constructor(private readonly dataSource: DataSource) {}

  @Get()
  async check(): Promise<{ status: string }> {
    try {
      await this.dataSource.manager.find(Book, { select: { id: true }, take: 1 });
    } catch (error) {
      this.logger.error(error);
      throw new ServiceUnavailableException();
    }
    return { status: 'ok' };
  }

  @All()
  @Header('Allow', 'GET, HEAD')
  @ApiExcludeEndpoint()
  refuse(): never {
    throw new MethodNotAllowedException();
  }
}
// endregion
