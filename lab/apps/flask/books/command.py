# region command-line
import csv
import sys
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import with_appcontext
from marshmallow import ValidationError
from sqlalchemy import select

from books.api import COLUMNS, insert_books
from books.models import Author, db, insert
from books.schemas import RowSchema

Fault = tuple[int, str, str]


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def import_csv(file: Path) -> None:
    """Store the books of a CSV file, all or none."""
    try:
        books, lines, faults = read(file)
    except (UnicodeDecodeError, csv.Error) as error:
        raise click.ClickException(f"{file.name} is no CSV file in UTF-8: {error}") from None
    faults += [(lines[place], "isbn", "The ISBN is taken.") for place in store(books)]
    if faults:
        for line, field, why in sorted(faults):
            click.echo(f"line {line}: {field}: {why}", err=True)
        sys.exit(1)
    db.session.commit()
    click.echo(f"imported {len(books)}")


def read(file: Path) -> tuple[list[dict[str, Any]], list[int], list[Fault]]:
    """Return the books, the line of each, and what is wrong with the others."""
    books, lines, faults = [], [], []
    schema = RowSchema()
    with file.open(encoding="utf-8", newline="") as text:
        reader = csv.DictReader(text, restkey="more")
        if reader.fieldnames != COLUMNS:
            raise click.ClickException(f"The first line has to be {','.join(COLUMNS)}.")
        for row in reader:
            try:
                books.append(schema.load(row))
                lines.append(reader.line_num)
            except ValidationError as error:
                wrong = error.normalized_messages().items()
                faults += [(reader.line_num, field, " ".join(why)) for field, why in wrong]
    return books, lines, faults


def store(books: list[dict[str, Any]]) -> list[int]:
    """Insert the books and their authors, and return the places of those whose ISBN is taken."""
    if names := dict.fromkeys(book["author"] for book in books):
        authors = [{"name": name} for name in names]
        db.session.execute(insert(Author).on_conflict_do_nothing(), authors)
    ids = dict(db.session.execute(select(Author.name, Author.id)).all())
    for book in books:
        book["author_id"] = ids[book.pop("author")]
    return insert_books(books)


def register(app: Flask) -> None:
    app.cli.add_command(import_csv)
    # endregion
