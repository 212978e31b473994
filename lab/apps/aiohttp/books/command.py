# region command-line
import argparse
import asyncio
import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, ValidationError
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from books.models import Author, Book, create_engine
from books.schemas import Isbn, Number, Published, Title
from books.settings import load_settings


class Row(BaseModel):
    title: Title
    isbn: Isbn
    published: Published
    pages: Annotated[
        Annotated[Number, Field(ge=1)] | None, BeforeValidator(lambda text: text or None)
    ]
    author: Title


def rows_of(file: Path) -> Iterator[tuple[int, Row | ValidationError]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        if set(reader.fieldnames or ()) != set(Row.model_fields):
            sys.exit(f"{file} must have the columns {', '.join(Row.model_fields)}")
        for fields in reader:
            try:
                yield reader.line_num, Row.model_validate(fields)
            except ValidationError as error:
                yield reader.line_num, error


async def store(session: AsyncSession, file: Path) -> int:
    taken = set(await session.scalars(select(Book.isbn)))
    authors = {author.name: author for author in await session.scalars(select(Author))}
    faults, books = [], []
    for line, row in rows_of(file):
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
    return len(books)


async def main(file: Path) -> None:
    engine = create_engine(load_settings().database)
    try:
        async with AsyncSession(engine) as session, session.begin():
            imported = await store(session, file)
        print(f"imported {imported}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        sys.exit(f"{file} cannot be read: {error}")
    except IntegrityError:
        sys.exit("Somebody else has just stored one of these books or authors.")
    finally:
        await engine.dispose()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Store the books of a CSV file, all or none.")
    parser.add_argument("file", type=Path)
    asyncio.run(main(parser.parse_args().file))
# endregion
