# region command-line
import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, StringConstraints, ValidationError
from sanic import Sanic
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from books.api import insert_books
from books.models import Author, open_engine
from books.schemas import NO_NULL, Isbn, Pages, Published, Title


def number(text: str | None) -> int | str | None:
    return int(text) if text and re.fullmatch("[0-9]{1,19}", text) else text or None


class Row(BaseModel):
    title: Title
    isbn: Isbn
    published: Published
    pages: Annotated[Pages, BeforeValidator(number)]
    author: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=NO_NULL)]


def register(app: Sanic) -> None:
    @app.command(name="import")
    async def import_books(file: str) -> None:
        """Store the books of a CSV file, all or none"""
        lines, books, faults = [], [], []
        try:
            for line, row in rows(Path(file)):
                if isinstance(row, ValidationError):
                    faults += [(line, error["loc"][0], error["msg"]) for error in row.errors()]
                else:
                    lines.append(line)
                    books.append(row.model_dump())
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            sys.exit(str(error))
        engine = open_engine(app.config.DATABASE)
        async with AsyncSession(engine) as session:
            taken = await store(session, books)
            faults += [(lines[place], "isbn", "There is a book with this ISBN") for place in taken]
            if not faults:
                await session.commit()
        await engine.dispose()
        if faults:
            sys.exit(
                "\n".join(f"line {line}: {field}: {why}" for line, field, why in sorted(faults))
            )
        print(f"imported {len(books)}")


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


async def store(session: AsyncSession, books: list[dict[str, Any]]) -> list[int]:
    authors = {author.name: author for author in await session.scalars(select(Author))}
    for book in books:
        if book["author"] not in authors:
            authors[book["author"]] = Author(name=book["author"])
    session.add_all(authors.values())
    await session.flush()
    for book in books:
        book["author_id"] = authors[book.pop("author")].id
    return await insert_books(session, books)
    # endregion
