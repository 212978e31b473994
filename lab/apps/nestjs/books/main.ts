// region deployment
import 'reflect-metadata';
import { ConsoleLogger } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { setUp } from './app.setup.js';
import type { Settings } from './settings.js';

const logger = new ConsoleLogger({ json: true, flattenParams: true });
const app = await NestFactory.create<NestExpressApplication>(AppModule, {
  bodyParser: false,
  logger,
});
setUp(app);

// On SIGTERM: no new connections; requests that are being answered have eight seconds to come to
// their end.
app.enableShutdownHooks();
process.once('SIGTERM', () => {
  setTimeout(() => app.getHttpServer().closeAllConnections(), 8000).unref();
});

const config = app.get<ConfigService<Settings, true>>(ConfigService);
await app.listen(config.get('PORT', { infer: true }), config.get('HOST', { infer: true }));
// endregion
