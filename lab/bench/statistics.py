"""What the rounds prove: medians and ratios with bootstrap intervals, ties, agreement of orders, growth."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy
import scipy
from numpy.typing import NDArray

from macros.catalog.benchmarks import PROTOCOL, way_of
from macros.schema.measured.benchmarks import Band, Estimate, Ratio

RESAMPLES = 10_000
LEVEL = 95.0
"""Per cent of the resamples that lie inside an interval."""
TIE, TIE_INSTRUCTIONS = PROTOCOL.tie, PROTOCOL.tie_instructions
"""A ratio whose interval reaches nearer to 1 than this share is a tie, by processor time and by instructions."""
VOID = PROTOCOL.void
"""A control (A/A) that differs by more than this share voids the run."""
ROUNDING = 1e-9
FEW = 5
"""With fewer rounds than these, a bootstrap cannot see how far a round strays: the noise of all stacks is asked."""

Values = Sequence[float | None]


class Noise(NamedTuple):
    """How far the logarithm of a round strays, as a standard deviation, and how many rounds that is known from."""

    deviation: float
    freedom: int


@lru_cache(maxsize=32)
def _middles(rounds: int) -> NDArray[numpy.int64]:
    """Return which of the sorted rounds lie in the middle of each resample: one, or two where they are even.

    They are the same for all that have so many rounds, so that a result repeats.
    """
    draws = numpy.random.default_rng(rounds).integers(0, rounds, size=(RESAMPLES, rounds))
    ranks: NDArray[numpy.int64] = numpy.sort(draws, axis=1)[:, [(rounds - 1) // 2, rounds // 2]]
    return ranks


def _interval(values: NDArray[numpy.float64]) -> tuple[float, float]:
    """Return the percentile-bootstrap interval of the median."""
    medians = numpy.sort(values)[_middles(len(values))].mean(axis=1)
    low, high = numpy.percentile(medians, [50 - LEVEL / 2, 50 + LEVEL / 2])
    return float(low), float(high)


def estimate(values: Values) -> Estimate:
    """Return the median of the values that there are, with its bootstrap interval; at least one is needed."""
    known = numpy.array([value for value in values if value is not None])
    low, high = _interval(known)
    middle = float(numpy.median(known))
    return Estimate(median=_rounded(middle), low=_rounded(low), high=_rounded(high), rounds=len(known))


def ratio(first: Values, second: Values) -> Ratio | None:
    """Return how many times as much the first needs as the second, from the rounds that both have; None if none.

    It is the median of the ratios of each round, with a paired-bootstrap interval of their logarithm. With five rounds
    it reaches from the least to the greatest and holds the true ratio in 94 of 100 runs (15/16: the median lies outside
    five draws only if all are on one side of it), so the tie rule asks for more than that.
    """
    pairs = [(a, b) for a, b in zip(first, second, strict=False) if a is not None and b is not None]
    if not pairs:
        return None
    logs = numpy.log(numpy.array([a / b for a, b in pairs]))
    low, high = _interval(logs)
    return _rounded(math.exp(float(numpy.median(logs)))), _rounded(math.exp(low)), _rounded(math.exp(high))


def noise(every: Iterable[Values]) -> Noise | None:
    """Return how far a round strays from its stack, from all stacks that have every round; None if that is unknown.

    It is the residual standard deviation of the logarithms once the means of stacks and of rounds are taken out: the
    two-way analysis of variance with one observation of each stack in each round.
    """
    whole = [values for values in map(list, every) if values and None not in values]
    logs = numpy.log(numpy.array(whole, dtype=float)) if whole else numpy.empty((0, 0))
    freedom = (logs.shape[0] - 1) * (logs.shape[1] - 1)
    if freedom < 1:
        return None
    left = logs - logs.mean(axis=1, keepdims=True) - logs.mean(axis=0, keepdims=True) + logs.mean()
    return Noise(math.sqrt(float((left**2).sum()) / freedom), freedom)


def cautious(found: Ratio, rounds: int, strays: Noise | None) -> Ratio:
    """Return the ratio from so many shared rounds; if they are few, its interval is at least as wide as the noise asks.

    That is Student's interval of the difference of two means. Where the noise is unknown, nothing shows a difference:
    the interval reaches to 1.
    """
    middle, low, high = found
    if rounds >= FEW:
        return found
    if strays is None:
        return middle, min(low, 1.0), max(high, 1.0)
    half = float(scipy.stats.t.ppf(0.5 + LEVEL / 200, strays.freedom)) * strays.deviation * math.sqrt(2 / rounds)
    return middle, min(low, _rounded(middle / math.exp(half))), max(high, _rounded(middle * math.exp(half)))


def _rounded(value: float) -> float:
    """Return the value with five figures: more than any clock here is good for."""
    return float(f"{value:.5g}")


def inverse(found: Ratio) -> Ratio:
    """Return the ratio of the same two, the other way round."""
    middle, low, high = found
    return _rounded(1 / middle), _rounded(1 / high), _rounded(1 / low)


def tied(found: Ratio, limit: float = TIE) -> bool:
    """Return whether two are tied: unless the whole interval lies further from 1 than the limit, on one side."""
    _, low, high = found
    return not (low > 1 + limit or high < 1 / (1 + limit))


def holds(found: Ratio) -> bool:
    """Return whether a control holds: its two measurements of the same stack differ by no more than `VOID`."""
    return abs(math.log(found[0])) <= math.log1p(VOID) + ROUNDING


def bands(estimates: Mapping[str, Estimate], ratios: Mapping[str, Ratio], limit: float = TIE) -> tuple[Band, ...]:
    """Return the names from the least median up, in bands: all of a band are tied with its first.

    `ratios` has `a/b` for every two, in one of both orders.
    """
    left = sorted(estimates, key=lambda name: (estimates[name].median, name))
    found = []
    while left:
        first = left[0]
        tie = [name for name in left if name == first or tied(_of(ratios, name, first), limit)]
        found.append(Band(stacks=tuple(tie)))
        left = [name for name in left if name not in tie]
    return tuple(found)


def _of(ratios: Mapping[str, Ratio], first: str, second: str) -> Ratio:
    there = ratios.get(f"{first}/{second}")
    return there or inverse(ratios[f"{second}/{first}"])


def agreement(first: Mapping[str, float], second: Mapping[str, float]) -> tuple[float, int] | None:
    """Return Kendall's τ of two orders and how many names both have; None for fewer than three."""
    both = sorted(first.keys() & second.keys())
    if len(both) < 3:
        return None
    found: Any = scipy.stats.kendalltau([first[name] for name in both], [second[name] for name in both])
    return round(float(found.statistic), 3), len(both)


