# region command-line
import asyncio
import csv
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError
from quart import Quart
from quart_db import Connection, QuartDB

from books.api import COLUMNS, INSERT_BOOK, places_taken
from books.schemas import BookRow


def register(app: Quart) -> None:
    @app.cli.command("init-db")
    def init_db() -> None:
        """Make the tables, as starting does."""

        async def start_and_stop() -> None:
            await app.startup()
            await app.shutdown()

        asyncio.run(start_and_stop())

    @app.cli.command("import")
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    def import_file(file: Path) -> None:
        """Store the books of a CSV file, all or none."""
        try:
            books, lines, faults = read(file)
        except (UnicodeDecodeError, csv.Error) as error:
            raise click.ClickException(f"{file.name} is no CSV file in UTF-8: {error}") from None

        async def store() -> None:
            await app.startup()
            db: QuartDB = app.extensions["QUART_DB"][0]
            try:
                async with db.connection() as connection, connection.transaction():
                    places = await insert(connection, books)
                    faults.extend((lines[place], "isbn", "The ISBN is taken.") for place in places)
                    for line, field, why in sorted(faults):
                        click.echo(f"line {line}: {field}: {why}", err=True)
                    if faults:
                        raise click.exceptions.Exit(1)
            finally:
                await app.shutdown()

        asyncio.run(store())
        click.echo(f"imported {len(books)}")


def read(file: Path) -> tuple[list[dict[str, Any]], list[int], list[tuple[int, str, str]]]:
    books, lines, faults = [], [], []
    with file.open(encoding="utf-8", newline="") as text:
        reader = csv.DictReader(text, restkey="more")
        if reader.fieldnames != COLUMNS:
            raise click.ClickException(f"The first line has to be {','.join(COLUMNS)}.")
        for row in reader:
            try:
                books.append(BookRow.model_validate(row).model_dump(mode="json"))
                lines.append(reader.line_num)
            except ValidationError as error:
                faults += [(reader.line_num, str(f["loc"][0]), f["msg"]) for f in error.errors()]
    return books, lines, faults


async def insert(connection: Connection, books: list[dict[str, Any]]) -> list[int]:
    """Insert the books and their authors, or return the places of those whose ISBN is taken."""
    await connection.execute_many(
        "INSERT INTO authors (name) VALUES (:author) ON CONFLICT DO NOTHING", books
    )
    places = await places_taken(connection, [book["isbn"] for book in books])
    if not places:
        rows = await connection.fetch_all("SELECT id, name FROM authors")
        authors = {row["name"]: row["id"] for row in rows}
        books = [{**book, "author_id": authors[book["author"]]} for book in books]
        await connection.execute_many(INSERT_BOOK, books)
    return places
    # endregion
