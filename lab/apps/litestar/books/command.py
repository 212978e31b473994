# region command-line
import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import anyio
import click
from advanced_alchemy.extensions.litestar import SQLAlchemyAsyncConfig
from litestar.plugins import CLIPlugin
from pydantic import BaseModel, BeforeValidator, Field, ValidationError
from sqlalchemy import select

from books.models import Author, Book
from books.schemas import LARGEST_ID, Isbn, Published, Title


class Row(BaseModel):
    title: Title
    isbn: Isbn
    published: Published
    pages: Annotated[
        Annotated[int, Field(ge=1, le=LARGEST_ID)] | None,
        BeforeValidator(lambda text: text or None),
    ]
    author: Annotated[str, Field(min_length=1)]


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
    async with alchemy.get_session() as session:
        taken = set(await session.scalars(select(Book.isbn)))
        authors = {author.name: author for author in await session.scalars(select(Author))}
        faults, books = [], []
        for line, row in rows(file):
            if isinstance(row, ValidationError):
                faults += [f"line {line}: {e['loc'][0]}: {e['msg']}" for e in row.errors()]
            elif row.isbn in taken:
                faults.append(f"line {line}: isbn: There is a book with this ISBN")
            else:
                taken.add(row.isbn)
                author = authors.setdefault(row.author, Author(name=row.author))
                books.append(Book(**row.model_dump(exclude={"author"}), author=author))
        if faults:
            sys.exit("\n".join(faults))
        session.add_all(books)
        await session.commit()
    return len(books)


def rows(file: Path) -> Iterator[tuple[int, Row | ValidationError]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        for fields in reader:
            try:
                yield reader.line_num, Row.model_validate(fields)
            except ValidationError as error:
                yield reader.line_num, error
                # endregion
