// region live
import websocket from '@fastify/websocket';
import fp from 'fastify-plugin';

const MOST_UNSENT = 64 * 1024;

export default fp(async (fastify) => {
  await fastify.register(websocket, { options: { maxPayload: 1024, closeTimeout: 2000 } });

  // Clients only listen; they are found in the websocketServer.
  fastify.get('/live', { websocket: true, schema: { hide: true } }, () => {});

  fastify.addHook('onResponse', async (request) => {
    if (!request.created) return;
    const message = JSON.stringify({ event: 'created', book: request.created });
    for (const client of fastify.websocketServer.clients) {
      // Who does not read is let go, and may connect again.
      if (client.bufferedAmount > MOST_UNSENT) client.terminate();
      else if (client.readyState === client.OPEN) client.send(message);
    }
  });
});
// endregion
