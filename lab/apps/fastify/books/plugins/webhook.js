// region background
import fp from 'fastify-plugin';

export default fp(async (fastify) => {
  const { BOOKS_WEBHOOK } = fastify.config;
  if (!BOOKS_WEBHOOK) return;

  const pending = new Set();

  async function tell(book, log) {
    try {
      const response = await fetch(BOOKS_WEBHOOK, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ event: 'created', book }),
        signal: AbortSignal.timeout(5000),
      });
      if (!response.ok) throw new Error(`The webhook answered ${response.status}.`);
    } catch (err) {
      log.error({ err }, 'webhook failed');
    }
  }

  // Runs when the response has been sent; other hooks do not wait for the listener.
  fastify.addHook('onResponse', (request, reply, done) => {
    if (request.created) {
      const telling = tell(request.created, request.log);
      pending.add(telling);
      telling.finally(() => pending.delete(telling));
    }
    done();
  });

  fastify.addHook('onClose', async () => {
    await Promise.all(pending);
  });
});
// endregion
