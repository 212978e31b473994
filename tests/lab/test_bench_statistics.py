"""The statistics of the benchmarks find what was put into made-up rounds, and nothing in noise."""

from __future__ import annotations

import math

import numpy
import pytest
import scipy

from lab.bench import results, statistics
from lab.bench.plan import chiefs
from lab.bench.stacks import STACKS
from macros.schema.measured.benchmarks import Estimate, Instructions, Visit, Window

PROCESSOR_NOISE, INSTRUCTIONS_NOISE = 0.02, 0.003
"""Standard deviation of one round around the median of its stack, as a share: greater than what the lab measured."""
RUNS = 200


def rounds(rng, level, noise, number):
    return [float(value) for value in level * numpy.exp(rng.normal(0, noise, number))]


def told(slow_down, noise, number, limit):
    """Return the share of made-up runs in which a slow-down is told from noise."""
    rng = numpy.random.default_rng(11)
    ratios = [
        statistics.ratio(rounds(rng, 100 * (1 + slow_down), noise, number), rounds(rng, 100, noise, number))
        for _ in range(RUNS)
    ]
    return sum(not statistics.tied(found, limit) for found in ratios) / RUNS


@pytest.mark.parametrize(
    ("slow_down", "least", "most"), [(0.0, 0.0, 0.0), (0.03, 0.0, 0.05), (0.10, 0.75, 1.0), (0.50, 1.0, 1.0)]
)
@pytest.mark.parametrize("number", [5, 7])
def test_by_processor_time_three_per_cent_are_a_tie_and_ten_are_mostly_told(slow_down, least, most, number):
    assert least <= told(slow_down, PROCESSOR_NOISE, number, statistics.TIE) <= most


@pytest.mark.parametrize(("slow_down", "share"), [(0.0, 0.0), (0.02, 0.0), (0.05, 1.0), (0.10, 1.0), (0.50, 1.0)])
def test_by_instructions_less_than_three_per_cent_are_a_tie_and_five_are_told(slow_down, share):
    assert told(slow_down, INSTRUCTIONS_NOISE, 3, statistics.TIE_INSTRUCTIONS) == share


def test_a_speed_up_is_told_as_well_as_a_slow_down():
    found = statistics.ratio([100, 101, 99], [150, 151, 149])
    assert not statistics.tied(found)
    assert not statistics.tied(statistics.inverse(found))
    assert statistics.inverse(found) == pytest.approx(statistics.ratio([150, 151, 149], [100, 101, 99]), rel=1e-4)


@pytest.mark.parametrize(("number", "least"), [(5, 0.9), (7, 0.85)])
def test_the_interval_holds_the_true_ratio_in_most_runs(number, least):
    rng, inside = numpy.random.default_rng(5), 0
    for _ in range(RUNS):
        _, low, high = statistics.ratio(rounds(rng, 120, 0.05, number), rounds(rng, 100, 0.05, number))
        inside += low <= 1.2 <= high
    assert inside / RUNS >= least


def test_the_interval_is_that_of_scipy():
    rng = numpy.random.default_rng(3)
    first, second = rounds(rng, 130, 0.05, 12), rounds(rng, 100, 0.05, 12)
    logs = numpy.log(numpy.array(first) / numpy.array(second))
    theirs = scipy.stats.bootstrap(
        (logs,), numpy.median, method="percentile", n_resamples=20_000, rng=numpy.random.default_rng(1)
    ).confidence_interval
    _, low, high = statistics.ratio(first, second)
    assert math.log(low) == pytest.approx(theirs.low, abs=0.01)
    assert math.log(high) == pytest.approx(theirs.high, abs=0.01)


def test_rounds_are_compared_in_pairs_so_that_a_slow_round_of_both_is_no_noise():
    slow = [100, 300, 110, 250, 90]
    assert statistics.ratio([1.2 * value for value in slow], slow) == pytest.approx((1.2, 1.2, 1.2))


def test_rounds_that_one_of_them_lacks_are_left_out():
    assert statistics.ratio([200, None, 200], [100, 1, 100])[0] == 2
    assert statistics.ratio([None, 1], [1, None]) is None


