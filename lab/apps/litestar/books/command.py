# region command-line
import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import anyio
import click
from advanced_alchemy.extensions.litestar import SQLAlchemyAsyncConfig
from litestar.plugins import CLIPlugin
from pydantic import BaseModel, BeforeValidator, StringConstraints, ValidationError
from sqlalchemy import select

from books.api import insert_books
from books.models import Author
from books.schemas import NO_NULL, Isbn, Pages, Published, Title


def number(text: str | None) -> int | str | None:
    return int(text) if text and re.fullmatch("[0-9]{1,19}", text) else text or None


class Row(BaseModel):
    title: Title
    isbn: Isbn
    published: Published
    pages: Annotated[Pages | None, BeforeValidator(number)]
    author: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=NO_NULL)]


class ImportPlugin(CLIPlugin):
    def __init__(self, alchemy: SQLAlchemyAsyncConfig) -> None:
        self.alchemy = alchemy

    def on_cli_init(self, cli: click.Group) -> None:
        @cli.command("import")
        @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
        def import_books(file: Path) -> None:
            """Store the books of a CSV file, all or none."""
            click.echo(f"imported {anyio.run(store, self.alchemy, file)}")


async def store(alchemy: SQLAlchemyAsyncConfig, file: Path) -> int:
    lines, books, faults = [], [], []
    try:
        for line, row in rows(file):
            if isinstance(row, ValidationError):
                faults += [(line, error["loc"][0], error["msg"]) for error in row.errors()]
            else:
                lines.append(line)
                books.append(row.model_dump())
    except (csv.Error, UnicodeDecodeError) as error:
        sys.exit(str(error))
    async with alchemy.get_session() as session:
        authors = {author.name: author for author in await session.scalars(select(Author))}
        for book in books:
            if book["author"] not in authors:
                authors[book["author"]] = Author(name=book["author"])
        session.add_all(authors.values())
        await session.flush()
        for book in books:
            book["author_id"] = authors[book.pop("author")].id
        taken = await insert_books(session, books)
        faults += [(lines[place], "isbn", "There is a book with this ISBN") for place in taken]
        if faults:
            sys.exit(
                "\n".join(f"line {line}: {field}: {why}" for line, field, why in sorted(faults))
            )
        await session.commit()
    return len(books)


def rows(file: Path) -> Iterator[tuple[int, Row | ValidationError]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if reader.fieldnames != list(Row.model_fields):
            raise csv.Error(f"The columns must be {','.join(Row.model_fields)}")
        for fields in reader:
            try:
                yield reader.line_num, Row.model_validate(fields)
            except ValidationError as error:
                yield reader.line_num, error
                # endregion
