"""The chart of the applications: lines to the right, names upwards, in the coordinates of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

ItemT = TypeVar("ItemT")
WIDTH, HEIGHT, MARGIN = 760, 380, 44
LINES_STEP, NAMES_STEP = 50, 20


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of the chart: its round figures, and the coordinates of the first and the last of them."""

    figures: range
    begin: float
    end: float

    def place(self, value: float) -> float:
        """Return the coordinate of a value, to one decimal."""
        share = (value - self.figures[0]) / (self.figures[-1] - self.figures[0])
        return round(self.begin + (self.end - self.begin) * share, 1)

    @property
    def ticks(self) -> tuple[tuple[float, int], ...]:
        """Return the coordinate of each figure, with the figure."""
        return tuple((self.place(figure), figure) for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Point(Generic[ItemT]):
    """An item in the chart, at the coordinates of its centre."""

    side: ItemT
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Plot(Generic[ItemT]):
    """A chart: its points, and the coordinate and figure of every tick of both axes."""

    points: tuple[Point[ItemT], ...]
    across: tuple[tuple[float, int], ...]
    upwards: tuple[tuple[float, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = MARGIN
    top: int = MARGIN
    right: int = WIDTH - MARGIN
    bottom: int = HEIGHT - MARGIN


def plot(found: Sequence[tuple[ItemT, int, int]]) -> Plot[ItemT]:
    """Return the chart of items, each with its lines and its names. The axes do not begin at zero."""
    across = Axis(round_figures([lines for _, lines, _ in found], LINES_STEP), MARGIN, WIDTH - MARGIN)
    upwards = Axis(round_figures([names for _, _, names in found], NAMES_STEP), HEIGHT - MARGIN, MARGIN)
    points = tuple(Point(item, across.place(lines), upwards.place(names)) for item, lines, names in found)
    return Plot(points, across.ticks, upwards.ticks)


def round_figures(values: Sequence[int], step: int) -> range:
    """Return multiples of `step` from below the least value to above the greatest; there is at least one value."""
    return range((min(values) - 1) // step * step, max(values) // step * step + 2 * step, step)
