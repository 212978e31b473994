// region command-line
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { parse } from 'csv-parse/sync';
import { AppModule } from './app.module.js';
import { COLUMNS } from './catalogue/book.dto.js';
import { type FileRecord, TransferService } from './catalogue/transfer.service.js';

function read(file: string): FileRecord[] {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  if (text.split(/\r?\n/, 1)[0] !== COLUMNS.join()) {
    throw new Error(`The first line of the file must be ${COLUMNS}.`);
  }
  // A row that is too short lacks fields, which are named like others that are missing.
  const options = { info: true, skip_empty_lines: true, relax_column_count_less: true };
  return parse(text, { columns: true, ...options });
}

const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error'] });
try {
  const records = read(process.argv[2]);
  await app.get(TransferService).importFile(records);
  console.log(`imported ${records.length}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  await app.close();
}
// endregion
