from contextlib import contextmanager

from masonite.configuration import config
from masonite.validation import Validator

from books.validation.rules import entries


# region transaction
def table():
    return config("database.db").get_query_builder().table("books")


@contextmanager
def transaction():
    """Commit at the end; close the connection if that fails, which the ORM leaves open."""
    db = config("database.db")
    connection = db.begin_transaction()
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    try:
        db.commit()
    except BaseException:
        connection.get_cursor().connection.close()
        raise


def faults_of(books, rules):
    """Return what is wrong with each of the books."""
    validator, faults = Validator(), []
    for index, book in enumerate(books):
        faults += entries(validator.validate(book, *rules), index=index)
    return faults


def duplicates(books):
    """Return the faults of those that are stored already or come a second time."""
    isbns = [(n, book.get("isbn")) for n, book in enumerate(books)]
    isbns = [(n, isbn) for n, isbn in isbns if isinstance(isbn, str) and isbn.isascii()]
    seen, faults = set(), []
    for start in range(0, len(isbns), 500):
        batch = isbns[start : start + 500]
        stored = table().select("isbn").where_in("isbn", [isbn for _, isbn in batch]).get()
        seen |= {book["isbn"] for book in stored}
        for index, isbn in batch:
            if isbn in seen:
                message = "There is a book with this ISBN already."
                faults.append({"index": index, "field": "isbn", "message": message})
            seen.add(isbn)
    return faults


def insert(books):
    """Insert the books in batches that SQLite's limit of variables admits."""
    for start in range(0, len(books), 500):
        batch = [{"pages": None, **book} for book in books[start : start + 500]]
        table().bulk_create(batch)


# endregion
