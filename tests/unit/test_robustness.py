"""What would change a first place, what has no place, and that nothing is drawn twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from macros import schema
from macros.cache.store import Store
from macros.catalog import figures
from macros.catalog.evidence import MaintenanceStatus
from macros.catalog.figures import Figure, credit_of_figure
from macros.catalog.rankings import rank
from macros.catalog.viability import Use, doubts, use_of
from macros.schema.measured.measures import Measure, MeasuredValue

DAY = date(2026, 11, 20)


@pytest.fixture
def changed(catalog):
    """Return a function that ranks a use case of Python, changed as asked, with entries in place of others."""

    def ranked(name="real-time", entries=None, store=None, measured=None, **changes):
        case = catalog.use_cases[name].model_copy(update={"needs": (), "language": "Python", **changes})
        found = replace(
            catalog,
            use_cases={name: case},
            entries={**catalog.entries, **(entries or {})},
            measured={**catalog.measured, **(measured or {})},
        )
        return rank(found, name, *([store] if store else []))

    return ranked


def two(orm: float, scope: float):
    """Alpha earns the mapper, Beta the scope."""
    return {
        "orm": schema.Weight(weight=orm, credit={"built-in": 1.0}),
        "scope": schema.Weight(weight=scope, credit={"micro": 1.0}),
    }


def test_the_smallest_change_of_a_weight(changed):
    """60 to 40: the mapper's weight of 3 falls to 2, or the scope's of 2 grows to 3; equally far."""
    found = changed(weights=two(3.0, 2.0)).changes.weight
    assert (found.weight.id, found.rival.entry.id) == ("orm", "beta")
    assert found.factor == pytest.approx(2 / 3)


def test_a_weight_changed_so_levels_the_scores(changed):
    factor = changed(weights=two(3.0, 2.0)).changes.weight.factor
    assert [item.entry.id for item in changed(weights=two(3.0 * factor, 2.0)).changes.level] == ["beta"]
    assert changed(weights=two(3.0 * factor * 0.99, 2.0)).placed[0].entry.id == "beta"


def test_no_change_of_more_than_tenfold_is_told(changed):
    assert changed(weights=two(10.0, 0.5)).changes.weight is None
    assert changed(weights=two(10.0, 2.0)).changes.weight.factor == pytest.approx(0.2)


def test_the_smallest_change_of_a_fact(changed):
    """Alpha would have to lose its mapper, worth 60 of 100, or Beta to be given it."""
    found = changed(weights=two(3.0, 2.0)).changes.fact
    assert (found.of.entry.id, found.criterion.id, found.rival.entry.id) == ("alpha", "orm", "beta")
    assert (found.before, found.points) == ("built in", pytest.approx(60))


def test_equal_scores_are_told_instead(changed):
    found = changed(weights=two(2.0, 2.0)).changes
    assert ([item.entry.id for item in found.level], found.weight, found.fact) == (["beta"], None, None)


def with_governance(catalog, entry, value, status="active"):
    fact = replace(catalog.entries[entry].facts["scope"], value=value)
    own = catalog.entries[entry]
    said = MaintenanceStatus(word=status, reason="The last release is 800 days old.")
    return replace(own, facts={**own.facts, "governance": fact}, status=said)


def measure(name, unit, values):
    found = {entry: MeasuredValue(value=float(value), day=DAY) for entry, value in values.items()}
    return {name: Measure(name=name.capitalize(), unit=unit, command="x", values=found)}


def downloads(**values):
    return measure("downloads-per-month", "downloads a month", values)


@pytest.mark.parametrize(
    ("count", "owner", "status", "rules"),
    [
        (99_999, "organisation", "active", ["use"]),
        (100_000, "organisation", "active", []),
        (100_000, "individual", "active", ["owner"]),
        (4_999_999, "individual", "active", ["owner"]),
        (5_000_000, "individual", "active", []),
        (5_000_000, "organisation", "quiet", ["releases"]),
        (5_000_000, "organisation", "dormant", ["releases"]),
        (10, "individual", "dormant", ["use", "owner", "releases"]),
    ],
)
def test_what_speaks_against_years(catalog, count, owner, status, rules):
    entry = with_governance(catalog, "alpha", owner, status)
    found = doubts(replace(catalog, measured=downloads(alpha=count)), entry)
    assert [doubt.rule for doubt in found] == rules


def test_nothing_is_held_against_what_is_not_measured(catalog):
    entry = with_governance(catalog, "alpha", "individual", "not measured")
    assert use_of(catalog, entry) == Use()
    assert doubts(catalog, entry) == ()


def test_stars_count_where_there_are_no_downloads():
    assert Use(stars=20_000).widely
    assert not Use(stars=19_999).widely
    assert not Use(stars=20_000).hardly
    assert Use(downloads=57_487, at_most=True).text == "at most 57,487 downloads a month"


def test_what_is_in_doubt_stands_below_where_a_case_lasts(changed, catalog):
    entries = {"alpha": with_governance(catalog, "alpha", "individual")}
    measured = downloads(alpha=1000)
    lasting = changed(entries=entries, measured=measured, weights=two(3.0, 2.0), lasts="years")
    assert [item.entry.id for item in lasting.doubtful] == ["alpha", "alpha-rest"]
    assert "alpha" not in [item.entry.id for item in lasting.placed]
    short = changed(entries=entries, measured=measured, weights=two(3.0, 2.0), lasts="less")
    assert short.doubtful == ()
    assert short.placed[0].entry.id == "alpha"


@pytest.mark.parametrize(("group", "lasts", "lasting"), [
    ("build", None, True), ("run", None, False), ("build", "less", False), ("part", "years", True),
])  # fmt: skip
def test_what_is_built_lasts(catalog, group, lasts, lasting):
    assert catalog.use_cases["tiny"].model_copy(update={"group": group, "lasts": lasts}).lasting is lasting


def test_a_figure_counts_by_its_logarithm(catalog, monkeypatch):
    """From 10 to 1000: 100 is half of the way."""
    values = {"alpha": 10.0, "beta": 1000.0, "alpha-rest": 100.0}
    less = Figure(name="Start", unit="ms", of=lambda _, entry: values.get(entry.id))
    monkeypatch.setattr(figures, "FIGURES", {"start": less, "more": replace(less, less_is_better=False)})
    found = {name: credit_of_figure(catalog, catalog.entries[name], "start") for name in (*values, "gamma")}
    assert found == pytest.approx({"alpha": 1, "beta": 0, "alpha-rest": 0.5, "gamma": None})
    assert credit_of_figure(catalog, catalog.entries["beta"], "more") == 1


def test_a_figure_is_a_summand(changed):
    measured = measure("books-lines", "lines", {"alpha": 100, "beta": 400})
    lines = {"books-lines": schema.FigureWeight(weight=5.0)}
    ranking = changed(weights=two(3.0, 2.0), measures=lines, measured=measured)
    own = {item.entry.id: item for item in ranking.placed}
    assert [(item.id, item.text, item.points) for item in own["alpha"].counted if item.sort == "figure"] == [
        ("books-lines", "100 lines", 50)
    ]
    assert own["beta"].low == 20


def test_nothing_is_drawn_twice(changed, tmp_path, monkeypatch):
    store = Store(tmp_path)
    first = changed(weights=two(3.0, 2.0), store=store)
    monkeypatch.setattr("macros.catalog.acceptability.shares", lambda *_: pytest.fail("it was drawn again"))
    assert changed(weights=two(3.0, 2.0), store=store) == first
    with pytest.raises(pytest.fail.Exception):
        changed(weights=two(3.0, 2.5), store=store)
