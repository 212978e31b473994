import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Author } from './author.entity.js';
import { AuthorsController } from './authors.controller.js';
import { AuthorsService } from './authors.service.js';
import { Book } from './book.entity.js';
import { BooksController } from './books.controller.js';
import { BooksService } from './books.service.js';
import { LiveGateway } from './live.gateway.js';
import { PagesController } from './pages.controller.js';
import { TransferController } from './transfer.controller.js';
import { TransferService } from './transfer.service.js';
import { WebhookListener } from './webhook.listener.js';

// region routing
@Module({
  imports: [TypeOrmModule.forFeature([Author, Book])],
  controllers: [TransferController, BooksController, AuthorsController, PagesController],
  providers: [AuthorsService, BooksService, LiveGateway, TransferService, WebhookListener],
})
export class CatalogueModule {}
// endregion
