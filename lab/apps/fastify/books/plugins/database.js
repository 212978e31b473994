// region database
import Database from 'better-sqlite3';
import fp from 'fastify-plugin';

export default fp(async (fastify) => {
  const db = new Database(fastify.config.BOOKS_DATABASE, { timeout: 5000 });
  db.pragma('journal_mode = WAL');
  db.pragma('foreign_keys = ON');

  fastify.decorate('db', db);
  fastify.addHook('onClose', async () => db.close());
});
// endregion
