import { once } from 'node:events';
import { pipeline, Readable } from 'node:stream';
import {
  All,
  Body,
  Controller,
  Get,
  Header,
  MethodNotAllowedException,
  Post,
  StreamableFile,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiExcludeEndpoint, ApiOkResponse } from '@nestjs/swagger';
import { stringify } from 'csv-stringify';
import { AuthGuard } from '../auth/auth.guard.js';
import { ApiProblems } from '../problem.dto.js';
import { COLUMNS, CreateBookDto, Imported } from './book.dto.js';
import { ImportPipe } from './import.pipe.js';
import { TransferService } from './transfer.service.js';

@Controller('api')
export class TransferController {
  constructor(private readonly transfer: TransferService) {}

  // region transaction
  @Post('books/import')
  @ApiBearerAuth()
  @ApiBody({ type: [CreateBookDto] })
  @ApiProblems(400, 401, 413, 422)
  @UseGuards(AuthGuard)
  async importBooks(@Body(ImportPipe) books: CreateBookDto[]): Promise<Imported> {
    await this.transfer.importBooks(books);
    return { imported: books.length };
  }
  // endregion

  // region streaming
  @Get('books.csv')
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  async exportBooks(): Promise<StreamableFile> {
    const options = { columns: COLUMNS, record_delimiter: 'windows', quoted_match: /[\r\n]/ };
    const csv = pipeline(
      Readable.from(this.transfer.rows()),
      stringify({ header: true, ...options }),
      () => {}, // Nest logs the error of a stream that breaks
    );
    await once(csv, 'readable'); // what fails before the first row is a problem, not a broken file
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
