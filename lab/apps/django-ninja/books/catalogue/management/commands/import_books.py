# region command-line
import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from pydantic import ValidationError

from books.catalogue.models import Author, Book
from books.catalogue.schemas import BookRow


class Command(BaseCommand):
    help = "Stores the books of a CSV file, all or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            with file.open(encoding="utf-8", newline="") as lines, transaction.atomic():
                imported = self.store(csv.DictReader(lines))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        self.stdout.write(f"imported {imported}")

    def store(self, rows: csv.DictReader[str]) -> int:
        columns = list(BookRow.model_fields)
        if rows.fieldnames != columns:
            raise CommandError(f"The columns must be {', '.join(columns)}.")
        authors = Author.objects.in_bulk(field_name="name")
        taken = set(Book.objects.values_list("isbn", flat=True))
        books: list[Book] = []
        faults: list[str] = []
        for row in rows:
            if None in row:
                faults.append(f"line {rows.line_num}: author: It is not the last column.")
            try:
                book = BookRow.model_validate({**row, "pages": row["pages"] or None})
            except ValidationError as error:
                for fault in error.errors():
                    faults.append(f"line {rows.line_num}: {fault['loc'][0]}: {fault['msg']}")
                continue
            if book.isbn in taken:
                faults.append(f"line {rows.line_num}: isbn: There is a book with this ISBN.")
                continue
            author = authors.setdefault(book.author, Author(name=book.author))
            books.append(Book(**book.model_dump(exclude={"author"}), author=author))
            taken.add(book.isbn)
        if faults:
            raise CommandError("\n".join(faults))
        Author.objects.bulk_create(author for author in authors.values() if author.pk is None)
        return len(Book.objects.bulk_create(books))


# endregion
