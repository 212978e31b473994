"""Calendars to subscribe to (iCalendar, RFC 5545): releases of the last year, and when the support of series ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from urllib.parse import urljoin

from macros.catalog.model import Catalog, Entry
from macros.schema import routes
from macros.schema.measured.base import day_of
from macros.views.feeds import TITLE, stable_id
from macros.views.series import in_words
from macros.views.support import ends

RELEASED_WITHIN = timedelta(days=365)
"""How old a release may be, on the day on which its registry was read."""


class Happening(NamedTuple):
    """A day with what happens on it."""

    id: str
    """A path that stays what it is: the identifier of the event is made of it."""
    entry: Entry
    day: date
    said: date
    """The day on which it was read."""
    summary: str
    description: str
    place: str
    """Where its page says it, below the address of the entry."""
    source: str = ""
    """Where it is said if the site has no address yet."""


def calendars(catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """Return what each calendar that there is is about, and where it stands, from the root of the site."""
    found = (
        ("end of support of release series", routes.SUPPORT, any(ends(catalog))),
        ("releases of the last year", routes.RELEASES, any(releases(catalog))),
    )
    return tuple((about, path) for about, path, there in found if there)


def support_calendar(catalog: Catalog, site_url: str) -> bytes:
    """Return when support ends; `site_url` ends with a slash, or is empty where the site has no address yet."""
    return _calendar("end of support", _ends(catalog), site_url)


def release_calendar(catalog: Catalog, site_url: str) -> bytes:
    """Return the final releases of the last year, by what the registries say; `site_url` as above."""
    return _calendar("releases", releases(catalog), site_url)


def releases(catalog: Catalog) -> Iterator[Happening]:
    """Yield the final releases of every entry within a year before its registry was read."""
    for entry in catalog.entries.values():
        reading = entry.reading
        if not reading or reading.entry != entry.id:
            continue
        read = day_of(reading.moment)
        for day, version in reading.releases:
            if read - day <= RELEASED_WITHIN:
                yield Happening(
                    id=f"release/{entry.id}/{version}", entry=entry, day=day, said=read, place="#health",
                    summary=f"{entry.named} {version} was released",
                    description=f"As the registry of its package says, read on {read}.",
                )  # fmt: skip


def _ends(catalog: Catalog) -> Iterator[Happening]:
    for end in ends(catalog):
        series, entry = end.row.series, end.row.entry
        said = [f"As the project says on {series.source}, read on {series.checked}.", *filter(None, [series.note])]
        yield Happening(
            id=f"support/{entry.id}/{series.version}/{end.what}", entry=entry, day=end.day, said=series.checked,
            summary=f"{entry.named} {end.row.name}: {end.what} until {in_words(end.until)}",
            description=" ".join(said), place="#series", source=series.source,
        )  # fmt: skip


def _calendar(about: str, happenings: Iterable[Happening], site_url: str) -> bytes:
    from icalendar import Calendar, Event  # noqa: PLC0415 - slow to import, and not needed where nothing has changed

    made = Calendar()
    made.add("prodid", f"-//{TITLE}//{about}//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", f"{TITLE}: {about}")
    made.add("x-wr-calname", f"{TITLE}: {about}")
    for one in happenings:
        event = Event()
        event.add("uid", str(stable_id(one.id)))
        event.add("dtstamp", datetime.combine(one.said, time(), UTC))
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", one.summary)
        event.add("description", one.description)
        event.add("transp", "TRANSPARENT")
        if url := urljoin(site_url, f"{one.entry.url}{one.place}") if site_url else one.source:
            event.add("url", url)
        made.add_component(event)
    content: bytes = made.to_ical()
    return content
