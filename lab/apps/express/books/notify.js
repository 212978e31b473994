// region background
/** Tell the webhook of a book; nobody waits for it. */
export async function notify(book, { settings, log }) {
  if (!settings.BOOKS_WEBHOOK) return;
  try {
    const response = await fetch(settings.BOOKS_WEBHOOK, {
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
// endregion
