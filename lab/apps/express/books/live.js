// region live
const clients = new Set();

export function live(req, res) {
  res.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  res.flushHeaders();
  clients.add(res);
  res.on('close', () => clients.delete(res));
}

export function announce(book) {
  const event = JSON.stringify({ event: 'created', book });
  for (const client of clients) client.write(`data: ${event}\n\n`);
}

/** End all streams, which would keep the server from closing. */
export function hangUp() {
  for (const client of clients) client.end();
}
// endregion