def few(rng, levels, deviation, number):
    """Return rounds of stacks with these levels, some rounds being slow for all."""
    slow = numpy.exp(rng.normal(0, 0.1, number))
    return [[float(value) for value in level * slow * numpy.exp(rng.normal(0, deviation, number))] for level in levels]


def test_the_noise_of_a_round_is_found_behind_stacks_and_slow_rounds():
    rng = numpy.random.default_rng(2)
    found = statistics.noise(few(rng, [50 + 10 * at for at in range(30)], 0.03, 4))
    assert found.deviation == pytest.approx(0.03, rel=0.15)
    assert found.freedom == 29 * 3
    assert statistics.noise([[1.0, None], [2.0, 3.0]]) is None
    assert statistics.noise([[1.0], [2.0]]) is None


@pytest.mark.parametrize("number", [2, 3, 4])
def test_few_rounds_of_equal_stacks_are_seldom_told_apart(number):
    rng, apart = numpy.random.default_rng(7), 0
    for _ in range(RUNS):
        rounds_of = few(rng, [100.0] * 20, 0.05, number)
        found = statistics.ratio(rounds_of[0], rounds_of[1])
        apart += not statistics.tied(statistics.cautious(found, number, statistics.noise(rounds_of)), 0)
    assert apart / RUNS <= 0.08


def test_few_rounds_tell_what_is_far_apart():
    rng = numpy.random.default_rng(8)
    rounds_of = few(rng, [100.0, 200.0] + [300.0] * 20, 0.05, 2)
    found = statistics.cautious(statistics.ratio(rounds_of[1], rounds_of[0]), 2, statistics.noise(rounds_of))
    assert not statistics.tied(found)


def test_one_round_tells_nothing_and_many_are_left_as_they_are():
    assert statistics.tied(statistics.cautious((2.0, 2.0, 2.0), 1, None))
    assert statistics.cautious((2.0, 1.9, 2.1), statistics.FEW, None) == (2.0, 1.9, 2.1)


def test_one_stack_of_each_framework_and_its_floor_stand_for_all():
    stacks = [*STACKS.values()]
    found = chiefs(stacks)
    entries = [stack.entry for stack in found if stack.entry]
    assert sorted(entries) == sorted({stack.entry for stack in stacks if stack.entry})
    assert {stack.floor for stack in found if stack.entry} == {stack.id for stack in found if not stack.entry}


def test_an_order_of_two_rounds_ties_what_noise_can_do():
    visits = [
        visit(number, stack, 100 * level * (1.1 if (number + at) % 2 else 1.0))
        for at, (stack, level) in enumerate([("a", 1.0), ("b", 1.02), ("c", 9.0), ("d", 9.3)])
        for number in range(2)
    ]
    key, series = next(iter(results.figures(visits, ()).items()))
    assert [band.stacks for band in results.order(key, series).bands] == [("a", "b"), ("c", "d")]


def test_a_control_holds_up_to_five_per_cent_either_way():
    assert statistics.holds((1.05, 0.9, 1.2))
    assert statistics.holds((1 / 1.05, 0.9, 1.2))
    assert not statistics.holds((1.051, 1.05, 1.052))
    assert not statistics.holds((0.95, 0.94, 0.96))


def test_all_of_a_band_are_tied_with_its_first():
    def of(median):
        return Estimate(median=median, low=median, high=median, rounds=3)

    medians = {"a": 100.0, "b": 103.0, "c": 107.0, "d": 150.0}
    ratios = {f"{x}/{y}": (medians[x] / medians[y],) * 3 for x in medians for y in medians if x < y}
    found = statistics.bands({name: of(median) for name, median in medians.items()}, ratios)
    assert [band.stacks for band in found] == [("a", "b"), ("c",), ("d",)]


def test_orders_agree_by_kendalls_tau():
    order = {name: float(place) for place, name in enumerate("abcdef")}
    assert statistics.agreement(order, order) == (1.0, 6)
    assert statistics.agreement(order, {name: -place for name, place in order.items()}) == (-1.0, 6)
    assert statistics.agreement(order, {"a": 1.0, "b": 2.0}) is None


