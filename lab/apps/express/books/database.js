// region database
import Database from 'better-sqlite3';

export function openDatabase(settings, options) {
  const db = new Database(settings.BOOKS_DATABASE, { timeout: 5000, ...options });
  db.pragma('journal_mode = WAL');
  db.pragma('foreign_keys = ON');
  return db;
}
// endregion