def exponent(points: Sequence[tuple[float, float]]) -> tuple[float, float, float] | None:
    """Return the slope of the points on logarithmic axes, with its 95 % interval; None for fewer than three.

    Where one of the points is at zero, one is added to all of them: zero has no logarithm.
    """
    if len({x for x, _ in points}) < 3:
        return None
    shift = 1 if any(x == 0 for x, _ in points) else 0
    logs = [math.log(x + shift) for x, _ in points], [math.log(cost) for _, cost in points]
    found: Any = scipy.stats.linregress(*logs)
    # Where the costs are all the same, SciPy knows no error of the slope.
    half = (0.0 if math.isnan(found.stderr) else float(found.stderr)) * float(
        scipy.stats.t.ppf(0.5 + LEVEL / 200, len(points) - 2)
    )
    slope = float(found.slope)
    return round(slope, 3), round(slope - half, 3), round(slope + half, 3)


def in_words(points: Sequence[tuple[float, float]]) -> str:
    """Return the growth as a sentence; the points begin with the least of what grows."""
    (first, least), (last, most) = min(points), max(points)
    factor = f"{_shortest(most / least)} times as much at {last:,.0f} as at {first:,.0f}"
    found = exponent(points)
    return f"{way_of(found[0] if found else None)}: {factor}"


def _shortest(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"
