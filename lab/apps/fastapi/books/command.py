# region command-line
import csv
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from books.database import get_engine
from books.models import Author, Base, insert, insert_books
from books.schemas import BookRow

cli = typer.Typer()
COLUMNS = ["title", "isbn", "published", "pages", "author"]


@cli.command()
def create_tables() -> None:
    """Make the tables that are missing."""
    Base.metadata.create_all(get_engine())


@cli.command("import")
def import_csv(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Store the books of a CSV file, all or none."""
    try:
        books, faults = read(file)
    except (UnicodeDecodeError, csv.Error) as error:
        raise typer.BadParameter(f"{file} cannot be read: {error}") from None
    numbers = list(books)
    with Session(get_engine()) as session:
        taken = store(session, list(books.values()))
        faults += [f"line {numbers[position]}: isbn: Is taken" for position in taken]
        if faults:
            typer.echo("\n".join(faults), err=True)
            raise typer.Exit(1)
        session.commit()
    typer.echo(f"imported {len(books)}")


def read(file: Path) -> tuple[dict[int, BookRow], list[str]]:
    """Return the books by their line, and what is wrong with other lines."""
    books, faults = dict[int, BookRow](), []
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, restval="")
        if reader.fieldnames != COLUMNS:
            raise typer.BadParameter(f"The columns of {file} should be {', '.join(COLUMNS)}")
        for row in reader:
            try:
                books[reader.line_num] = BookRow.model_validate(row)
            except ValidationError as error:
                for fault in error.errors():
                    faults.append(f"line {reader.line_num}: {fault['loc'][0]}: {fault['msg']}")
    return books, faults


def store(session: Session, books: list[BookRow]) -> list[int]:
    if names := {book.author for book in books}:
        statement = insert(session, Author).on_conflict_do_nothing(index_elements=[Author.name])
        session.execute(statement, [{"name": name} for name in sorted(names)])
    ids = dict(session.execute(select(Author.name, Author.id)).all())
    rows = [book.model_dump(exclude={"author"}) | {"author_id": ids[book.author]} for book in books]
    return insert_books(session, rows)


if __name__ == "__main__":
    cli()
# endregion
