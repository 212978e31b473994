// region background
import { Injectable, Logger } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { OnEvent } from '@nestjs/event-emitter';
import type { Settings } from '../settings.js';
import type { Book } from './book.entity.js';

@Injectable()
export class WebhookListener {
  private readonly logger = new Logger(WebhookListener.name);

  constructor(private readonly config: ConfigService<Settings, true>) {}

  /** Who emits the event does not wait for this. */
  @OnEvent('book.created', { async: true })
  async tell(book: Book): Promise<void> {
    const address = this.config.get('BOOKS_WEBHOOK', { infer: true });
    if (!address) return;
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
}
// endregion
