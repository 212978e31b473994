# region command-line
import argparse
import csv
import sys
from pathlib import Path
from typing import Any

import colander
from pyramid.paster import bootstrap, setup_logging
from sqlalchemy import select
from sqlalchemy.orm import Session

from books.models import Author
from books.schemas import BookRow
from books.views.api import COLUMNS, insert_books

Fault = tuple[int, str, str]


def read(file: Path) -> tuple[list[dict[str, Any]], list[int], list[Fault]]:
    """Return the books, the line of each, and what is wrong with the others."""
    books, lines, faults = [], [], []
    schema = BookRow()
    with file.open(encoding="utf-8", newline="") as text:
        reader = csv.DictReader(text)
        if reader.fieldnames != COLUMNS:
            raise ValueError(f"The first line has to be {','.join(COLUMNS)}.")
        for row in reader:
            try:
                books.append(schema.deserialize(row))
                lines.append(reader.line_num)
            except colander.Invalid as error:
                faults += [(reader.line_num, *fault) for fault in error.asdict().items()]
    return books, lines, faults


def store(dbsession: Session, books: list[dict[str, Any]]) -> list[int]:
    """Insert the books and their authors, and return the places of those whose ISBN is taken."""
    authors = {author.name: author for author in dbsession.scalars(select(Author))}
    for name in [book["author"] for book in books]:
        if name not in authors:
            authors[name] = Author(name=name)
            dbsession.add(authors[name])
    dbsession.flush()
    for book in books:
        book["author_id"] = authors[book.pop("author")].id
    return insert_books(dbsession, books)


def main(argv: list[str] = sys.argv) -> None:
    """Store the books of a CSV file, all or none."""
    parser = argparse.ArgumentParser()
    parser.add_argument("config_uri", help="configuration file, for example production.ini")
    parser.add_argument("file", type=Path)
    args = parser.parse_args(argv[1:])
    setup_logging(args.config_uri)
    try:
        books, lines, faults = read(args.file)
    except (OSError, ValueError, csv.Error) as error:  # a ValueError, too, if it is not UTF-8
        parser.error(str(error))
    with bootstrap(args.config_uri) as env, env["request"].tm:
        taken = store(env["request"].dbsession, books)
        faults += [(lines[place], "isbn", "The ISBN is taken.") for place in taken]
        if faults:
            for line, field, why in sorted(faults):
                print(f"line {line}: {field}: {why}", file=sys.stderr)
            sys.exit(1)  # and so rolls back
    print(f"imported {len(books)}")


if __name__ == "__main__":
    main()
    # endregion
