"""The usual days of facts, said once on a page."""

from __future__ import annotations

from collections.abc import Sequence

from macros.catalog.model import Entry
from macros.views.text import long_date


def usual_days(entries: Sequence[Entry]) -> str:
    """Return on which days most pages of the entries were read and most programs ran, as a sentence."""
    days = {day for entry in entries for day in (entry.usual_day, entry.usual_run) if day}
    if len(days) == 1:
        ran = "pages were read and programs ran" if any(entry.usual_run for entry in entries) else "pages were read"
        return f"Unless a fact says otherwise, {ran} on {long_date(days.pop())}."
    said = "; ".join(_of(entry, len(entries) > 1) for entry in entries)
    return f"Unless a fact says otherwise, {said}."


def _of(entry: Entry, named: bool) -> str:
    read = f"pages {f'of {entry.name} ' if named else ''}were read"
    if entry.usual_day is None or entry.usual_run is None:
        return f"{read} on {long_date(entry.usual_day)}" if entry.usual_day else f"{read} on different days"
    if entry.usual_day == entry.usual_run:
        return f"{read} and programs ran on {long_date(entry.usual_day)}"
    return f"{read} on {long_date(entry.usual_day)} and programs ran on {long_date(entry.usual_run)}"
