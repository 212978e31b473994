"""The chart of the Books applications: its figures and its points."""

from __future__ import annotations

import pytest

from macros.views.plot import HEIGHT, MARGIN, WIDTH, plot, round_figures


@pytest.mark.parametrize(
    ("values", "step", "figures"),
    [
        ([504, 981], 50, [500, 550, 1000]),
        ([500, 510], 50, [450, 500, 550]),
        ([7], 20, [0, 20]),
        ([20], 20, [0, 20, 40]),
    ],
)
def test_round_figures_begin_below_and_end_above_all_values(values, step, figures):
    found = round_figures(values, step)
    assert [found[0], found[1], found[-1]] == [figures[0], figures[1], figures[-1]]
    assert found[0] < min(values) <= max(values) < found[-1]
    assert found.step == step


def test_the_chart_puts_more_lines_to_the_right_and_more_names_up():
    chart = plot([("few", 504, 24), ("many", 981, 116), ("first", 501, 21)])
    assert [(at, figure) for at, figure in (chart.across[0], chart.across[-1])] == [
        (MARGIN, 500),
        (WIDTH - MARGIN, 1000),
    ]
    assert [(at, figure) for at, figure in (chart.upwards[0], chart.upwards[-1])] == [
        (HEIGHT - MARGIN, 20),
        (MARGIN, 120),
    ]
    few, many, first = chart.points
    assert few.side == "few"
    assert many.x > few.x > first.x > MARGIN
    assert many.y < few.y < first.y < HEIGHT - MARGIN
    assert (few.x, few.y) == (49.4, 324.3)


def test_a_chart_of_one_application_has_its_point_between_the_ticks():
    (point,) = plot([("one", 600, 80)]).points
    assert MARGIN < point.x < WIDTH - MARGIN
    assert MARGIN < point.y < HEIGHT - MARGIN
