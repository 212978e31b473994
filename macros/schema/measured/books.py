"""What the suite found of the Books applications: data/measured/books/ENTRY.json."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from macros.schema.fields import Plain
from macros.schema.measured.base import Count, Digest, EntryResult, Machine, MeasuredRecord, Packages, Seen


class BooksItem(MeasuredRecord):
    """How an item of the contract ended: passed, declared absent and shown to be so, or failed with a reason."""

    outcome: Literal["passed", "absent", "failed"]
    tests: Count = Field(description="How many tests decided it.")
    reason: Seen = ""


class BooksRun(EntryResult):
    """What the suite found of one application."""

    items: dict[str, BooksItem]
    files: Digest = Field(description="The SHA-256 of the application that was run.")
    packages: Packages = Field(description="Its direct dependencies.")
    runtime: Plain
    database: Plain | None = Field(None, description="What kept its books, and its release.")
    server: dict[str, Plain] = Field(default_factory=dict, description="How the server of the database was run.")
    machine: Machine

    @property
    def tests(self) -> int:
        """Return how many tests decided its items."""
        return sum(item.tests for item in self.items.values())

    def count(self, outcome: str) -> int:
        """Return how many items ended so."""
        return sum(1 for item in self.items.values() if item.outcome == outcome)
