"""What the suite found of the Books applications: data/measured/books/ENTRY.json."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.schema.fields import Id, Plain
from macros.schema.measured.base import Count, Moment, Seen, _Loose


class BooksItem(_Loose):
    """How an item of the contract ended: passed, declared absent and shown to be so, or failed with a reason."""

    outcome: Literal["passed", "absent", "failed"]
    tests: Count
    reason: Seen = ""


class BooksRun(_Loose):
    """data/measured/books/ENTRY.json: what the suite of the Books application found."""

    entry: Id
    items: dict[str, BooksItem]
    files: Plain = Field(description="The SHA-256 of the application that was run.")
    packages: dict[str, str]
    runtime: str
    command: Plain
    moment: Moment

    def count(self, outcome: str) -> int:
        """Return how many items ended so."""
        return sum(1 for item in self.items.values() if item.outcome == outcome)
