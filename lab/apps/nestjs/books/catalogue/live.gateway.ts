// region live
import { OnEvent } from '@nestjs/event-emitter';
import { WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import type { Server } from 'ws';
import type { Book } from './book.entity.js';

@WebSocketGateway({ path: '/live', maxPayload: 1024 })
export class LiveGateway {
  @WebSocketServer()
  private readonly server: Server;

  @OnEvent('book.created')
  announce(book: Book): void {
    const message = JSON.stringify({ event: 'created', book });
    for (const client of this.server.clients) {
      if (client.readyState === client.OPEN) client.send(message);
    }
  }
}
// endregion
