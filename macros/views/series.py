"""What pages say about release series and the end of their support."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from packaging.version import Version

from macros.catalog.model import Catalog, Entry
from macros.schema import Series, end_of
from macros.views.text import long_date


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow:
    """A release series of an entry, with its days as text."""

    entry: Entry
    series: Series
    released: str
    bug_fixes: str
    supported: str
    has_ended: bool
    """Whether its support has ended by today; where the page states no day, it has not."""

    @property
    def name(self) -> str:
        """Return what the series is called: `5.2 LTS`."""
        return self.series.name or self.series.version


def series_rows(entry: Entry, today: date) -> tuple[SeriesRow, ...]:
    """Return the release series of an entry, the newest first."""
    ordered = sorted(entry.record.series, key=lambda one: Version(one.version), reverse=True)
    return tuple(
        SeriesRow(
            entry=entry,
            series=one,
            released=long_date(one.released) if one.released else "",
            bug_fixes=in_words(one.bug_fixes_until) if one.bug_fixes_until else "",
            supported=in_words(one.supported_until),
            has_ended=(end := end_of(one.supported_until)) is not None and end < today,
        )
        for one in ordered
    )


def in_words(until: str) -> str:
    """Return a day as `30 Apr 2027`, a month as `Apr 2027`, and words as they are."""
    end = end_of(until)
    if end is None:
        return until
    return long_date(end) if len(until) > len("2027-04") else f"{end:%b %Y}"


def all_series(catalog: Catalog) -> tuple[SeriesRow, ...]:
    """Return the release series of all entries, by the name of the entry, the newest first."""
    entries = sorted(catalog.entries.values(), key=lambda entry: entry.name.lower())
    return tuple(row for entry in entries for row in series_rows(entry, catalog.today))
