// region deployment
import closeWithGrace from 'close-with-grace';
import { build } from './app.js';

try {
  const app = await build({ logger: true });
  // On SIGTERM: no new requests; those that are being answered have seven seconds to come to their end.
  closeWithGrace({ delay: 9000, logger: app.log }, async ({ err }) => {
    if (err) app.log.error(err);
    setTimeout(() => app.server.closeAllConnections(), 7000).unref();
    await app.close();
  });
  await app.listen({ host: app.config.HOST, port: app.config.PORT });
} catch (err) {
  console.error(err);
  process.exit(1);
}
// endregion
