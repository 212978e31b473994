# region command-line
import csv
import re
from pathlib import Path

from masonite.commands import Command

from books.catalogue import duplicates, faults_of, insert, transaction
from books.models.Author import Author
from books.validation.rules import book_rules, cleaned, text

FIELDS = ["title", "isbn", "published", "pages", "author"]


class ImportCommand(Command):
    """
    Import books from a CSV file, all or none

    import
        {file : The path of the file}
    """

    def handle(self):
        try:
            with Path(self.argument("file")).open(encoding="utf-8-sig", newline="") as file:
                reader = csv.DictReader(file)
                if set(reader.fieldnames or ()) != set(FIELDS):
                    self.line_error(f"The file must have the columns {', '.join(FIELDS)}.")
                    return 1
                rows = [(reader.line_num, self.as_book(row)) for row in reader]
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            self.line_error(str(error))
            return 1
        books = [book for _, book in rows]
        rules = [*book_rules(FIELDS, find_author=None), text("author")]
        faults = faults_of(books, rules) + duplicates(books)
        for fault in sorted(faults, key=lambda fault: fault["index"]):
            line = rows[fault["index"]][0]
            self.line_error(f"line {line}: {fault['field']}: {fault['message']}")
        if faults:
            return 1
        with transaction():
            authors = {author.name: author.id for author in Author.all()}
            for book in books:
                name = book.pop("author")
                if name not in authors:
                    authors[name] = Author.create({"name": name}).id
                book["author_id"] = authors[name]
            insert(books)
        self.line(f"imported {len(books)}")
        return 0

    def as_book(self, row):
        book = cleaned({field: row.get(field) or "" for field in FIELDS}, FIELDS)
        book["author"] = book["author"].strip()
        pages = book["pages"]
        book["pages"] = int(pages) if re.fullmatch("[0-9]{1,18}", pages) else pages or None
        return book


# endregion
