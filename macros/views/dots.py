"""Dot plots of the benchmarks: a row for each stack, its median and interval on a logarithmic axis, ties shaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from macros.schema.measured.benchmarks import BenchmarkRun, Metric, Order

WIDTH, MARGIN, TOP, ROW = 480, 24, 30, 40
MOST_TICKS = 8
"""With more figures along the axis they would run into each other, and only powers of ten are written."""
TRACK = 28
"""How far below the top of its row a dot lies, under its label."""
UNITS: dict[Metric, tuple[str, str, float]] = {
    "instructions": ("Instructions a request", "thousand", 1e-3),
    "processor": ("Processor time a request", "µs", 1.0),
}
"""The title, the unit, and how many of the unit one of the metric is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A stack in a plot: its label, what it costs, and the coordinates of the median and of the interval."""

    label: str
    figure: str
    shape: str
    """How it is drawn: `floor`, `recommended` or `same`."""
    x: float
    low: float
    high: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DotPlot:
    """A plot of one metric of one workload."""

    id: str
    title: str
    unit: str
    dots: tuple[Dot, ...]
    bands: tuple[tuple[float, float], ...]
    """Top and height of every second band of ties."""
    ticks: tuple[tuple[float, str], ...]
    height: float
    width: int = WIDTH
    left: int = MARGIN
    right: int = WIDTH - MARGIN
    top: int = TOP


def dot_plot(run: BenchmarkRun, order: Order) -> DotPlot:
    """Return the plot of an order, from the stack that needs least down."""
    title, unit, factor = UNITS[order.metric]
    axis = _Axis([end * factor for one in order.estimates.values() for end in (one.low, one.high)])
    dots, bands, y = [], [], float(TOP)
    for number, band in enumerate(order.bands):
        height = ROW * len(band.stacks)
        if number % 2 == 0:
            bands.append((y, float(height)))
        for name in band.stacks:
            one, stack = order.estimates[name], run.stacks[name]
            shape = "floor" if not stack.entry else "recommended" if "recommended" in stack.lanes else "same"
            x, low, high = (axis.place(value * factor) for value in (one.median, one.low, one.high))
            text = figure(one.median * factor)
            dots.append(Dot(label=stack.title, figure=text, shape=shape, x=x, low=low, high=high, y=y + TRACK))
            y += ROW
    return DotPlot(
        id=f"{order.metric}-{order.workload}", title=title, unit=unit, dots=tuple(dots), bands=tuple(bands),
        ticks=tuple((axis.place(tick), figure(tick)) for tick in axis.ticks), height=y + 8,
    )  # fmt: skip


class _Axis:
    """A logarithmic axis from the round figure below the least value to the one above the greatest."""

    def __init__(self, values: Sequence[float]) -> None:
        least, most = min(values), max(values)
        steps = [
            digit * 10.0**power for power in range(floor(log10(least)), floor(log10(most)) + 2) for digit in (1, 2, 5)
        ]
        first = max(step for step in steps if step <= least)
        last = min(step for step in steps if step >= most and step > first)
        self.ticks = [step for step in steps if first <= step <= last]
        if len(self.ticks) > MOST_TICKS:
            self.ticks = [step for step in self.ticks if log10(step).is_integer()]
        self._begin, self._length = log10(first), log10(last) - log10(first)

    def place(self, value: float) -> float:
        """Return the coordinate of a value, to one decimal."""
        share = (log10(value) - self._begin) / self._length
        return round(MARGIN + (WIDTH - 2 * MARGIN) * share, 1)


def figure(value: float) -> str:
    """Return a cost with three figures: `7.25`, `72.5`, `725`, `7,250`."""
    if value >= 100:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:.3g}"
