"""What pages say about measurements: maintenance, packages, probes, the contract."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from macros.schema.measured.mutations import PlantedBug
from macros.schema.measured.probes import Exchange
from macros.views.contract import application_view, contract_view
from macros.views.health import health_view
from macros.views.health_matrix import health_tables
from macros.views.measurements import ProbeView, behaviour
from macros.views.origins import origins
from tests.results import EXAMPLES


@pytest.fixture
def health(catalog):
    return lambda name: health_view(catalog, catalog.entries[name])


def test_what_is_measured_of_a_package_is_listed_with_notes(health):
    assert [(item.label, item.text, item.note) for item in health("alpha-rest").measurements] == [
        ("Latest release", "1.2.0", "of 1 Oct 2026"),
        ("First release of the package", "3 Feb 2020", ""),
        ("Runs on", "Python >=3.11", "classifiers: 3.11, 3.12"),
        ("Tried", "works on Python 3.13.0", ""),
        ("Dependencies", "1 direct, 1 indirect", ""),
        ("Installed size", "2.3 MB", "12 kB alone, on Python 3.13.0"),
        ("Licence in the package", "MIT", "from the field License-Expression"),
        ("Typed", "yes", "alpha_rest/py.typed"),
        ("Declared status", "5 - Stable", ""),
        ("Known vulnerabilities in 1.2.0", "PYSEC-2026-1 (CVE-2026-1)", ""),
        ("Withdrawn releases", "1.1.1", ""),
        ("Downloads per month", "12,345", "downloads in a month"),
    ]


def test_what_the_registry_did_not_answer_is_not_measured(health):
    found = {item.label: item.text for item in health("gamma").measurements}
    assert {found[label] for label in ("Dependencies", "Installed size", "Typed")} == {"not measured"}
    assert (found["First release of the package"], found["Licence in the package"]) == ("not confirmed", "not stated")
    assert health("gamma").pace == ""
    assert health("gamma").timeline is None
    assert ("yanked", "the registry answered with 405") in health("gamma").unavailable


def test_what_was_measured_of_an_older_release_says_so(catalog, health):
    """The program ran on 1.2.0; once 1.3.0 is out, nobody has tried that."""
    entry = catalog.entries["alpha-rest"]
    latest = entry.reading.latest.model_copy(update={"version": "1.3.0"})
    later = replace(entry, reading=entry.reading.model_copy(update={"latest": latest}))
    (tried,) = [item for item in health_view(catalog, later).measurements if item.label == "Tried"]
    assert tried.note == "1.2.0, before 1.3"
    moved = replace(catalog, entries={**catalog.entries, "alpha-rest": later})
    rows = {row.entry.id: row for table in health_tables(moved) for row in table.maintenance}
    assert rows["alpha-rest"].tried == "Python 3.13.0 (1.2.0, before 1.3)"


def test_a_failed_trial_and_a_claim_are_shown(health):
    view = health("alpha-rest")
    assert [item.remarks for item in view.measurements if item.remarks] == [
        ("3.14.0: ImportError: no module",),
        ("1.1.1 of 7 May 2024: It was broken.",),
    ]
    assert view.pace == "It had 1 release in 24 months; the longest gap was 0 days."
    assert [(claim.article, claim.line, claim.says) for claim in view.claims] == [("An essay", 12, "Abandoned.")]
    assert view.read == date(2026, 11, 20)


def test_counts_that_are_missing_have_their_reasons(health):
    assert ("stars", "no dump names it") in health("alpha-rest").unavailable


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({}, "works on Python 3.13.0 if setuptools<81 is installed as well"),
        ({"cured": None}, "release 1.0 works on Python 3.13.0"),
        ({"cured": None, "older_release": None}, ""),
    ],
)
def test_what_works_if_the_newest_release_alone_does_not_is_said(catalog, changes, note):
    smoke = EXAMPLES["smoke/hello"]
    passes = {name: getattr(smoke, name).model_copy(update={"outcome": "pass"}) for name in ("cured", "older_release")}
    entry = replace(catalog.entries["alpha-rest"], smoke=smoke.model_copy(update={**passes, **changes}))
    tried = next(item for item in health_view(catalog, entry).measurements if item.label == "Tried")
    assert (tried.text, tried.note) == ("did not work on any Python tried", note)


def test_a_start_and_idle_memory_have_their_units(catalog):
    entry = replace(catalog.entries["alpha-rest"], footprint=EXAMPLES["footprint/hello"])
    found = {item.label: item for item in health_view(catalog, entry).measurements}
    start = found["Start to first response"]
    assert (start.text, start.note) == ("2 ms", "median of 3 runs, smallest useful server; 2 ms")


def test_every_measurement_says_where_it_comes_from(catalog):
    measured = {name: EXAMPLES[f"{name.replace('_', '-')}/hello"] for name in ("smoke", "footprint", "type_coverage")}
    found = origins(replace(catalog.entries["alpha-rest"], **measured))
    assert [origin.what for origin in found] == ["Registry", "Pythons", "Types", "Start and memory"]
    assert {origin.day for origin in found} == {date(2026, 11, 20)}
    assert [origin.command for origin in found] == ["python -m lab registry", *["python -m lab x"] * 3]
    registry, pythons, types, start = (origin.how for origin in found)
    assert registry == (
        "pkg:pypi/alpha-rest",
        "dates from the index's upload time",
        "installed by uv pip install alpha-rest",
    )
    machine = "Quick CPU, 2 cores, Linux 6.1.0, x86_64"
    assert pythons == ("hello 2.0", f"on {machine}", "installed: hello 2.0")
    assert types == (
        "hello 2.0, imported as hello, by the rules of Python 3.13",
        "without its tests hello.tests; with them 50 % of 2 names",
    )
    assert start == (
        "hello 2.0, served by waiter, started by python smoke.py {port}",
        f"CPython 3.13.0 on {machine}",
        "other programs kept 2.0 ms busy",
        "1 kB in 1 package: hello 2.0",
        f"SHA-256 of the lock: {'3b' * 32}",
    )


def test_what_is_not_measured_has_no_origin(catalog):
    assert origins(catalog.entries["alpha"]) == ()


def test_an_entry_without_registry_data_has_no_health(health):
    assert health("alpha") is None


def test_a_timeline_ends_with_the_day_it_was_read(health):
    found = health("alpha-rest").timeline
    assert (found.count, found.first, found.last) == (3, date(2020, 2, 3), date(2026, 11, 20))
    assert found.path.startswith("M2 0v20M")
    assert [year.label for year in found.years] == ["2021", "2022", "2023", "2024", "2025", "2026"]
    assert not any(year.late for year in found.years)


def test_health_has_two_views_of_each_kind_with_registry_data(catalog):
    (table,) = health_tables(catalog)
    assert [(row.entry.id, row.status, row.tone) for row in table.maintenance] == [
        ("alpha-rest", "active", "supported"),
        ("gamma", "not measured", "muted"),
    ]
    known, unknown = table.maintenance
    assert known.rank > unknown.rank, "the better status sorts higher"
    assert (known.tried, known.gap, known.in_words) == ("Python 3.13.0", 0, "1 release in 24 months")
    assert (unknown.tried, unknown.gap, unknown.in_words) == (None, None, "not measured")
    assert (unknown.released, unknown.strokes) == (None, "")
    assert table.measures == (), "one measured entry is no comparison"


def test_a_release_is_a_stroke_and_the_newest_lies_farthest_right(real):
    (frameworks,) = [table for table in health_tables(real) if table.kind.id == "frameworks"]
    for row in frameworks.maintenance:
        places = [int(place) for place in re.findall(r"M(\d+) 0v16", row.strokes)]
        assert places == sorted(places)
        assert len(places) <= (row.count or 0)
        assert bool(places) == bool(row.count)


def test_what_an_entry_takes_stands_under_the_name_of_the_measure(real):
    (frameworks,) = [table for table in health_tables(real) if table.kind.id == "frameworks"]
    for row in frameworks.footprint:
        assert tuple(cell.label for cell in row.cells) == frameworks.names
        assert all((cell.text is None) == (cell.figure == "") for cell in row.cells)


def probe(catalog) -> ProbeView:
    (found,) = behaviour(catalog).probes
    return found


def test_the_answers_to_a_probe_make_a_sentence(catalog):
    assert probe(catalog).summary == (
        "1 of 3 setups passes by default, 1 when it is switched on. 0 behave differently, 1 does not have it."
    )
    alone = replace(probe(catalog), cells=(None, probe(catalog).cells[1], None))
    assert alone.summary.startswith(("0 of 1 setup", "1 of 1 setup"))


def test_a_setup_lists_the_packages_that_it_asks_for(catalog):
    cell = probe(catalog).answered[0]
    packages = dict.fromkeys(("anyio", "django", "uvicorn", "@x/y.z", "last"), "1.0")
    asked = ("Django", "uvicorn[standard]>=0.5", "@x/y.z", "last")
    run = cell.run.model_copy(update={"requirements": asked, "packages": packages})
    assert replace(cell, run=run).packages == "Django 1.0, uvicorn 1.0, @x/y.z 1.0"


@pytest.mark.parametrize(
    ("exchange", "text"),
    [
        (Exchange(request="GET /", status="HTTP/1.1 204"), "HTTP/1.1 204\n"),
        (Exchange(request="GET /", status="200", headers=("a: b",), body="x\ny"), "200\na: b\n\nx\ny"),
    ],
)
def test_a_response_is_one_text(exchange, text):
    assert exchange.response == text


def test_the_contract_says_what_each_application_did(site):
    view = contract_view(site.catalog.contract, site.sides, ("alpha", "beta"), {})
    found = {item.id: {side.entry.id: result for side, result in item.results} for item in view.items}
    assert found["validation"]["beta"].word == "fails"
    assert found["validation"]["beta"].reason == "test_x: it answered otherwise"
    assert (found["live"]["beta"].word, found["live"]["beta"].reason) == (
        "not possible",
        "It keeps no connection open.",
    )
    assert [item.name for item in view.items] == ["first response", "validation", "live"]


def test_the_contract_says_which_planted_bugs_were_caught(site):
    seen = PlantedBug(bug="It is deaf.", item="first-response", test="test_it_hears")
    bugs = {"deaf": seen, "blind": seen.model_copy(update={"test": ""})}
    run = EXAMPLES["mutations/hello"].model_copy(update={"entry": "beta", "bugs": bugs})
    view = contract_view(site.catalog.contract, site.sides, (), {"beta": run, "gone": run})
    assert (view.bugs, view.caught) == (2, 1)
    (beta,) = view.planted
    assert (beta.side.entry.id, beta.run.caught, beta.day) == ("beta", 1, date(2026, 11, 20))
    assert [(bug.test, item) for bug, item in beta.bugs] == [
        ("test_it_hears", "first response"),
        ("", "first response"),
    ]


def test_an_application_shows_its_results_and_its_size(site):
    view = application_view(site.catalog.contract.items, site.sides["alpha"])
    assert (view.day, view.packages) == (date(2026, 11, 20), "alpha 2.9")
    assert view.side.run.tests == 6
    assert view.side.costs == {"lines": 22, "names": 3, "files": 4, "packages": 2}
    assert (view.side.passed, view.side.absent, view.side.failed) == (3, 0, 0)
    assert {result.outcome for result in view.results} == {"passed"}
