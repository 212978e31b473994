"""The pages of measures: who is measured, in which order, where the tiles of a chart lie."""

from __future__ import annotations

from dataclasses import replace

import pytest

from macros.schema.routes import MEASURES as IDS
from macros.views.measure_specs import MEASURES
from macros.views.measures import measure_view, measure_views
from macros.views.plot import TILE, apart, plot, powers, round_steps, strip
from macros.views.text import in_words


@pytest.fixture(scope="module")
def views(real):
    return measure_views(real)


def test_every_id_that_is_kept_free_is_a_measure():
    assert tuple(MEASURES) == IDS


def test_everybody_is_measured_or_named_as_not_measured(views, real):
    for view in views.values():
        named = [row.entry.id for row in view.rows] + [entry.id for entry in view.unmeasured]
        assert sorted(named) == sorted(entry.id for entry in real.of_kind(view.kind.id)), view.url


def test_the_best_comes_first_and_the_sentence_names_it(views):
    for view in views.values():
        values = [row.reading.value for row in view.rows]
        assert values == sorted(values, reverse=not MEASURES[view.id].less), view.url
        assert f"{view.ends[0]}: {view.rows[0].entry.named} {view.rows[0].text}" in view.sentence


def test_a_measure_of_one_entry_has_no_page(views, real):
    view = views["frameworks", "memory"]
    alone = view.rows[0].entry.id
    spec = replace(MEASURES["memory"], read=lambda _, entry: view.rows[0].reading if entry.id == alone else None)
    assert measure_view(real, view.kind, spec) is None


def overlap(places):
    return [
        (one, other)
        for at, one in enumerate(places)
        for other in places[:at]
        if abs(one[0] - other[0]) < TILE and abs(one[1] - other[1]) < TILE
    ]


def test_tiles_along_an_axis_do_not_cover_each_other(views):
    for view in views.values():
        assert overlap([(dot.x, dot.y) for dot in view.strip.dots]) == [], view.url
        assert all(0 < dot.y < view.strip.axis and 0 < dot.x < view.strip.width for dot in view.strip.dots)


def test_a_greater_value_lies_farther_right(views):
    for view in views.values():
        x = {dot.item.id: dot.x for dot in view.strip.dots}
        ordered = sorted(view.rows, key=lambda row: row.reading.value)
        assert [x[row.entry.id] for row in ordered] == sorted(x.values()), view.url


def test_tiles_of_the_chart_are_moved_apart_and_no_farther_than_needed():
    same = [(100.0, 100.0)] * 5
    assert overlap(same)
    found = apart(same)
    assert found[0] == same[0]
    assert overlap(found) == []
    assert max(abs(x - 100) + abs(y - 100) for x, y in found) <= 2 * TILE
    chart = plot([("a", 300, 60), ("b", 301, 60), ("c", 420, 80)])
    assert [point.is_moved for point in chart.points] == [False, True, False]


@pytest.mark.parametrize(
    ("most", "steps"),
    [(88.1, (0, 20, 40, 60, 80, 100)), (1, (0, 0.2, 0.4, 0.6, 0.8, 1)), (0, (0, 0.2, 0.4, 0.6, 0.8, 1))],
)
def test_an_axis_has_round_figures_from_zero(most, steps):
    assert round_steps(most) == steps


def test_powers_of_ten_enclose_the_values():
    assert powers([120, 4_000]) == (100, 1_000, 10_000)
    assert powers([1_000, 1_000]) == (1_000, 10_000)
    marks = strip([("a", 100.0), ("b", 10_000.0)], in_words, log=True)
    (one, _), (_, _), (last, _) = marks.ticks
    assert [dot.x for dot in marks.dots] == [one, last]


@pytest.mark.parametrize(
    ("count", "text"), [(7, "7"), (999, "999"), (1_000, "1 thousand"), (48_600_417, "48.6 million"), (1e9, "1 billion")]
)
def test_a_large_count_is_written_in_words(count, text):
    assert in_words(count) == text
