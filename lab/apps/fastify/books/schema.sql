-- region database
CREATE TABLE IF NOT EXISTS author (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE IF NOT EXISTS book (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  isbn TEXT NOT NULL UNIQUE,
  published TEXT NOT NULL,
  pages INTEGER,
  author_id INTEGER NOT NULL REFERENCES author (id)
);

CREATE INDEX IF NOT EXISTS book_title ON book (title, id);
CREATE INDEX IF NOT EXISTS book_author ON book (author_id);
-- endregion
