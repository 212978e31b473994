import eventlet
from eventlet import tpool
from marshmallow import ValidationError
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from books.models import Book

# region transaction
MOST_BOOKS = 50_000
BATCH = 500


def validate(schema, session, rows):
    """Return the rows as books, or raise all that is wrong by the index of the row."""
    if not isinstance(rows, list) or len(rows) > MOST_BOOKS:
        raise ValidationError(f"A list of at most {MOST_BOOKS} books is wanted.", "books")
    books, faults = [], {}
    for start in range(0, len(rows), BATCH):
        try:
            books += schema.load(rows[start : start + BATCH], many=True)
        except ValidationError as error:
            books += error.valid_data
            messages = error.normalized_messages()
            faults |= {start + index: messages[index] for index in messages}
        eventlet.sleep()  # lets others have their turn
    for index, messages in duplicates(session, [book.get("isbn") for book in books]).items():
        faults.setdefault(index, {}).update(messages)
    if faults:
        raise ValidationError(faults)
    return books


def duplicates(session, isbns):
    """Return messages for those that are stored already or come a second time."""
    messages, seen = {}, set()
    for start in range(0, len(isbns), BATCH):
        batch = isbns[start : start + BATCH]
        seen |= set(session.scalars(select(Book.isbn).where(Book.isbn.in_(batch))))
        for index, isbn in enumerate(batch, start):
            if isbn and isbn in seen:
                messages[index] = {"isbn": ["There is a book with this ISBN already."]}
            seen.add(isbn)
        eventlet.sleep()
    return messages


def store(session, books):
    """Insert all of the books in one transaction."""
    try:
        if books:
            # In a thread: eventlet answers nobody while SQLite works.
            tpool.execute(session.execute, insert(Book), books)
        session.commit()
    except IntegrityError:
        # Somebody has stored one of them since they were validated.
        session.rollback()
        if messages := duplicates(session, [book["isbn"] for book in books]):
            raise ValidationError(messages) from None
        raise  # an author is gone


# endregion
