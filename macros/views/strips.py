"""The same few figures of two entries, side by side: release, status, what it runs on, what it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from macros.catalog.model import Entry
from macros.views.health import NOT_MEASURED, runs_on
from macros.views.text import long_date, plural, size


class StripRow(NamedTuple):
    """A figure of several entries: what it is, and the text of each with a note."""

    label: str
    figures: tuple[tuple[str, str], ...]


def strip_of(entries: tuple[Entry, ...]) -> tuple[StripRow, ...]:
    """Return the figures of the entries by row; a row that none of them has is left out."""
    columns = [dict(_figures(entry)) for entry in entries]
    labels = dict.fromkeys(label for column in columns for label in column)
    rows = []
    for label in labels:
        figures = tuple(column.get(label, (NOT_MEASURED, "")) for column in columns)
        if any(text not in (NOT_MEASURED, "not stated") for text, _ in figures):
            rows.append(StripRow(label, figures))
    return tuple(rows)


def _figures(entry: Entry) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the figures of an entry by label, each with its note."""
    reading, footprint = entry.reading, entry.footprint
    if reading:
        released = long_date(reading.latest.released) if reading.latest.released else ""
        yield "Latest release", (reading.latest.version, released)
    count = reading.releases_24_months if reading else None
    yield "Status", (entry.status.word, "" if count is None else f"{plural(count, 'release')} in 24 months")
    if reading:
        yield "Runs on", (runs_on(reading), "")
        installed, needed = reading.installed_size, reading.dependencies
        packages = plural(needed.every, "dependency", "dependencies") if needed else ""
        if installed:
            yield "Installed size", (size(installed.with_dependencies), packages)
    if footprint:
        yield "Idle memory", (f"{footprint.idle_pss.median:.0f} {footprint.idle_pss.unit}", "")
        first = footprint.first_response
        yield "Start to first response", (f"{first.median:.0f} {first.unit}", "")
