# region command-line
import csv
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from books.database import get_engine
from books.models import Author, Base, insert_books
from books.schemas import BookRow

cli = typer.Typer()


@cli.command()
def create_tables() -> None:
    """Make the tables that are missing."""
    Base.metadata.create_all(get_engine())


@cli.command("import")
def import_csv(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Store the books of a CSV file, all or none."""
    faults: list[str] = []
    numbers: list[int] = []
    books: list[BookRow] = []
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, restval="")
        for row in reader:
            try:
                books.append(BookRow.model_validate(row))
                numbers.append(reader.line_num)
            except ValidationError as error:
                for fault in error.errors():
                    faults.append(f"line {reader.line_num}: {fault['loc'][0]}: {fault['msg']}")
    with Session(get_engine()) as session:
        taken = store(session, books)
        faults += [f"line {numbers[position]}: isbn: Is taken" for position in taken]
        if faults:
            typer.echo("\n".join(faults), err=True)
            raise typer.Exit(1)
        session.commit()
    typer.echo(f"imported {len(books)}")


def store(session: Session, books: list[BookRow]) -> list[int]:
    names = {book.author for book in books}
    if names:
        statement = insert(Author).on_conflict_do_nothing(index_elements=[Author.name])
        session.execute(statement, [{"name": name} for name in sorted(names)])
    ids = dict(session.execute(select(Author.name, Author.id)).all())
    rows = [book.model_dump(exclude={"author"}) | {"author_id": ids[book.author]} for book in books]
    return insert_books(session, rows)


if __name__ == "__main__":
    cli()
# endregion
