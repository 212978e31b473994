"""Whether a fact is current, what a probe shows, and how well an entry is maintained."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from macros.catalog.constants import ACTIVE_DAYS, OLD_AFTER_DAYS, QUIET_DAYS
from macros.catalog.evidence import (
    ageing,
    agrees,
    maintenance_status,
    newer_minor,
    probed,
    shows,
    version_of,
)
from macros.checks.load import load
from macros.reading.folders import Folders
from macros.schema import Entry, Evidence, ProbeRule, Relation
from tests.unit.spoiling import GAMMA, spoil

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def registry(catalog):
    """Return a function that gives registry data with these releases; the newest is the last."""
    sample = catalog.readings.registry["alpha-rest"]

    def of(*versions: str, days: int | None = 50):
        releases = tuple((date(2020, 1, 1) + timedelta(at), version) for at, version in enumerate(versions))
        latest = sample.latest.model_copy(update={"version": versions[-1]})
        return sample.model_copy(update={"releases": releases, "latest": latest, "since_last_release": days})

    return of


@pytest.fixture(scope="module")
def record(catalog) -> Entry:
    return catalog.entries["alpha"].record


def page(version: str | None = "1.2", source: str = "https://alpha.example.org/x/", days: int = 0) -> Evidence:
    checked = TODAY - timedelta(days)
    return Evidence.model_validate(
        {"source": source, "version": version, "checked": checked, "facts": {"orm": "built-in"}}
    )


def since(described: Evidence, reading) -> str | None:
    aged = ageing(described, reading, TODAY)
    return aged.since if aged else None


@pytest.mark.parametrize(
    ("read", "releases", "expected"),
    [
        ("1.2", ["1.2.0"], None),
        ("1.2", ["1.2.0", "1.2.9"], None),  # a patch changes nothing that pages describe
        ("1.2", ["1.2.0", "1.3.0"], "1.3"),
        ("1.2", ["1.2.0", "1.3.0", "1.4.0", "2.0.0"], "1.3"),  # the first release after the one that was read
        ("1.2", ["1.2.0", "2.0.0"], "2.0"),
        ("1.9", ["1.9.0", "1.10.0"], "1.10"),  # numbers, not letters
        ("1", ["1.0.0"], None),
        ("1", ["1.0.0", "1.1.0"], "1.1"),
        ("v1.2.3", ["1.2.3", "1.3.0"], "1.3"),
        ("1.4", ["1.2.0", "1.3.0"], None),
        ("1.2", ["1.2.0", "1.3.0rc1", "1.4.0"], "1.4"),  # a pre-release makes nothing old
    ],
)
def test_a_fact_ages_with_the_minor_releases_of_its_project(registry, read, releases, expected):
    assert since(page(read), registry(*releases)) == expected


def test_without_a_release_or_a_reading_days_alone_make_a_fact_old(registry):
    assert since(page(version=None), registry("1.2.0", "1.3.0")) is None
    assert since(page(), None) is None
    assert ageing(page(), registry("1.2.0", "1.3.0"), TODAY, by_releases=False) is None
    aged = ageing(page(days=OLD_AFTER_DAYS + 1), registry("1.2.0", "1.3.0"), TODAY, by_releases=False)
    assert aged
    assert (aged.since, aged.days) == (None, OLD_AFTER_DAYS + 1)


def test_what_is_no_version_comes_before_every_release(registry):
    assert newer_minor("unknown", registry("1.2.0", "1.3.0")) == "1.3"
    assert newer_minor("unknown", None) is None


@pytest.mark.parametrize(("days", "is_old"), [(0, False), (OLD_AFTER_DAYS, False), (OLD_AFTER_DAYS + 1, True)])
def test_a_page_is_old_after_so_many_days(days, is_old):
    aged = ageing(page(days=days), None, TODAY)
    assert (aged is not None) is is_old
    assert not aged or (aged.days, aged.since) == (days, None)


def test_an_old_page_of_an_old_release_has_both_reasons(registry):
    aged = ageing(page(days=200), registry("1.2.0", "1.3.0"), TODAY)
    assert aged
    assert (aged.since, aged.days) == ("1.3", 200)


@pytest.mark.parametrize(
    ("text", "expected"), [("v1.2", "1.2"), (" 1.2 ", "1.2"), ("5.x", None), ("", None), ("²", None)]
)
def test_what_is_a_version(text, expected):
    found = version_of(text)
    assert (str(found) if found else None) == expected


# what probes show

RULE = ProbeRule.model_validate(
    {"id": "x", "pass": ["built-in", "partial"], "fail": ["none", "third-party"], "absent": "none", "opt-in": "opt-in"}
)


@pytest.mark.parametrize(
    ("answer", "value", "may_say", "is_shown"),
    [
        ("pass", "built-in", True, True),
        ("pass", "none", False, False),
        ("fail", "none", True, True),
        ("fail", "third-party", True, False),  # a failure says nothing about another package
        ("fail", "built-in", False, False),
        ("absent", "none", True, False),  # an absence is declared, not shown
        ("opt-in", "opt-in", True, True),
        ("opt-in", "built-in", False, False),
    ],
)
def test_what_a_record_may_say_and_what_an_answer_shows(answer, value, may_say, is_shown):
    assert agrees(RULE, value, answer) is may_say
    assert shows(RULE, value, answer) is is_shown


def test_an_answer_that_allows_no_value_allows_any_and_shows_none():
    silent = ProbeRule.model_validate({"id": "x", "pass": "built-in"})
    assert agrees(silent, "none", "fail")
    assert not shows(silent, "none", "fail")


def test_a_probe_confirms_a_fact_that_its_page_no_longer_does(data, today):
    """The page is of 21.0 and 22.1 is out: the probed fact is current, the others are not."""
    spoil(data / GAMMA, "v22.1.0-rc.1", "v21.0")
    facts = load(Folders.around(data), today).entries["gamma"].facts
    assert {name for name, fact in facts.items() if fact.aged} == set(facts)
    assert {name for name, fact in facts.items() if fact.current} == {"async-handlers"}


def test_a_probe_of_an_older_minor_release_confirms_nothing(data, today):
    """Gamma 22.0.9 was asked, and 22.1 is out: the answer is shown, with the release that it is not of."""
    spoil(data / GAMMA, "v22.1.0-rc.1", "v21.0")
    spoil(data / "measured/probes/gamma.json", '"version": "22.1.0"', '"version": "22.0.9"')
    fact = load(Folders.around(data), today).entries["gamma"].facts["async-handlers"]
    assert not fact.current
    assert fact.confirmations == ()
    assert [(answer.version, answer.newer) for answer in fact.agreeing] == [("22.0.9", "22.1")]


def test_a_failing_probe_confirms_what_is_partial(data, today):
    """The rule of the criterion allows partial where the probe fails."""
    spoil(data / "measured/probes/gamma.json", '"answer": "pass"', '"answer": "fail"')
    spoil(data / GAMMA, "async-handlers: built-in", "async-handlers: {value: partial, note: It blocks.}")
    spoil(data / GAMMA, "v22.1.0-rc.1", "v21.0")
    fact = load(Folders.around(data), today).entries["gamma"].facts["async-handlers"]
    assert [answer.answer for answer in fact.confirmations] == ["fail"]
    assert fact.current


def test_an_answer_comes_with_its_version_and_its_day(catalog):
    rule = catalog.kinds["frameworks"].criteria["async-handlers"].probe
    (answer,) = probed(catalog.readings, "gamma", rule)
    assert (answer.setup, answer.answer, answer.version, answer.day) == ("gamma", "pass", "22.1.0", TODAY)
    assert probed(catalog.readings, "gamma", None) == ()
    assert probed(catalog.readings, "beta", rule) == ()
    assert len(probed(catalog.readings, "alpha-rest", rule)) == 2


# how well it is maintained


@pytest.mark.parametrize(
    ("days", "word"),
    [
        (0, "active"),
        (ACTIVE_DAYS, "active"),
        (ACTIVE_DAYS + 1, "quiet"),
        (QUIET_DAYS, "quiet"),
        (QUIET_DAYS + 1, "dormant"),
    ],
)
def test_the_status_follows_the_days_since_the_last_release(record, registry, days, word):
    status = maintenance_status(record, registry("1.0", days=days))
    assert status.word == word
    assert f"{days:,} days old" in status.reason


@pytest.mark.parametrize("edge", ["successor", "forked-to", "renamed-to"])
@pytest.mark.parametrize(("days", "word"), [(QUIET_DAYS, "successor exists"), (QUIET_DAYS + 1, "ended"), (None, None)])
def test_what_has_a_successor_has_ended_once_it_is_dormant(record, registry, edge, days, word):
    superseded = record.model_copy(update={"relations": (Relation(type=edge, to="beta"),)})
    reading = registry("1.0", days=days) if days is not None else None
    assert maintenance_status(superseded, reading).word == (word or "successor exists")


def test_other_edges_end_nothing(record, registry):
    built_on = record.model_copy(update={"relations": (Relation(type="built-on", to="beta"),)})
    assert maintenance_status(built_on, registry("1.0", days=5)).word == "active"


def test_without_a_date_nothing_is_said(record, registry):
    assert maintenance_status(record, None).word == "not measured"
    undated = registry("1.0", days=None).model_copy(update={"releases": ()})
    assert maintenance_status(record, undated).word == "not measured"


def test_the_last_confirmed_date_is_used_where_the_newest_is_not_confirmed(record, registry):
    """The registry data is of 20 November 2026, the release of 1 January 2020."""
    status = maintenance_status(record, registry("1.0", days=None))
    assert status.word == "dormant"
    assert "1.0, is 2,515 days old" in status.reason
