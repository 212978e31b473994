"""The items of the contract that every Books application is checked against: lab/books/items.yml."""

from __future__ import annotations

import re
from pathlib import Path

from macros.reading.documents import Problem, quoted, read, suggestion
from macros.reading.validation import validate
from macros.schema.applications import Contract

LIMIT = re.compile(r"\{([a-z]+(?:-[a-z]+)*)\}")
"""Where an item prints a limit."""
EMPTY = Contract(items={})


def load(file: Path, shown: str = "lab/books/items.yml") -> tuple[Contract, list[Problem]]:
    """Return the contract, its items with their limits filled in and in the order of the file; and what is wrong.

    Messages name the file `shown`. A file that is missing or wrong has no items.
    """
    if not file.is_file():
        return EMPTY, [Problem(shown, 1, 1, "The file is missing. Restore it from the repository.")]
    document = read(file, shown)
    checked = validate(Contract, document)
    if not checked.record:
        return EMPTY, [*document.problems, *checked.problems]
    limits, unknown = checked.record.limits, list[Problem]()

    def filled(found: re.Match[str]) -> str:
        return str(limits[found[1]]) if found[1] in limits else found[0]

    for item, asks in checked.record.items.items():
        for name in LIMIT.findall(asks):
            if name not in limits:
                message = f"{quoted(name)} is not a limit.{suggestion(name, limits)} Limits are {', '.join(limits)}."
                unknown.append(document.problem(("items", item), message))
    items = {item: LIMIT.sub(filled, asks) for item, asks in checked.record.items.items()}
    return checked.record.model_copy(update={"items": items}), [*document.problems, *checked.problems, *unknown]
