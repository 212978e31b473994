from marshmallow import ValidationError
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from books.models import Book


# region transaction
def validate(schema, session, rows):
    """Return the rows as books, or raise all that is wrong by the index of the row."""
    try:
        books, faults = schema.load(rows, many=True), {}
    except ValidationError as error:
        books, faults = error.valid_data, error.normalized_messages()
    for index, messages in duplicates(session, [book.get("isbn") for book in books]).items():
        faults.setdefault(index, {}).update(messages)
    if faults:
        raise ValidationError(faults)
    return books


def duplicates(session, isbns):
    """Return messages for those that are stored already or come a second time."""
    messages, seen = {}, set()
    for start in range(0, len(isbns), 500):
        batch = isbns[start : start + 500]
        seen |= set(session.scalars(select(Book.isbn).where(Book.isbn.in_(batch))))
        for index, isbn in enumerate(batch, start):
            if isbn and isbn in seen:
                messages[index] = {"isbn": ["There is a book with this ISBN already."]}
            seen.add(isbn)
    return messages


def store(session, books):
    """Insert all of the books in one transaction."""
    try:
        if books:
            session.execute(insert(Book), books)
        session.commit()
    except IntegrityError:
        # Somebody has stored one of them since they were validated.
        session.rollback()
        raise ValidationError(duplicates(session, [book["isbn"] for book in books])) from None


# endregion
