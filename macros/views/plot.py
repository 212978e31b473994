"""Charts, in the coordinates of the drawing: applications by lines and names, and entries along one axis."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Generic, TypeVar

ItemT = TypeVar("ItemT")
WIDTH, HEIGHT, MARGIN = 760, 380, 44
LINES_STEP, NAMES_STEP = 50, 20
TILE = 24
"""The width and the height that a tile takes."""
STEPS = 6
"""About how many figures an axis has."""


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
    """An item in the chart: its coordinates, and those of its tile, which is moved where others lie."""

    side: ItemT
    x: float
    y: float
    tile_x: float
    tile_y: float

    @property
    def is_moved(self) -> bool:
        """Return whether the tile does not lie on the point."""
        return (self.tile_x, self.tile_y) != (self.x, self.y)


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
    places = [(across.place(lines), upwards.place(names)) for _, lines, names in found]
    tiles = apart(places)
    points = tuple(Point(item, *at, *tile) for (item, _, _), at, tile in zip(found, places, tiles, strict=True))
    return Plot(points, across.ticks, upwards.ticks)


def apart(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return where tiles lie that do not cover each other: each as near to its place as those before it allow."""
    taken: list[tuple[float, float]] = []
    for x, y in places:
        taken.append(next(at for at in _around(x, y) if all(_clear(at, other) for other in taken)))
    return taken


def _around(x: float, y: float) -> Iterator[tuple[float, float]]:
    """Yield a place, then others around it, ever farther away, inside the drawing."""
    for far in range(WIDTH):
        ring = [(right, down) for right in range(-far, far + 1) for down in range(-far, far + 1)
                if max(abs(right), abs(down)) == far]  # fmt: skip
        for right, down in sorted(ring, key=lambda step: step[0] ** 2 + step[1] ** 2):
            at = (round(x + right * TILE / 4, 1), round(y + down * TILE / 4, 1))
            if MARGIN / 2 <= at[0] <= WIDTH - MARGIN / 2 and MARGIN / 2 <= at[1] <= HEIGHT - MARGIN:
                yield at


def _clear(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) >= TILE or abs(one[1] - other[1]) >= TILE


def round_figures(values: Sequence[int], step: int) -> range:
    """Return multiples of `step` from below the least value to above the greatest; there is at least one value."""
    return range((min(values) - 1) // step * step, max(values) // step * step + 2 * step, step)


@dataclass(frozen=True, slots=True)
class Dot(Generic[ItemT]):
    """An item along an axis, at the coordinates of its centre."""

    item: ItemT
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Strip(Generic[ItemT]):
    """Items along one axis, piled up where they lie close together; each tick with its figure."""

    dots: tuple[Dot[ItemT], ...]
    ticks: tuple[tuple[float, str], ...]
    height: int
    width: int = WIDTH

    @property
    def axis(self) -> int:
        """Return the coordinate of the axis."""
        return self.height - TILE


def strip(found: Sequence[tuple[ItemT, float]], write: Callable[[float], str], *, log: bool = False) -> Strip[ItemT]:
    """Return items along an axis from zero; with `log`, along one with a step for each power of ten."""
    values = [value for _, value in found]
    figures = powers(values) if log else round_steps(max(values))

    def along(value: float) -> float:
        return log10(max(value, 1)) if log else value

    def place(value: float) -> float:
        share = (along(value) - along(figures[0])) / (along(figures[-1]) - along(figures[0]))
        return round(2 * TILE + (WIDTH - 4 * TILE) * share, 1)

    piles: list[tuple[ItemT, float, int]] = []
    for item, value in sorted(found, key=lambda one: one[1]):
        x = place(value)
        near = {level for _, other, level in piles if abs(other - x) < TILE}
        piles.append((item, x, next(level for level in range(len(found)) if level not in near)))
    height = (2 + max(level for _, _, level in piles)) * TILE + TILE // 2
    dots = tuple(Dot(item, x, height - TILE * (level + 2) + TILE // 2 - 4) for item, x, level in piles)
    return Strip(dots, tuple((place(figure), write(figure)) for figure in figures), height)


def round_steps(most: float) -> tuple[float, ...]:
    """Return round figures in equal steps, from zero to the first that is not below `most`."""
    rough = (most or 1) / STEPS
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    return tuple(round(step * number, 10) for number in range(ceil((most or 1) / step - 1e-9) + 1))


def powers(values: Sequence[float]) -> tuple[float, ...]:
    """Return the powers of ten from below the least value to above the greatest."""
    low = floor(log10(max(min(values), 1)))
    return tuple(10.0**power for power in range(low, max(ceil(log10(max(*values, 1))), low + 1) + 1))
