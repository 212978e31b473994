// region background
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { OnEvent } from '@nestjs/event-emitter';
import type { Settings } from '../settings.js';
import type { Book } from './book.entity.js';

@Injectable()
export class WebhookListener implements OnApplicationShutdown {
  private readonly logger = new Logger(WebhookListener.name);
  private readonly pending = new Set<Promise<void>>();

  constructor(private readonly config: ConfigService<Settings, true>) {}

  /** Who emits the event does not wait for the webhook. */
  @OnEvent('book.created')
  announce(book: Book): void {
    const address = this.config.get('BOOKS_WEBHOOK', { infer: true });
    if (!address) return;
    const telling = this.tell(address, book).finally(() => this.pending.delete(telling));
    this.pending.add(telling);
  }

  private async tell(address: string, book: Book): Promise<void> {
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ event: 'created', book }),
        signal: AbortSignal.timeout(5000),
      });
      if (!response.ok) throw new Error(`The webhook answered ${response.status}.`);
    } catch (error) {
      this.logger.error(error);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.pending);
  }
}
// endregion