@pytest.mark.parametrize(
    ("cost", "slope", "words"),
    [
        (lambda x: 40, 0, "hardly grows: 1.00 times as much at 1,000 as at 1"),
        (lambda x: 3 * x, 1, "grows linearly: 1,000 times as much at 1,000 as at 1"),
        (lambda x: 3 * x**2, 2, "grows faster than linearly: 1,000,000 times as much at 1,000 as at 1"),
        (lambda x: 3 * math.sqrt(x), 0.5, "grows more slowly than linearly: 32 times as much at 1,000 as at 1"),
        (lambda x: 90 / x, -1, "falls: 0.00 times as much at 1,000 as at 1"),
    ],
)
def test_the_exponent_of_growth_is_found_and_said_in_words(cost, slope, words):
    points = [(x, cost(x)) for x in (1, 10, 100, 1000)]
    found, low, high = statistics.exponent(points)
    assert found == pytest.approx(slope, abs=0.001)
    assert low <= found <= high
    assert statistics.in_words(points) == words


def test_growth_from_zero_is_fitted_with_one_added():
    points = [(x, 7.0 * (x + 1)) for x in (0, 5, 20)]
    assert statistics.exponent(points)[0] == pytest.approx(1)
    assert statistics.exponent(points[:2]) is None
    assert statistics.in_words(points[:2]).startswith("too few points for an exponent")


def visit(number, stack, microseconds, *, again=False):
    window = Window(workload="json", connections=16, requests=1000, seconds=1, processor=microseconds / 1000)
    return Visit(part="core", round=number, place=0, stack=stack, again=again, windows=(window,))


def made_up(rng, slow_down, *, again=0.0):
    """Return a made-up run: a stack, a slower one, and the first once more, slower by `again`."""
    visits, counts = [], []
    for name, level, twin in (("a", 100, False), ("b", 100 * (1 + slow_down), False), ("a", 100 * (1 + again), True)):
        visits += [visit(number, name, value, again=twin)
                   for number, value in enumerate(rounds(rng, level, PROCESSOR_NOISE, 7))]  # fmt: skip
        counts += [Instructions(stack=name, round=number, again=twin, requests=200, counted={"json": int(2e5 * value)})
                   for number, value in enumerate(rounds(rng, level, INSTRUCTIONS_NOISE, 3))]  # fmt: skip
    return visits, counts


def test_a_run_ranks_what_differs_and_its_control_holds():
    visits, counts = made_up(numpy.random.default_rng(2), 0.5)
    found = results.figures(visits, counts)
    for key, series in found.items():
        order = results.order(key, series)
        assert [band.stacks for band in order.bands] == [("a",), ("b",)]
        assert order.ratios["a/b"][0] == pytest.approx(1 / 1.5, rel=0.05)
    controls = results.controls(found, results.figures(visits, counts, again=True))
    assert {(control.metric, control.valid) for control in controls} == {("processor", True), ("instructions", True)}


def test_a_control_that_differs_voids_the_run():
    visits, counts = made_up(numpy.random.default_rng(2), 0.5, again=0.10)
    controls = results.controls(results.figures(visits, counts), results.figures(visits, counts, again=True))
    assert not any(control.valid for control in controls)


def test_a_window_that_failed_or_has_a_size_or_a_rate_is_in_no_order():
    kept = visit(0, "a", 100)
    others = {"failed": "a wrong answer", "requests": 0}, {"growing": "rows", "at": 20.0}, {"rate": 200.0}
    windows = tuple(kept.windows[0].model_copy(update=update) for update in others)
    odd = kept.model_copy(update={"stack": "b", "windows": windows})
    assert results.figures([kept, odd], []) == {("processor", "json"): {"a": {0: pytest.approx(100)}}}


def test_a_result_is_never_overwritten(tmp_path):
    names = [results._unused(tmp_path, "2026-11-29")]
    for ending in (".json", ".json.gz"):
        (tmp_path / f"{names[-1]}{ending}").touch()
        names.append(results._unused(tmp_path, "2026-11-29"))
    assert names == ["2026-11-29", "2026-11-29-2", "2026-11-29-3"]
