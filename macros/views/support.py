"""When the support of release series ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from macros.catalog.model import Catalog
from macros.schema import end_of
from macros.views.series import SeriesRow, all_series


class End(NamedTuple):
    """What ends for a release series, and the last day on which it is there."""

    row: SeriesRow
    what: str
    until: str
    day: date


def ends(catalog: Catalog) -> tuple[End, ...]:
    """Return the ends whose day or month a page states, the earliest first; for a month it is its last day."""
    return tuple(sorted(_ends(catalog), key=lambda end: (end.day, end.row.entry.id, end.row.series.version, end.what)))


def _ends(catalog: Catalog) -> Iterator[End]:
    for row in all_series(catalog):
        stated = (("bug fixes", row.series.bug_fixes_until), ("support", row.series.supported_until))
        for what, until in stated:
            if until and (day := end_of(until)):
                yield End(row, what, until, day)
