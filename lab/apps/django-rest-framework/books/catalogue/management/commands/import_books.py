# region command-line
import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from books.catalogue.models import Author, Book
from books.catalogue.serializers import BookRowSerializer


class Command(BaseCommand):
    help = "Stores the books of a CSV file, all or none."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        try:
            with file.open(encoding="utf-8", newline="") as lines, transaction.atomic():
                imported = self.store(csv.DictReader(lines))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        self.stdout.write(f"imported {imported}")

    def store(self, rows):
        columns = BookRowSerializer.Meta.fields
        if rows.fieldnames != columns:
            raise CommandError(f"The columns must be {', '.join(columns)}.")
        authors = Author.objects.in_bulk(field_name="name")
        taken = set(Book.objects.values_list("isbn", flat=True))
        books, faults = [], []
        for row in rows:
            if None in row:
                faults.append(f"line {rows.line_num}: author: It is not the last column.")
            serializer = BookRowSerializer(data={**row, "pages": row["pages"] or None})
            if not serializer.is_valid():
                for field, messages in serializer.errors.items():
                    faults += [f"line {rows.line_num}: {field}: {message}" for message in messages]
                continue
            book = serializer.validated_data
            if book["isbn"] in taken:
                faults.append(f"line {rows.line_num}: isbn: There is a book with this ISBN.")
                continue
            name = book.pop("author")
            author = authors.setdefault(name, Author(name=name))
            books.append(Book(**book, author=author))
            taken.add(book["isbn"])
        if faults:
            raise CommandError("\n".join(faults))
        Author.objects.bulk_create(author for author in authors.values() if author.pk is None)
        return len(Book.objects.bulk_create(books))


# endregion
