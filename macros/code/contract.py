"""The items of the contract that every Books application is checked against: lab/books/items.yml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from macros.reading.documents import Problem, read
from macros.reading.validation import validate
from macros.schema.applications import Contract


def load(file: Path, shown: str = "lab/books/items.yml") -> tuple[Mapping[str, str], list[Problem]]:
    """Return what each item asks, by its id and in the order of the file; and what is wrong with the file.

    Messages name the file `shown`. A file that is missing or wrong has no items.
    """
    if not file.is_file():
        return {}, [Problem(shown, 1, 1, "The file is missing. Restore it from the repository.")]
    document = read(file, shown)
    checked = validate(Contract, document)
    return checked.record.items if checked.record else {}, [*document.problems, *checked.problems]
