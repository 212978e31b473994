import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { BadRequestException } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { WsAdapter } from '@nestjs/platform-ws';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { json, type NextFunction, type Request, type Response } from 'express';
import { requestLog } from './request-log.js';

function verify(request: IncomingMessage, response: unknown, body: Buffer): void {
  const isWanted = ['POST', 'PATCH'].includes(request.method ?? '');
  if (isUtf8(body) && (body.length > 0 || !isWanted)) return;
  throw new BadRequestException('The body must be JSON in UTF-8.');
}

function isShallow(value: unknown, depth = 10): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((item) => isShallow(item, depth - 1));
}

/** Middleware: class-transformer follows what is nested until the stack overflows. */
function refuseDepth(request: Request, response: Response, next: NextFunction): void {
  if (!isShallow(request.body)) throw new BadRequestException('The body is nested too deeply.');
  next();
}

/** What a server and its tests have in common. */
export function setUp(app: NestExpressApplication): NestExpressApplication {
  app.disable('x-powered-by');
  app.use(requestLog);
  app.use('/api/books/import', json({ limit: '64mb', verify }));
  app.use(json({ verify }));
  app.use(refuseDepth);

  app.useWebSocketAdapter(new WsAdapter(app));
  app.setBaseViewsDir(join(process.cwd(), 'views'));
  app.setViewEngine('hbs');

  const document = new DocumentBuilder().setTitle('Books').setVersion('1.0.0').addBearerAuth();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, document.build()), {
    jsonDocumentUrl: 'openapi.json',
  });
  return app;
}
