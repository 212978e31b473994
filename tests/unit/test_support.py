"""The calendars of releases and of the end of support: the form that RFC 5545 asks for, and what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from macros.schema import end_of
from macros.schema.measured.base import day_of
from macros.views.calendars import calendars, release_calendar, releases, support_calendar
from macros.views.series import all_series
from macros.views.support import ends

ADDRESS = "https://guide.example.org/"


@pytest.mark.parametrize("calendar", [support_calendar, release_calendar])
def test_lines_end_and_fold_as_the_standard_says(catalog, calendar):
    content = calendar(catalog, ADDRESS)
    *lines, last = content.split(b"\r\n")
    assert last == b""
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-1] == b"END:VCALENDAR"


def test_every_end_that_is_a_day_is_an_event_with_an_id_of_its_own(catalog):
    stated = [
        until
        for row in all_series(catalog)
        for until in (row.series.bug_fixes_until, row.series.supported_until)
        if until and end_of(until)
    ]
    events = Calendar.from_ical(support_calendar(catalog, ADDRESS)).walk("VEVENT")
    assert stated
    assert sorted(event["DTSTART"].dt for event in events) == sorted(end_of(until) for until in stated)
    assert len({event["UID"] for event in events}) == len(events)
    for event in events:
        assert type(event["DTSTART"].dt) is date
        assert (event["DTEND"].dt - event["DTSTART"].dt).days == 1
        assert event["DTSTAMP"].dt.utcoffset().total_seconds() == 0
        assert event["URL"].startswith(ADDRESS)


def test_an_event_says_what_ends_and_who_says_so(catalog):
    end = ends(catalog)[0]
    event = Calendar.from_ical(support_calendar(catalog, "")).walk("VEVENT")[0]
    assert str(event["SUMMARY"]).startswith(f"{end.row.entry.named} {end.row.name}: {end.what} until ")
    assert end.row.series.source in str(event["DESCRIPTION"])
    assert str(event["URL"]) == end.row.series.source


def test_the_same_records_give_the_same_bytes(catalog):
    assert support_calendar(catalog, ADDRESS) == support_calendar(catalog, ADDRESS)
    assert release_calendar(catalog, ADDRESS) == release_calendar(catalog, ADDRESS)


def test_the_releases_of_a_year_are_events_at_their_entry(catalog):
    wanted = [
        (day, f"{entry.named} {version} was released")
        for entry in catalog.entries.values()
        if (reading := entry.reading) and reading.entry == entry.id
        for day, version in reading.releases
        if (day_of(reading.moment) - day).days <= 365
    ]
    events = Calendar.from_ical(release_calendar(catalog, ADDRESS)).walk("VEVENT")
    assert wanted
    assert sorted((event["DTSTART"].dt, str(event["SUMMARY"])) for event in events) == sorted(wanted)
    assert len({event["UID"] for event in events}) == len(events)
    assert all(event["URL"].startswith(ADDRESS) and event["URL"].endswith("#health") for event in events)
    assert all("URL" not in event for event in Calendar.from_ical(release_calendar(catalog, "")).walk("VEVENT"))


def test_an_old_release_is_no_event(catalog):
    entry = next(one for one in catalog.entries.values() if one.reading and one.reading.entry == one.id)
    read = day_of(entry.reading.moment)
    dated = tuple((read - timedelta(days=days), f"{days}.0") for days in (366, 365, 0))
    changed = replace(entry, reading=entry.reading.model_copy(update={"releases": dated}))
    found = releases(replace(catalog, entries={entry.id: changed}))
    assert [happening.summary for happening in found] == [
        f"{entry.named} 365.0 was released", f"{entry.named} 0.0 was released",
    ]  # fmt: skip


def test_the_page_of_changes_leads_to_both(catalog):
    assert [path for _, path in calendars(catalog)] == ["feeds/support.ics", "feeds/releases.ics"]
