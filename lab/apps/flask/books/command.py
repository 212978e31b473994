# region command-line
import csv
from collections.abc import Container
from pathlib import Path
from typing import Any

import click
from flask import Flask
from marshmallow import ValidationError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from books.models import Author, Book, db
from books.schemas import BookSchema


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_csv(file: Path) -> None:
    """Store the books of a CSV file, all or none."""
    authors = {author.name: author for author in db.session.scalars(select(Author))}
    schema = BookSchema(exclude=["author_id"])
    faults, books = [], dict[str, Book]()
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        for row in reader:
            name = (row.pop("author", None) or "").strip()
            fields, wrong = checked(schema, row, books)
            if not name:
                wrong["author"] = ["Missing."]
            faults += [
                f"line {reader.line_num}: {at}: {' '.join(why)}" for at, why in wrong.items()
            ]
            if not wrong:
                author = authors.setdefault(name, Author(name=name))
                books[fields["isbn"]] = Book(**fields, author=author)
    if faults:
        raise click.ClickException("\n".join(faults))
    db.session.add_all(books.values())
    try:
        db.session.commit()
    except IntegrityError:
        raise click.ClickException("Somebody else has stored one of these books.") from None
    click.echo(f"imported {len(books)}")


def checked(schema: BookSchema, row: dict[str, Any], before: Container[str]) -> tuple[Any, Any]:
    """Return the fields of a row, and what is wrong with them."""
    pages = row.get("pages") or None
    row["pages"] = int(pages) if pages and pages.isdecimal() else pages
    try:
        fields = schema.load(row)
    except ValidationError as error:
        return {}, error.normalized_messages()
    stored = db.session.scalar(select(Book.id).filter_by(isbn=fields["isbn"]))
    return fields, {"isbn": ["Taken."]} if stored or fields["isbn"] in before else {}


def register(app: Flask) -> None:
    app.cli.add_command(import_csv)
    # endregion
