from masonite.configuration import config
from masonite.validation import Validator

from books.validation.rules import entries


# region transaction
def table():
    return config("database.db").get_query_builder().table("books")


def faults_of(books, rules):
    """Return what is wrong with each of the books, by its index."""
    validator, taken, faults = Validator(), duplicates(books), []
    for index, book in enumerate(books):
        errors = validator.validate(book, *rules)
        if index in taken:
            errors.add("isbn", "There is a book with this ISBN already.")
        faults += entries(errors, index=index)
    return faults


def duplicates(books):
    """Return the indexes of those that are stored already or come a second time."""
    isbns, seen, found = [str(book.get("isbn")) for book in books], set(), set()
    for start in range(0, len(isbns), 500):
        batch = isbns[start : start + 500]
        stored = (
            config("database.db").get_query_builder().table("books").where_in("isbn", batch).get()
        )
        seen |= {book["isbn"] for book in stored}
        for index, isbn in enumerate(batch, start):
            if isbn in seen:
                found.add(index)
            seen.add(isbn)
    return found


def insert(books):
    """Insert the books in batches that SQLite's limit of variables admits."""
    for start in range(0, len(books), 500):
        batch = [{"pages": None, **book} for book in books[start : start + 500]]
        table().bulk_create(batch)


# endregion
