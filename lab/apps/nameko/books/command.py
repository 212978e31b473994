# region command-line
import argparse
import csv
import sys
from pathlib import Path

from marshmallow import ValidationError
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from books.catalogue import store, validate
from books.errors import entries
from books.models import Author
from books.schemas import CsvBookSchema
from books.settings import load_config

COLUMNS = ["title", "isbn", "published", "pages", "author"]


def import_books(session, file):
    """Store the books of a CSV file; what is wrong is raised by the numbers of the lines."""
    reader = csv.DictReader(file)
    if set(reader.fieldnames or ()) != set(COLUMNS):
        sys.exit(f"The file must have the columns {', '.join(COLUMNS)}.")
    lines, rows = [], []
    for row in reader:
        lines.append(reader.line_num)
        rows.append(row)
    try:
        books = validate(CsvBookSchema(), session, rows)
        authors = {author.name: author for author in session.scalars(select(Author))}
        for book in books:
            name = book.pop("author")
            if name not in authors:
                authors[name] = Author(name=name)
                session.add(authors[name])
                session.flush()
            book["author_id"] = authors[name].id
        store(session, books)
    except ValidationError as error:
        faults = error.normalized_messages()
        raise ValidationError({lines[index]: faults[index] for index in sorted(faults)}) from None
    return len(books)


def main():
    parser = argparse.ArgumentParser(description="Import books from a CSV file.")
    parser.add_argument("file", type=Path)
    path = parser.parse_args().file
    engine = create_engine(load_config()["DB_URIS"]["books:Base"])
    try:
        with Session(engine) as session, path.open(encoding="utf-8-sig", newline="") as file:
            print(f"imported {import_books(session, file)}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        parser.error(str(error))
    except ValidationError as error:
        for fault in entries(error.messages):
            print("line {index}: {field}: {message}".format(**fault), file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
# endregion
