import { pipeline, Readable } from 'node:stream';
import {
  All,
  Body,
  Controller,
  Get,
  Header,
  Logger,
  MethodNotAllowedException,
  Post,
  StreamableFile,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiExcludeEndpoint } from '@nestjs/swagger';
import { stringify } from 'csv-stringify';
import { AuthGuard } from '../auth/auth.guard.js';
import { CreateBookDto } from './book.dto.js';
import { ImportPipe } from './import.pipe.js';
import { TransferService } from './transfer.service.js';

@Controller('api')
export class TransferController {
  private readonly logger = new Logger(TransferController.name);

  constructor(private readonly transfer: TransferService) {}

  // region transaction
  @Post('books/import')
  @ApiBearerAuth()
  @ApiBody({ type: [CreateBookDto] })
  @UseGuards(AuthGuard)
  async importBooks(@Body(ImportPipe) books: CreateBookDto[]): Promise<{ imported: number }> {
    await this.transfer.importBooks(books);
    return { imported: books.length };
  }
  // endregion

  // region streaming
  @Get('books.csv')
  exportBooks(): StreamableFile {
    const columns = ['title', 'isbn', 'published', 'pages', 'author'];
    const options = { record_delimiter: 'windows', quoted_match: /[\r\n]/ };
    const csv = pipeline(
      Readable.from(this.transfer.rows()),
      stringify({ header: true, columns, ...options }),
      (error) => error && this.logger.error(error),
    );
    return new StreamableFile(csv, {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="books.csv"',
    });
  }
  // endregion

  @All('books/import')
  @Header('Allow', 'POST')
  @ApiExcludeEndpoint()
  refuseImport(): never {
    throw new MethodNotAllowedException();
  }

  @All('books.csv')
  @Header('Allow', 'GET, HEAD')
  @ApiExcludeEndpoint()
  refuseExport(): never {
    throw new MethodNotAllowedException();
  }
}
