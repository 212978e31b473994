"""Release series: their days, where they are shown, and what is wrong with them."""

from __future__ import annotations

from datetime import date

import pytest

from macros.catalog.evidence import version_of
from macros.checks.load import load
from macros.checks.series import in_series
from macros.reading.folders import Folders
from macros.schema import end_of
from macros.views.entries import entry_view
from macros.views.series import all_series, in_words, series_rows
from macros.views.site import Site
from tests.unit.spoiling import REST, spoil
from tests.unit.test_notices import about, said  # noqa: F401


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2027-04-30", date(2027, 4, 30)),
        ("2027-04", date(2027, 4, 30)),
        ("2028-02", date(2028, 2, 29)),
        ("2027-13", None),
        ("2027-02-30", None),
        ("the next release", None),
    ],
)
def test_a_month_ends_with_its_last_day(text, end):
    assert end_of(text) == end


@pytest.mark.parametrize(
    ("release", "series", "is_in"),
    [
        ("5.12.8", "5", True),
        ("5.12.8", "5.12", True),
        ("5.12.8", "5.1", False),
        ("6.0", "6.0", True),
        ("6", "6.0", False),
    ],
)
def test_a_release_is_in_a_series_by_its_numbers(release, series, is_in):
    assert in_series(version_of(release), version_of(series)) is is_in


def test_days_are_written_as_exactly_as_they_are_stated():
    assert [in_words(text) for text in ("2027-04-30", "2027-04", "the next release")] == [
        "30 Apr 2027",
        "Apr 2027",
        "the next release",
    ]


def test_series_are_listed_with_the_newest_first_and_end_after_their_day(catalog):
    rest = catalog.entries["alpha-rest"]
    assert [(row.name, row.supported, row.has_ended) for row in series_rows(rest, date(2027, 4, 30))] == [
        ("1.2", "30 Apr 2027", False),
        ("1.1 long-lived", "the next release", False),
        ("1.0", "May 2024", True),
    ]
    assert [row.has_ended for row in series_rows(rest, date(2027, 5, 1))] == [True, False, True]


def test_series_are_on_the_page_of_the_entry_and_on_health(site: Site, pages_of):
    pages = pages_of(site)
    assert [row.name for row in entry_view(site, site.catalog.entries["alpha-rest"]).series] == [
        row.name for row in all_series(site.catalog)
    ]
    for address in ("frameworks/alpha-rest/", "matrix/health/"):
        assert "1.1 long-lived" in pages[address], address
        assert "30 Apr 2027" in pages[address], address
    assert 'id="series"' not in pages["frameworks/alpha/"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "bug-fixes-until: 2026-12",
            "▸bug-fixes-until: 2026-09",
            "bug-fixes-until 2026-09-30 is before released 2026-10-01. Correct one of them.",
        ),
        (
            "supported-until: 2027-04-30",
            "▸supported-until: 2026-11",
            "supported-until 2026-11-30 is before bug-fixes-until 2026-12-31. Correct one of them.",
        ),
        (
            "supported-until: 2027-04-30",
            "▸supported-until: 2027-00",
            'supported-until "2027-00" is neither a day nor a month. Write 2027-04-30, 2027-04, or words such as the '
            "next feature release.",
        ),
        (
            "released: 2026-10-01",
            "▸released: 2026-11-30",
            "released 2026-11-30 is in the future (today is 2026-11-20). Write the day of the first release, or leave "
            "it out.",
        ),
        (
            'version: "1.0"',
            '▸version: "1.2"',
            '"1.2" is given twice (first on line 20). Keep one.',
        ),
        (
            'version: "1.0"',
            '▸version: "0.9"',
            "No release of Alpha REST begins with 0.9; the newest is 1.2.0 (as of 2026-11-20). Correct the number; if "
            "the series is out by now, run make lab-registry.",
        ),
    ],
)
def test_what_is_wrong_with_a_series_is_said_at_its_place(data, problems_of, old, new, message):
    place = spoil(data / REST, old, new)
    assert problems_of(data) == [f"data/{REST}:{place}: {message}"]


def test_a_newest_release_outside_all_series_is_a_notice(data, said):  # noqa: F811
    assert about(said(REST), "these series") == []
    spoil(data / REST, 'version: "1.2"', 'version: "1"')
    assert about(said(REST), "these series") == [], "1.2.0 begins with 1"
    spoil(data / REST, 'version: "1"\n', 'version: "0.9"\n')
    assert about(said(REST), "these series") == [
        "19:1: The newest release, 1.2.0, belongs to none of these series. Read the page of the project again."
    ]


def test_a_series_may_be_one_mapping_and_its_days_may_be_days(data, today):
    stated = (data / REST).read_text(encoding="utf-8").partition("series:\n")[0]
    one = (
        'series: {version: "1.2", supported-until: 2027-04-30, source: "https://x.example.org/", checked: 2026-11-20}\n'
    )
    (data / REST).write_text(stated + one, encoding="utf-8")
    (series,) = load(Folders.around(data), today).entries["alpha-rest"].record.series
    assert series.supported_until == "2027-04-30"
