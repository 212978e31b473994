"""The rule of dates: what was read, measured or has happened is in the past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from macros.checks.rules import Scope, rule
from macros.reading.documents import Location, Problem

CURES = {
    "checked": "Write the day you read the page.",
    "retrieved": "Write the day you read the article.",
    "day": "Write the day it was measured.",
    "read": "Write the day you read it.",
    "published": "Write the day it was published.",
    "last-run": "Write the day of the newest run.",
    "ended": "Write the day on which its end was announced.",
}
"""Days that must be past, by key, and the cure."""
OWN_CURES = {
    ("history", "date"): "Write the day it happened.",
    ("statements", "date"): "Write the day it was said.",
    ("series", "released"): "Write the day of the first release, or leave it out.",
}
"""The same for keys that are such days in one part of a record only."""


@rule
def dates_are_past(scope: Scope) -> Iterator[Problem]:
    """The day on which something was read or measured, or on which it happened, is not in the future."""
    for loaded in scope.sources.files:
        for where, day in _days(loaded.document.data, ()):
            cure = OWN_CURES.get((str(where[0]), str(where[-1]))) or CURES.get(str(where[-1]))
            if cure and "facts" not in where and day > scope.today:
                message = f"{where[-1]} {day} is in the future (today is {scope.today}). {cure}"
                yield loaded.problem(where, message)


def _days(data: Any, where: Location) -> Iterator[tuple[Location, date]]:
    """Yield every day in the data, with the way to it."""
    if isinstance(data, date):
        yield where, data
    elif isinstance(data, dict | list):
        for step, item in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _days(item, (*where, step))
