# region command-line
import argparse
import asyncio
import csv
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, StringConstraints, ValidationError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from books.models import Author, Book, open_engine
from books.schemas import NO_NULL, Isbn, Number, Published, Title
from books.settings import Settings


class Row(BaseModel):
    title: Title
    isbn: Isbn
    published: Published
    pages: Annotated[Number | None, BeforeValidator(lambda text: text or None)]
    author: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=NO_NULL)]


Rows = Iterable[tuple[int, Row | ValidationError]]


def rows(file: Path) -> Rows:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if set(reader.fieldnames or ()) != set(Row.model_fields):
            sys.exit(f"{file} must have the columns {', '.join(Row.model_fields)}")
        for fields in reader:
            try:
                yield reader.line_num, Row.model_validate(fields)
            except ValidationError as error:
                yield reader.line_num, error


async def import_rows(given: Rows, database: str) -> None:
    engine = open_engine(database)
    async with AsyncSession(engine) as session:
        faults, books = await checked(given, session)
        if not faults:
            session.add_all(books)
            await session.commit()
    await engine.dispose()
    if faults:
        sys.exit("\n".join(faults))
    print(f"imported {len(books)}")


async def checked(given: Rows, session: AsyncSession) -> tuple[list[str], list[Book]]:
    taken = set(await session.scalars(select(Book.isbn)))
    authors = {author.name: author for author in await session.scalars(select(Author))}
    faults, books = [], []
    for line, row in given:
        if isinstance(row, ValidationError):
            faults += [f"line {line}: {e['loc'][0]}: {e['msg']}" for e in row.errors()]
        elif row.isbn in taken:
            faults.append(f"line {line}: isbn: There is a book with this ISBN")
        else:
            taken.add(row.isbn)
            author = authors.setdefault(row.author, Author(name=row.author))
            books.append(Book(**row.model_dump(exclude={"author"}), author=author))
    return faults, books


def main() -> None:
    parser = argparse.ArgumentParser(description="Store the books of a CSV file, all or none.")
    parser.add_argument("file", type=Path)
    settings, file = Settings.from_env(), parser.parse_args().file
    try:
        given = list(rows(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        sys.exit(f"{file} cannot be read: {error}")
    try:
        asyncio.run(import_rows(given, settings.database))
    except IntegrityError:
        sys.exit("Somebody else has just stored one of these books or authors.")


if __name__ == "__main__":
    main()
# endregion
