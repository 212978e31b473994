# region command-line
import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from books.catalogue.forms import BookRowForm
from books.catalogue.models import Author, Book


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
        if rows.fieldnames != list(BookRowForm.base_fields):
            raise CommandError(f"The columns must be {', '.join(BookRowForm.base_fields)}.")
        authors = Author.objects.in_bulk(field_name="name")
        taken = set(Book.objects.values_list("isbn", flat=True))
        books, faults = [], []
        for row in rows:
            form = BookRowForm({**row, "pages": row["pages"] or None})
            if form.is_valid() and form.cleaned_data["isbn"] in taken:
                form.add_error("isbn", "There is a book with this ISBN.")
            if None in row:
                form.add_error("author", "It is not the last column.")
            for field, messages in form.errors.items():
                faults += [f"line {rows.line_num}: {field}: {message}" for message in messages]
            if not faults:
                name = form.cleaned_data.pop("author")
                author = authors.setdefault(name, Author(name=name))
                books.append(Book(**form.cleaned_data, author=author))
                taken.add(books[-1].isbn)
        if faults:
            raise CommandError("\n".join(faults))
        Author.objects.bulk_create(author for author in authors.values() if author.pk is None)
        return len(Book.objects.bulk_create(books))


# endregion
