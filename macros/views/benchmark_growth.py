"""How the cost of a request grows: for everything that was varied, a small plot of each stack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from macros.catalog.benchmarks import way_of
from macros.schema.measured.benchmarks import BenchmarkRun, BenchStack, Growing, Growth
from macros.views.dots import figure

WIDTH, HEIGHT = 160, 96
LEFT, RIGHT, TOP, BOTTOM = 8, 152, 8, 74
ABOUT: dict[Growing, tuple[str, str, str]] = {
    "body": ("Bytes of the body", "bytes sent", "µs"),
    "rows": ("Rows read from the database", "rows", "µs"),
    "routes": ("Routes of the application", "routes", "µs"),
    "middleware": ("Depth of middleware", "layers", "µs"),
    "connections": ("Connections at once", "connections", "µs"),
    "memory": ("Memory of connections that are held", "connections held", "MiB"),
}
"""What grows: the heading, the unit along, the unit upwards: processor time a request, or memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The plot of a stack: its line, its points, the fitted exponent with its interval, and the growth in words."""

    id: str
    stack: BenchStack
    path: str
    points: tuple[tuple[float, float], ...]
    figures: tuple[tuple[str, str], ...]
    """What was varied and what it cost, as text."""
    exponent: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthSection:
    """Everything that was measured of one thing that grows; all its plots have the same axes."""

    id: Growing
    title: str
    along: str
    upwards: str
    sentence: str
    first: str
    last: str
    lines: tuple[tuple[float, str], ...]
    """Heights of the lines across, with their figures."""
    curves: tuple[Curve, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    top: int = TOP
    bottom: int = BOTTOM


def growth_sections(run: BenchmarkRun) -> Iterator[GrowthSection]:
    """Yield a section for everything that was varied in the run."""
    for growing in ABOUT:
        found = [
            one for one in run.growth if one.growing == growing and len(one.points) > 1 and one.stack in run.stacks
        ]
        if found:
            yield _section(run, growing, found)


def _section(run: BenchmarkRun, growing: Growing, found: Sequence[Growth]) -> GrowthSection:
    title, along, upwards = ABOUT[growing]
    axes = _Axes(found)
    curves = sorted((_curve(run, one, axes) for one in found), key=lambda curve: curve.stack.title.lower())
    sizes = sorted({at for one in found for at, _ in one.points})
    return GrowthSection(
        id=growing, title=title, along=along, upwards=upwards, sentence=_sentence(found), curves=tuple(curves),
        first=f"{sizes[0]:,.0f}", last=f"{sizes[-1]:,.0f}", lines=axes.lines,
    )  # fmt: skip


def _curve(run: BenchmarkRun, found: Growth, axes: _Axes) -> Curve:
    points = tuple((axes.along(at), axes.upwards(cost)) for at, cost in found.points)
    exponent = ""
    if found.exponent is not None and found.low is not None and found.high is not None:
        exponent = f"{found.exponent:.2f} ({found.low:.2f} to {found.high:.2f})".replace("-", "−")
    return Curve(
        id=found.stack, stack=run.stacks[found.stack], points=points, words=found.words, exponent=exponent,
        path="M" + "L".join(f"{x} {y}" for x, y in points),
        figures=tuple((f"{at:,.0f}", figure(cost)) for at, cost in found.points),
    )  # fmt: skip


def _sentence(found: Sequence[Growth]) -> str:
    """Return how many stacks grow in which way, the commonest first: `30 grow linearly, 3 hardly grow`."""
    ways = Counter(way_of(one.exponent) for one in found)
    return ", ".join(_many(way, count) for way, count in ways.most_common())


def _many(way: str, count: int) -> str:
    if way.startswith("too few"):
        return f"{count} with {way}"
    if count != 1:
        way = "fall" if way == "falls" else way.replace("grows", "grow", 1)
    return f"{count} {way}"


class _Axes:
    """Logarithmic axes that hold every point; one is added to what grows where it begins at zero."""

    def __init__(self, found: Sequence[Growth]) -> None:
        sizes = [at for one in found for at, _ in one.points]
        costs = [cost for one in found for _, cost in one.points]
        self._shift = 1 if min(sizes) == 0 else 0
        self._from = log10(min(sizes) + self._shift)
        self._to = log10(max(sizes) + self._shift)
        self._low, self._high = floor(log10(min(costs))), ceil(log10(max(costs)))
        powers = range(self._low, max(self._high, self._low + 1) + 1)
        self.lines = tuple((self.upwards(10.0**power), figure(10.0**power)) for power in powers)

    def along(self, at: float) -> float:
        """Return how far to the right a size lies."""
        share = (log10(at + self._shift) - self._from) / max(self._to - self._from, 1e-9)
        return round(LEFT + (RIGHT - LEFT) * share, 1)

    def upwards(self, cost: float) -> float:
        """Return how far down a cost lies."""
        share = (log10(cost) - self._low) / max(self._high - self._low, 1)
        return round(BOTTOM - (BOTTOM - TOP) * share, 1)
