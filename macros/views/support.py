"""When the support of release series ends, as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from macros.catalog.model import Catalog
from macros.schema import end_of
from macros.views.feeds import TITLE, stable_id
from macros.views.series import SeriesRow, all_series, in_words

if TYPE_CHECKING:
    from icalendar import Event

NAME = f"{TITLE}: end of support"


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


def calendar(catalog: Catalog, site_url: str) -> bytes:
    """Return the calendar; `site_url` ends with a slash, or is empty where the site has no address yet."""
    from icalendar import Calendar  # noqa: PLC0415 - slow to import, and not needed where nothing has changed

    made = Calendar()
    made.add("prodid", f"-//{TITLE}//end of support//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", NAME)
    made.add("x-wr-calname", NAME)
    for end in ends(catalog):
        made.add_component(_event(end, site_url))
    content: bytes = made.to_ical()
    return content


def _event(end: End, site_url: str) -> Event:
    from icalendar import Event  # noqa: PLC0415 - see above

    series, entry = end.row.series, end.row.entry
    event = Event()
    event.add("uid", str(stable_id(f"support/{entry.id}/{series.version}/{end.what}")))
    event.add("dtstamp", datetime.combine(series.checked, time(), UTC))
    event.add("dtstart", end.day)
    event.add("dtend", end.day + timedelta(days=1))
    event.add("summary", f"{entry.named} {end.row.name}: {end.what} until {in_words(end.until)}")
    said = [
        f"As the project says on {series.source}, read on {series.checked}.",
        *([series.note] if series.note else []),
    ]
    event.add("description", " ".join(said))
    event.add("transp", "TRANSPARENT")
    event.add("url", urljoin(site_url, f"{entry.url}#series") if site_url else series.source)
    return event
