"""Ratings by each rule, against figures computed by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from macros.catalog.build import BOOKS_MEASURES
from macros.catalog.ratings import Score, credit_of, score, scores
from macros.checks.load import load
from macros.code import applications
from macros.reading.folders import Folders


@pytest.fixture
def rated(catalog):
    return lambda entry, rating: score(catalog, catalog.entries[entry], rating)


def with_rule(catalog, rating, **changes):
    """Return the catalog with a rule changed."""
    found = catalog.ratings[rating]
    rule = found.rule.model_copy(update=changes)
    return replace(catalog, ratings={**catalog.ratings, rating: found.model_copy(update={"rule": rule})})


@pytest.mark.parametrize(
    ("entry", "earned", "possible", "value"),
    [
        ("alpha", 2 * 1 + 1 + 1, 4, 5.0),
        ("beta", 2 * 0.5 + 0.1 + 0, 4, 1.4),
        ("gamma", 0.1 + 0.5, 2, 1.5),
        ("alpha-rest", 2 * 1 + 1 + 0.5, 4, 4.4),
    ],
)
def test_share_weighs_credit(rated, entry, earned, possible, value):
    found = rated(entry, "features")
    assert found.earned == pytest.approx(earned)
    assert found.possible == possible
    assert found.value == value
    assert not found.missing


def test_share_shows_its_terms(rated):
    terms = {term.criterion.id: term for term in rated("beta", "features").terms}
    assert list(terms) == ["orm", "admin", "scope"]
    assert [(term.weight, term.earned) for term in terms.values()] == [(2, 1.0), (1, 0.1), (1, 0.0)]
    assert terms["orm"].fact.value == "third-party"


def test_own_credit_takes_the_place_of_the_scale(catalog):
    facts = catalog.entries["alpha"].facts
    assert credit_of(facts["websockets"], None) == 0.8
    assert credit_of(facts["websockets"], {"official-package": 0.3}) == 0.3
    assert credit_of(facts["websockets"], {"built-in": 1}) == 0.0
    assert credit_of(facts["websockets"], {}) == 0.0
    assert credit_of(facts["licence"], None) is None


def test_what_does_not_arise_stands_outside_the_sum_even_with_own_credit(catalog, rated):
    fact = catalog.entries["gamma"].facts["orm"]
    assert credit_of(fact, None) is None
    assert credit_of(fact, {"not-applicable": 1}) is None
    orm = rated("gamma", "features").terms[0]
    assert (orm.criterion.id, orm.fact, orm.earned) == ("orm", fact, None)


def test_what_is_not_asked_of_its_language_is_no_term(rated):
    found = rated("gamma", "asynchrony")
    assert [term.criterion.id for term in found.terms] == ["async-handlers"]
    assert found.value == 5.0


def test_too_few_answers_give_no_rating_but_the_reason(rated):
    found = rated("delta", "features")
    assert found.value is None
    assert found.missing == "1 of 3 criteria recorded; the rule asks for 75%"
    assert [term.earned for term in found.terms] == [None, None, 0.0]


@pytest.mark.parametrize(("at_least", "value"), [(1 / 3, 0.0), (0.34, None), (0.0, 0.0)])
def test_the_rule_says_how_many_answers_are_enough(catalog, at_least, value):
    changed = with_rule(catalog, "features", at_least_answered=at_least)
    assert score(changed, changed.entries["delta"], "features").value == value


def test_nothing_that_counts_is_no_rating(catalog):
    gamma = catalog.entries["gamma"]
    only_orm = replace(gamma, facts={"orm": gamma.facts["orm"]})
    changed = with_rule(catalog, "features", criteria=catalog.ratings["features"].rule.criteria[:1])
    found = score(changed, only_orm, "features")
    assert (found.value, found.possible) == (None, 0)
    assert found.missing


@pytest.mark.parametrize(("entry", "value"), [("beta", 5.0), ("alpha", 1.7), ("gamma", 1.7), ("alpha-rest", 0.0)])
def test_position_where_less_is_better_and_two_are_equal(rated, entry, value):
    """100 µs, twice 200 µs, 300 µs: better than three, than one, than none of at most three."""
    assert rated(entry, "speed").value == value


@pytest.mark.parametrize(("entry", "value"), [("gamma", 5.0), ("alpha", 2.5), ("beta", 0.0)])
def test_position_where_more_is_better(rated, entry, value):
    assert rated(entry, "popularity").value == value


@pytest.mark.parametrize(
    ("better", "figures", "expected"),
    [
        ("more", {"alpha": 1, "beta": 1, "gamma": 9}, [0.0, 0.0, 5.0]),
        ("more", {"alpha": 1, "beta": 9, "gamma": 9}, [0.0, 5.0, 5.0]),
        ("less", {"alpha": 1, "beta": 1, "gamma": 9}, [5.0, 5.0, 0.0]),
        ("less", {"alpha": 1, "beta": 9, "gamma": 9}, [5.0, 0.0, 0.0]),
        ("less", {"alpha": 3, "beta": 3, "gamma": 3}, [5.0, 5.0, 5.0]),
        ("more", {"alpha": 3}, [5.0]),
    ],
)
def test_equal_figures_have_equal_positions(catalog, better, figures, expected):
    measured = catalog.measured["downloads"]
    one = measured.values["alpha"]
    values = {name: one.model_copy(update={"value": float(figure)}) for name, figure in figures.items()}
    changed = replace(
        with_rule(catalog, "popularity", better=better),
        measured={"downloads": measured.model_copy(update={"values": values})},
    )
    assert [score(changed, changed.entries[name], "popularity").value for name in figures] == expected


def test_position_looks_at_its_own_kind_only(catalog, rated):
    assert "motor" in catalog.measured["cpu-per-request"].values
    assert rated("beta", "speed").value == 5.0


@pytest.mark.parametrize(
    ("entry", "rating", "value"),
    [
        ("alpha", "reach", 3.0),
        ("beta", "reach", 1.0),
        ("gamma", "reach", 5.0),
        ("alpha", "lightness", 3.0),
        ("beta", "lightness", 4.0),
        ("alpha-rest", "lightness", 2.0),
    ],
)
def test_thresholds_give_a_point_for_each_step_reached_in_both_directions(rated, entry, rating, value):
    assert rated(entry, rating).value == value


@pytest.mark.parametrize(
    ("better", "steps", "figure", "value"),
    [
        ("more", (1, 2, 3, 4, 5), 0.9, 0.0),
        ("more", (1, 2, 3, 4, 5), 1, 1.0),
        ("more", (1, 2, 3, 4, 5), 4.9, 4.0),
        ("more", (1, 2, 3, 4, 5), 99, 5.0),
        ("less", (5, 4, 3, 2, 1), 5.1, 0.0),
        ("less", (5, 4, 3, 2, 1), 5, 1.0),
        ("less", (5, 4, 3, 2, 1), 1.1, 4.0),
        ("less", (5, 4, 3, 2, 1), 0, 5.0),
    ],
)
def test_a_step_is_reached_by_what_equals_it(catalog, better, steps, figure, value):
    measured = catalog.measured["downloads"]
    values = {"alpha": measured.values["alpha"].model_copy(update={"value": float(figure)})}
    changed = replace(
        with_rule(catalog, "reach", better=better, steps=steps),
        measured={"downloads": measured.model_copy(update={"values": values})},
    )
    assert score(changed, changed.entries["alpha"], "reach").value == value


def test_the_figure_has_its_unit(rated):
    assert rated("alpha", "speed").figure == "200 µs"
    assert rated("alpha", "reach").figure == "1,000 a month"


@pytest.mark.parametrize(("entry", "rating"), [("alpha", "size"), ("delta", "speed"), ("delta", "reach")])
def test_what_is_not_measured_is_no_guess(catalog, entry, rating, rated):
    assert rated(entry, rating) == Score(
        rating=catalog.ratings[rating], id=rating, value=None, missing="not measured yet"
    )


def test_an_entry_has_the_ratings_of_its_kind_in_their_order(catalog):
    names = ["features", "asynchrony", "speed", "popularity", "lightness", "reach", "size", "learning"]
    assert [found.id for found in scores(catalog, catalog.entries["alpha"])] == names
    assert scores(catalog, catalog.entries["motor"]) == ()


def test_a_longer_application_has_the_longer_measure_and_the_lower_rating(data, today):
    """Alpha is written in 22 lines with 3 names, Gamma in 24 with 4; names weigh twice. Then Alpha gets three lines."""
    learning = {name: score_of(data, today, name) for name in ("alpha", "gamma")}
    assert learning == {"alpha": (22, 5.0), "gamma": (24, 0.0)}
    folder = data.parent / "lab/apps/alpha"
    main, run = folder / "books/main.py", data / "measured/books/alpha.json"
    before = applications.digest(folder)
    main.write_text(
        main.read_text(encoding="utf-8") + "\none = 1\n\n# no line of code\ntwo = 2\nthree = 3\n", encoding="utf-8"
    )
    run.write_text(run.read_text(encoding="utf-8").replace(before, applications.digest(folder)), encoding="utf-8")
    learning = {name: score_of(data, today, name) for name in ("alpha", "gamma")}
    assert learning == {"alpha": (25, 3.3), "gamma": (24, 1.7)}


def score_of(data, today, name: str) -> tuple[float, float | None]:
    """Return the lines that an application was measured to have, and its rating."""
    catalog = load(Folders.around(data), today)
    lines = catalog.measured["books-lines"].values[name].value
    return lines, score(catalog, catalog.entries[name], "learning").value


def test_an_application_that_fails_an_item_is_not_measured(data, today):
    run = data / "measured/books/alpha.json"
    failed = run.read_text(encoding="utf-8").replace('"outcome": "passed"', '"outcome": "failed"', 1)
    run.write_text(failed, encoding="utf-8")
    catalog = load(Folders.around(data), today)
    for measure in BOOKS_MEASURES:
        assert set(catalog.measured[measure].values) == {"gamma"}, measure
    assert score(catalog, catalog.entries["alpha"], "learning").value is None
