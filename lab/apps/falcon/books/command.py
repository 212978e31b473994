import argparse
import asyncio
import csv
import sys
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import select

from books.books import insert_books
from books.config import Config
from books.database import Author, Database
from books.schemas import BookRow


# region command-line
async def import_file(database: Database, file: Path) -> int:
    """Store the books of a CSV file, all or none, and return the status to end with."""
    lines, books, faults = [], [], []
    with file.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text)
        if reader.fieldnames != list(BookRow.model_fields):
            raise csv.Error(f"The columns must be {','.join(BookRow.model_fields)}.")
        for row in reader:
            try:
                books.append(BookRow.model_validate(row).model_dump())
                lines.append(reader.line_num)
            except ValidationError as ex:
                faults += [(reader.line_num, e["loc"][0], e["msg"]) for e in ex.errors()]
    async with database.session() as session:
        authors = {author.name: author for author in await session.scalars(select(Author))}
        for name in [book["author"] for book in books]:
            if name not in authors:
                authors[name] = Author(name=name)
                session.add(authors[name])
        await session.flush()
        for book in books:
            book["author_id"] = authors[book.pop("author")].id
        taken = await insert_books(session, books)
        faults += [(lines[place], "isbn", "The ISBN is taken.") for place in taken]
        if not faults:
            await session.commit()
    for line, field, why in sorted(faults):
        print(f"line {line}: {field}: {why}", file=sys.stderr)
    if not faults:
        print(f"imported {len(books)}")
    return 1 if faults else 0


# endregion


async def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m books.command")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("create-tables")
    commands.add_parser("import").add_argument("file", type=Path)
    given = parser.parse_args()
    database = Database(Config())
    try:
        if given.command == "import":
            return await import_file(database, given.file)
        await database.create_tables()
        return 0
    except (OSError, UnicodeDecodeError, csv.Error) as ex:
        parser.error(str(ex))
    finally:
        await database.engine.dispose()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
