// region database
const SELECT = `SELECT book.id, title, isbn, published, pages, author.id, author.name
  FROM book JOIN author ON author.id = author_id`;

// Rows are expanded: the columns of each table are an object under the table's name.
const nest = ({ book, author }) => ({ ...book, author });

export function findBook(db, id) {
  const row = db.prepare(`${SELECT} WHERE book.id = ?`).expand().get(id);
  return row && nest(row);
}

export function statistics(db) {
  const rows = db
    .prepare(
      `SELECT author.id, author.name, count(book.id) AS books
       FROM author LEFT JOIN book ON author_id = author.id
       GROUP BY author.id ORDER BY books DESC, author.name`,
    )
    .expand()
    .all();
  return rows.map(({ author, $: { books } }) => ({ author, books }));
}
// endregion

// region pagination
const FILTER = `(@author IS NULL OR author_id = @author)
  AND (@year IS NULL OR CAST(substr(published, 1, 4) AS INTEGER) = @year)
  AND (@q IS NULL OR title LIKE @q ESCAPE '\\')`;

export function listBooks(db, { q, author = null, year = null }, limit, offset = 0) {
  const filter = { q: q ? `%${q.replace(/[\\%_]/g, '\\$&')}%` : null, author, year };
  const rows = db
    .prepare(`${SELECT} WHERE ${FILTER} ORDER BY title, book.id LIMIT @limit OFFSET @offset`)
    .expand()
    .all({ ...filter, limit, offset });
  const total = db.prepare(`SELECT count(*) FROM book WHERE ${FILTER}`).pluck().get(filter);
  return { items: rows.map(nest), total };
}

export function listAuthors(db, limit, offset) {
  return {
    items: db
      .prepare('SELECT id, name FROM author ORDER BY name, id LIMIT ? OFFSET ?')
      .all(limit, offset),
    total: db.prepare('SELECT count(*) FROM author').pluck().get(),
  };
}
// endregion

/** The columns of a file, exported or imported. */
export const COLUMNS = ['title', 'isbn', 'published', 'pages', 'author'];

export const INSERT = `INSERT INTO book (title, isbn, published, pages, author_id)
  VALUES (@title, @isbn, @published, @pages, @author_id)`;

export function createBook(db, book) {
  return findBook(db, db.prepare(INSERT).run(book).lastInsertRowid);
}

export function updateBook(db, id, changes) {
  const update = db.transaction(() => {
    const book = findBook(db, id);
    if (!book) return undefined;
    db.prepare(
      `UPDATE book SET title = @title, isbn = @isbn, published = @published, pages = @pages,
       author_id = @author_id WHERE id = @id`,
    ).run({ ...book, author: null, author_id: book.author.id, ...changes });
    return findBook(db, id);
  });
  return update.immediate();
}

export function deleteBook(db, id) {
  return db.prepare('DELETE FROM book WHERE id = ?').run(id).changes > 0;
}
