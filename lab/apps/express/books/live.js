// region live
/** Keep the response open; `announce` writes to it. */
export function live(req, res) {
  const { clients } = req.app.locals;
  res.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  if (req.method === 'HEAD') return res.end();
  res.flushHeaders();
  req.socket.setKeepAlive(true, 30_000); // the system finds out who has vanished without a word
  clients.add(res);
  res.on('close', () => clients.delete(res));
}

/** Tell all clients; one that has not read what it was sent is let go, and may connect again. */
export function announce(book, clients) {
  const event = JSON.stringify({ event: 'created', book });
  for (const client of clients) {
    if (client.writableNeedDrain) client.destroy();
    else client.write(`data: ${event}\n\n`);
  }
}
// endregion
