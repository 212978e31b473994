// region live
import websocket from '@fastify/websocket';
import fp from 'fastify-plugin';

export default fp(async (fastify) => {
  await fastify.register(websocket, { options: { maxPayload: 1024 } });

  fastify.get('/live', { websocket: true, schema: { hide: true } }, (socket, request) => {
    socket.on('error', (err) => request.log.warn({ err }, 'socket failed'));
  });

  fastify.addHook('onResponse', async (request) => {
    if (!request.created) return;
    const message = JSON.stringify({ event: 'created', book: request.created });
    for (const client of fastify.websocketServer.clients) {
      if (client.readyState === client.OPEN) client.send(message);
    }
  });
});
// endregion
