"""The rules of data/changes/: each file is a day of the past, and what it names is there or was removed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from macros.checks.rules import Scope, rule
from macros.reading.documents import Problem, quoted


@rule
def files_of_changes_are_days(scope: Scope) -> Iterator[Problem]:
    """A file of data/changes/ is named after its day, which is not in the future."""
    for loaded, _ in scope.collection("changes"):
        day = _day(loaded.id)
        if day is None:
            yield loaded.problem((), f"The file name {quoted(loaded.id)} is not a day. Name it like 2026-11-29.yml.")
        elif day > scope.today:
            yield loaded.problem((), f"{day} is in the future (today is {scope.today}). Name it after its day.")


@rule
def changed_entries_are_there(scope: Scope) -> Iterator[Problem]:
    """An entry of data/changes/ has a record, or the newest day that names it says that it is gone."""
    newest = {
        entry: (loaded, changes.record == "removed")
        for loaded, record in sorted(scope.collection("changes"), key=lambda item: item[0].id)
        for entry, changes in record.entries.items()
    }
    for entry, (loaded, gone) in newest.items():
        is_there = entry in scope.entry_ids
        if is_there == gone:
            said = (
                "is said to be gone, and has a record"
                if gone
                else "has no record, and no later day says that it is gone"
            )
            message = f"{quoted(entry)} {said}. Run: python -m tools.changes --write"
            yield loaded.problem(("entries", entry), message)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-29") else None
    except ValueError:
        return None
