"""What the pages about releases, behaviour, stars and age show, worked out by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from macros.catalog.evidence import Ageing
from macros.catalog.ratings import scores
from macros.views.health import runs_on, timeline
from macros.views.measurements import ANSWERS, behaviour, rechecks
from macros.views.stars import star_views
from macros.views.text import size


@pytest.fixture(scope="module")
def python(catalog):
    return catalog.readings.registry["alpha-rest"]


@pytest.fixture(scope="module")
def node(catalog):
    return catalog.readings.registry["gamma"]


# releases


def strokes(line) -> list[float]:
    return [float(x) for x in re.findall(r"M([\d.]+) 0v20", line.path)]


def test_releases_are_strokes_from_the_first_one_to_the_day_of_reading(python):
    """Read on 20 November 2026, 2,482 days after the first: 2 + 996 × days ÷ 2482."""
    line = timeline(python)
    assert (line.count, line.first, line.last) == (3, date(2020, 2, 3), date(2026, 11, 20))
    assert strokes(line) == [
        2.0,
        pytest.approx(2 + 996 * 1554 / 2482, abs=0.06),
        pytest.approx(2 + 996 * 2432 / 2482, abs=0.06),
    ]


def test_releases_of_a_day_are_one_stroke_and_are_all_counted(python):
    twice = ((date(2026, 11, 19), "1"), (date(2026, 11, 19), "2"))
    line = timeline(python.model_copy(update={"releases": twice}))
    assert (line.count, strokes(line)) == (2, [2.0])


def test_a_release_on_the_day_of_reading_alone_divides_by_nothing(python):
    line = timeline(python.model_copy(update={"releases": ((date(2026, 11, 20), "1"),)}))
    assert strokes(line) == [2.0]
    assert line.years == ()


def test_years_stand_where_they_begin(python):
    years = timeline(python).years
    assert [year.label for year in years] == ["2021", "2022", "2023", "2024", "2025", "2026"]
    assert years[0].at == pytest.approx((2 + 996 * 333 / 2482) / 10, abs=0.06)
    places = [year.at for year in years]
    assert places == sorted(places)


def test_many_years_are_thinned_out(python):
    old = timeline(python.model_copy(update={"releases": ((date(1999, 1, 1), "1"),)}))
    assert len(old.years) <= 9
    assert [year.label for year in old.years][:2] == ["2000", "2003"]


def test_without_dates_there_is_no_line(python, node):
    assert timeline(None) is None
    assert timeline(node) is None
    assert timeline(python.model_copy(update={"since_last_release": None})) is None
    assert timeline(python.model_copy(update={"releases": ()})) is None


# on what it runs, how large it is


def test_on_what_it_runs(python, node):
    assert runs_on(python.model_copy(update={"requires_python": ">=3.10"})) == "Python >=3.10"
    assert runs_on(python.model_copy(update={"requires_python": None})) == "not stated"
    assert runs_on(node) == "Node.js >=20"
    assert runs_on(node.model_copy(update={"engines": {"npm": "10"}})) == "Node.js"
    assert runs_on(node.model_copy(update={"engines": None})) == "not stated"
    assert runs_on(None) == "not stated"


@pytest.mark.parametrize(
    ("octets", "shown"),
    [
        (0, "0 kB"),
        (1_499, "1 kB"),
        (99_999, "100 kB"),
        (100_000, "0.1 MB"),
        (2_249_999, "2.2 MB"),
        (31_000_000, "31.0 MB"),
    ],
)
def test_sizes_in_units_of_a_thousand(octets, shown):
    assert size(octets) == shown


# behaviour


def test_every_probe_has_a_cell_for_every_run_in_the_order_of_names(catalog):
    view = behaviour(catalog)
    assert [run.setup for run in view.runs] == ["alpha-rest", "alpha-rest-bare", "gamma"]
    (probe,) = view.probes
    assert [cell.result.answer for cell in probe.cells] == ["absent", "opt-in", "pass"]
    assert [(cell.symbol, cell.tone, cell.word) for cell in probe.cells] == [
        ANSWERS[answer] for answer in ("absent", "opt-in", "pass")
    ]
    assert probe.summary == (
        "1 of 3 setups passes by default, 1 when it is switched on. 0 behave differently, 1 does not have it."
    )
    assert [criterion.id for criterion in probe.decides] == ["async-handlers"]
    assert {cell.day for cell in probe.cells} == {date(2026, 11, 20)}


def test_a_run_that_was_not_asked_leaves_its_cell_empty(catalog):
    runs = dict(catalog.readings.runs)
    asked = runs["gamma"].probes["async-handler"].model_copy(update={"subject": "data", "question": "Is it there?"})
    runs["gamma"] = runs["gamma"].model_copy(update={"probes": {**runs["gamma"].probes, "extra": asked}})
    view = behaviour(replace(catalog, readings=replace(catalog.readings, runs=runs)))
    extra = next(probe for probe in view.probes if probe.id == "extra")
    assert [bool(cell) for cell in extra.cells] == [False, False, True]
    assert len(extra.answered) == 1
    assert extra.decides == ()


def test_runs_of_entries_that_do_not_exist_are_left_out(catalog):
    runs = {"other": catalog.readings.runs["gamma"].model_copy(update={"entry": "other", "setup": "other"})}
    assert behaviour(replace(catalog, readings=replace(catalog.readings, runs=runs))) is None


# stars


def test_stars_and_ratings_that_order_two_entries_differently(catalog):
    """Features: Alpha 5, Beta 1.4, Gamma 1.5; the article has Beta first, and Gamma level with Alpha."""
    stars = {"features": {"beta": 5, "alpha": 3, "gamma": 3}}
    article = catalog.articles["review"].model_copy(update={"stars": stars})
    ours = {name: scores(catalog, entry) for name, entry in catalog.entries.items()}
    (view,) = star_views(replace(catalog, articles={"review": article}), ours)
    assert [(entry.id, given, value) for entry, given, value in view.rows] == [
        ("beta", 5, 1.4),
        ("alpha", 3, 5.0),
        ("gamma", 3, 1.5),
    ]
    assert [(one.id, other.id) for one, other in view.disagreements] == [("beta", "alpha"), ("beta", "gamma")]


def test_what_is_not_rated_disagrees_with_nothing(catalog):
    stars = {"size": {"beta": 5, "alpha": 1}}
    article = catalog.articles["review"].model_copy(update={"stars": stars})
    ours = {name: scores(catalog, entry) for name, entry in catalog.entries.items()}
    (view,) = star_views(replace(catalog, articles={"review": article}), ours)
    assert [value for _, _, value in view.rows] == [None, None]
    assert view.disagreements == ()


# what to check again


def aged(catalog, entry: str, **since: str):
    """Return the entry with facts that are no longer current: criterion and the release since."""
    found = catalog.entries[entry]
    facts = {
        name: replace(
            fact, aged=Ageing(since=since[key]) if (key := name.replace("-", "_")) in since else None, probed=()
        )
        for name, fact in found.facts.items()
    }
    return {entry: replace(found, facts=facts)}


@pytest.fixture
def old(catalog):
    """Return the catalog with two old facts of Alpha, one of Beta, and none of the others."""
    none = {name: changed for one in catalog.entries for name, changed in aged(catalog, one).items()}
    some = {**aged(catalog, "alpha", orm="3.10", admin="3.9"), **aged(catalog, "beta", scope="1.1")}
    return replace(catalog, entries={**none, **some})


def test_the_entry_with_most_to_check_comes_first_and_what_weighs_most_in_it(old):
    found = rechecks(old, {("frameworks", "admin"): 3.0, ("frameworks", "orm"): 1.0})
    assert [(item.entry.id, [fact.criterion.id for fact in item.facts]) for item in found] == [
        ("alpha", ["admin", "orm"]),
        ("beta", ["scope"]),
    ]


def test_the_oldest_release_is_named_whatever_comes_first(old):
    (alpha, _) = rechecks(old, {("frameworks", "orm"): 1.0})
    assert [fact.criterion.id for fact in alpha.facts] == ["orm", "admin"]
    assert alpha.since == "3.9"


def test_an_inherited_fact_is_checked_where_it_is_stated(old):
    """Alpha REST inherits admin from Alpha."""
    rest = old.entries["alpha-rest"]
    facts = {**rest.facts, "admin": replace(rest.facts["admin"], aged=Ageing(since="3.9"), inherited_from="alpha")}
    found = rechecks(replace(old, entries={**old.entries, "alpha-rest": replace(rest, facts=facts)}), {})
    assert [item.entry.id for item in found] == ["alpha", "beta"]
