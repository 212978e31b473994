// region live
import type { IncomingMessage } from 'node:http';
import { OnEvent } from '@nestjs/event-emitter';
import { type OnGatewayConnection, WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import type { Server, WebSocket } from 'ws';
import type { Book } from './book.entity.js';

const MOST_UNSENT = 64 * 1024;

@WebSocketGateway({ path: '/live', maxPayload: 1024 })
export class LiveGateway implements OnGatewayConnection {
  @WebSocketServer()
  private readonly server: Server;

  handleConnection(client: WebSocket, request: IncomingMessage): void {
    request.socket.setKeepAlive(true, 30_000); // the system finds out who has vanished without a word
  }

  /** Tell all clients; one that does not read is let go, and may connect again. */
  @OnEvent('book.created')
  announce(book: Book): void {
    const message = JSON.stringify({ event: 'created', book });
    for (const client of this.server.clients) {
      if (client.bufferedAmount > MOST_UNSENT) client.terminate();
      else if (client.readyState === client.OPEN) client.send(message);
    }
  }
}
// endregion
