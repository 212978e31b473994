// region command-line
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { parse } from 'csv-parse/sync';
import { AppModule } from './app.module.js';
import { type FileRecord, TransferService } from './catalogue/transfer.service.js';

const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error'] });
try {
  const records: FileRecord[] = parse(readFileSync(process.argv[2]), {
    columns: true,
    bom: true,
    info: true,
    skip_empty_lines: true,
    relax_column_count: true,
  });
  const faults = await app.get(TransferService).importFile(records);
  if (faults.length > 0) {
    console.error(faults.join('\n'));
    process.exitCode = 1;
  } else {
    console.log(`imported ${records.length}`);
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  await app.close();
}
// endregion
