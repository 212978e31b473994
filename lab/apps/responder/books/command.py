# region command-line
import argparse
import asyncio
import csv
import sys
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from books.database import make_engine, sessions
from books.models import Author, Base, insert, insert_books
from books.schemas import BookRow

COLUMNS = ["title", "isbn", "published", "pages", "author"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m books.command")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("create-tables", help="make the tables that are missing")
    importing = commands.add_parser("import", help="store the books of a CSV file, all or none")
    importing.add_argument("file", type=Path)
    options = parser.parse_args()
    sys.exit(asyncio.run(run(options)))


async def run(options: argparse.Namespace) -> str | None:
    """Return what is wrong, for standard error."""
    engine = make_engine()
    try:
        if options.command == "import":
            return await import_csv(options.file)
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        return None
    finally:
        await engine.dispose()


async def import_csv(file: Path) -> str | None:
    try:
        books, faults = read(file)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return f"{file} cannot be read: {error}"
    async with sessions() as session:
        numbers = list(books)
        taken = await store(session, list(books.values()))
        faults += [f"line {numbers[position]}: isbn: Is taken" for position in taken]
        if faults:
            return "\n".join(faults)
        await session.commit()
    print(f"imported {len(books)}")
    return None


def read(file: Path) -> tuple[dict[int, BookRow], list[str]]:
    """Return the books by their line, and what is wrong with other lines."""
    books, faults = dict[int, BookRow](), []
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, restval="")
        if reader.fieldnames != COLUMNS:
            return {}, [f"line 1: columns: Should be {', '.join(COLUMNS)}"]
        for row in reader:
            try:
                books[reader.line_num] = BookRow.model_validate(row)
            except ValidationError as error:
                for fault in error.errors():
                    faults.append(f"line {reader.line_num}: {fault['loc'][0]}: {fault['msg']}")
    return books, faults


async def store(session: AsyncSession, books: list[BookRow]) -> list[int]:
    if names := {book.author for book in books}:
        statement = insert(session, Author).on_conflict_do_nothing(index_elements=[Author.name])
        await session.execute(statement, [{"name": name} for name in sorted(names)])
    ids = dict((await session.execute(select(Author.name, Author.id))).all())
    rows = [book.model_dump(exclude={"author"}) | {"author_id": ids[book.author]} for book in books]
    return await insert_books(session, rows)


if __name__ == "__main__":
    main()
# endregion
