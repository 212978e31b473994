"""The calendar with the end of support: the form that RFC 5545 asks for, and what it says."""

from __future__ import annotations

from datetime import date

from icalendar import Calendar

from macros.schema import end_of
from macros.views.series import all_series
from macros.views.support import calendar, ends

ADDRESS = "https://guide.example.org/"


def test_lines_end_and_fold_as_the_standard_says(catalog):
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
    events = Calendar.from_ical(calendar(catalog, ADDRESS)).walk("VEVENT")
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
    event = Calendar.from_ical(calendar(catalog, "")).walk("VEVENT")[0]
    assert str(event["SUMMARY"]).startswith(f"{end.row.entry.named} {end.row.name}: {end.what} until ")
    assert end.row.series.source in str(event["DESCRIPTION"])
    assert str(event["URL"]) == end.row.series.source


def test_the_same_records_give_the_same_bytes(catalog):
    assert calendar(catalog, ADDRESS) == calendar(catalog, ADDRESS)
