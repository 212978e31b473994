"""Made-up books: titles, ISBNs with their checksum, and CSV files of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from typing import Any

COLUMNS = ("title", "isbn", "published", "pages", "author")
AUTHORS = ("Ada Aldous", "Bo Bergström", "Chiamaka Obi", "Dai Sijie", "Élodie Marchand", 'Finn "Fin" O\'Hara')
AWKWARD = (
    'Commas, "quotes" and semicolons; all of them',
    "Zeilenumbruch\nin the title",
    "<script>alert(1)</script> & <b>bold</b>",
    "100% of _everything_",
    "書物の歴史",
    "Ünïcödé 📚",
    "'); DROP TABLE books; --",
    "=1+1",
    "Carriage return\rin the title",
    "Cafe\u0301 of \ufb01ne \u212bngstroms",
)
PLAIN = 40
"""Titles of the seed that sort as they are counted."""
SEEDED = PLAIN + len(AWKWARD)
"""Books of the seed."""
_numbers = count(1)


def isbn13(number: int) -> str:
    """Return the ISBN-13 with prefix 978 whose next nine digits are `number`, with its checksum."""
    digits = f"978{number:09}"
    total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def new_isbn() -> str:
    """Return an ISBN that has not been returned before."""
    return isbn13(next(_numbers))


def book(**changes: Any) -> dict[str, Any]:
    """Return a book as a request to create one states it, with a new ISBN, by the author with id 1."""
    number = next(_numbers)
    fields = {
        "title": f"Book {number}",
        "isbn": isbn13(number),
        "published": "2024-02-29",
        "pages": 200,
        "author_id": 1,
    }
    return fields | changes


def rows(titles: Iterable[str], author: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield a row of CSV for each title: authors in turn, every fourth without pages, years from 2001 on."""
    for index, title in enumerate(titles):
        yield {
            "title": title,
            "isbn": new_isbn(),
            "published": f"{2001 + index % 20}-{1 + index % 12:02}-{1 + index % 28:02}",
            "pages": "" if index % 4 == 3 else str(100 + index),
            "author": author or AUTHORS[index % len(AUTHORS)],
        }


def as_csv(records: Iterable[Mapping[str, Any]]) -> str:
    """Return the records in the form of RFC 4180: a header, lines that end with CR LF, quotes if they are needed."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue()


def seed() -> str:
    """Return the file that a store begins with: forty plain titles and the awkward ones, by six authors."""
    return as_csv(rows([*(f"Plain {number:03}" for number in range(PLAIN)), *AWKWARD]))
