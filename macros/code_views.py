"""Pure functions from the Books applications to what the pages about code need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from markupsafe import Markup

from macros.applications import CONCEPTS, Absence
from macros.catalog import Catalog, Entry
from macros.measured import BooksItem, BooksRun
from macros.regions import TASKS, Code, Cost, Region

OUTCOMES: Mapping[str, tuple[str, str, str]] = {
    "passed": ("●", "there", "passes"),
    "absent": ("–", "muted", "can't"),
    "failed": ("◇", "broken", "fails"),
}
"""The symbol, the tone and the word of each outcome of an item."""
PLOT_WIDTH, PLOT_HEIGHT, MARGIN = 760, 380, 44


@dataclass(frozen=True, slots=True)
class Snippet:
    """A region as a page shows it; `own` are the indexes of lines that the other side of a pair does not have."""

    file: str
    first: int
    last: int
    lines: tuple[Markup, ...]
    own: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Written:
    """What one application has for a task."""

    entry: Entry
    snippets: tuple[Snippet, ...]
    cost: Cost | None
    absence: Absence | None
    failed: BooksItem | None


@dataclass(frozen=True, slots=True)
class Side:
    """One application in a table of all of them."""

    entry: Entry
    code: Code
    run: BooksRun


@dataclass(frozen=True, slots=True)
class Switch:
    """What a task takes on both sides of a pair: lines of each, and lines that are the same."""

    task: str
    name: str
    lines: tuple[int, int]
    same: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """What both sides of a pair call a concept: the word, where it stands, or why there is none."""

    concept: str
    words: tuple[str | None, str | None]
    places: tuple[tuple[str, int] | None, tuple[str, int] | None]
    reasons: tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Switching:
    """What it takes to write the application of the first entry with the second."""

    one: Side
    other: Side
    tasks: tuple[Switch, ...]
    go: tuple[str, ...]
    come: tuple[str, ...]
    stay: tuple[str, ...]
    concepts: tuple[Meaning, ...]

    @property
    def same(self) -> int:
        """Return how many lines of the tasks are the same on both sides."""
        return sum(task.same for task in self.tasks)

    def lines(self, side: int) -> int:
        """Return how many lines the tasks take on one side: 0 or 1."""
        return sum(task.lines[side] for task in self.tasks)


@dataclass(frozen=True, slots=True)
class Point:
    """An application in the chart, in units of its coordinates."""

    side: Side
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Plot:
    """Lines to the right, names upwards; `ticks` are the places and the figures of both axes."""

    points: tuple[Point, ...]
    across: tuple[tuple[float, int], ...]
    upwards: tuple[tuple[float, int], ...]
    width: int = PLOT_WIDTH
    height: int = PLOT_HEIGHT
    margin: int = MARGIN


def sides(catalog: Catalog) -> tuple[Side, ...]:
    """Return every application with its run, by the name of its entry."""
    found = [
        Side(catalog.entries[name], code, catalog.readings.books[name])
        for name, code in catalog.codes.items()
        if name in catalog.entries and name in catalog.readings.books
    ]
    return tuple(sorted(found, key=lambda side: side.entry.name.lower()))


def side_of(catalog: Catalog, entry: Entry) -> Side | None:
    """Return the application of an entry with its run, or None."""
    return next((side for side in sides(catalog) if side.entry.id == entry.id), None)


def written(side: Side, task: str) -> Written:
    """Return what an application has for a task."""
    code, run = side.code, side.run
    item = run.items.get(task)
    return Written(
        entry=side.entry,
        snippets=tuple(_snippet(region) for region in code.of(task)),
        cost=code.costs.get(task),
        absence=code.application.record.absent.get(task),
        failed=item if item and item.outcome == "failed" else None,
    )


def _snippet(region: Region, own: frozenset[int] = frozenset()) -> Snippet:
    return Snippet(region.file, region.first, region.last, region.html, own)


def switching(catalog: Catalog, one: Entry, other: Entry) -> Switching | None:
    """Return what it takes to go from one entry to the other, or None where one of them has no application."""
    left, right = side_of(catalog, one), side_of(catalog, other)
    if left is None or right is None:
        return None
    tasks = tuple(
        Switch(task, TASKS[task][0], (_lines(left, task), _lines(right, task)), _same(left.code, right.code, task))
        for task in TASKS
    )
    go, come = set(left.code.dependencies), set(right.code.dependencies)
    return Switching(
        one=left,
        other=right,
        tasks=tasks,
        go=tuple(sorted(go - come)),
        come=tuple(sorted(come - go)),
        stay=tuple(sorted(go & come)),
        concepts=tuple(_meaning(concept, left.code, right.code) for concept in CONCEPTS),
    )


def _lines(side: Side, task: str) -> int:
    cost = side.code.costs.get(task)
    return cost.lines if cost else 0


def _meaning(concept: str, one: Code, other: Code) -> Meaning:
    both = [code.application.record.concepts[concept] for code in (one, other)]
    return Meaning(
        concept=concept,
        words=(both[0].name, both[1].name),
        places=(one.place_of(concept), other.place_of(concept)),
        reasons=(both[0].none, both[1].none),
    )


Place = tuple[int, int]
"""A line of a task: the index of its region, and the index of the line in it."""


@lru_cache(maxsize=8192)
def _texts(code: Code, task: str) -> tuple[tuple[Place, str], ...]:
    """Return the lines of a task that count: where each stands, and its words."""
    return tuple(_lines_of(code, task, imports=False))


@lru_cache(maxsize=8192)
def _imports(code: Code, task: str) -> tuple[tuple[Place, str], ...]:
    """Return the import statements of a task, which count in no task: where each line stands, and its words."""
    return tuple(_lines_of(code, task, imports=True))


def _lines_of(code: Code, task: str, imports: bool) -> Iterator[tuple[Place, str]]:
    for index, region in enumerate(code.of(task)):
        source = region.source
        numbers = source.code & source.imports if imports else source.code - source.imports
        for at, line in enumerate(region.text.splitlines()):
            if region.first + at in numbers:
                yield (index, at), " ".join(line.split())


@lru_cache(maxsize=8192)
def _matches(one: Code, other: Code, task: str) -> tuple[tuple[int, int, int], ...]:
    left, right = ([text for _, text in _texts(code, task)] for code in (one, other))
    if set(left).isdisjoint(right):
        return ()
    found = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return tuple((block.a, block.b, block.size) for block in found if block.size)


def _same(one: Code, other: Code, task: str) -> int:
    """Return how many lines of a task both have, in the same order, blanks aside (difflib's matching blocks)."""
    return sum(size for _, _, size in _matches(one, other, task))


def beside(switch: Switching, task: str) -> tuple[tuple[Snippet, ...], tuple[Snippet, ...]]:
    """Return the snippets of both sides for a task, with the lines marked that only one of them has."""
    one, other = switch.one.code, switch.other.code
    shared: tuple[set[Place], set[Place]] = (set(), set())
    for first, second, size in _matches(one, other, task):
        shared[0].update(place for place, _ in _texts(one, task)[first : first + size])
        shared[1].update(place for place, _ in _texts(other, task)[second : second + size])
    return _marked(one, other, task, shared[0]), _marked(other, one, task, shared[1])


def _marked(code: Code, other: Code, task: str, shared: set[Place]) -> tuple[Snippet, ...]:
    own = {place for place, _ in _texts(code, task)} - shared
    own |= {place for place, text in _imports(code, task) if text not in {text for _, text in _imports(other, task)}}
    return tuple(
        _snippet(region, frozenset(at for place, at in own if place == index))
        for index, region in enumerate(code.of(task))
    )


def plot(found: tuple[Side, ...]) -> Plot:
    """Return the chart of all applications: lines to the right, names upwards; the axes do not begin at nought."""
    lines = _ticks([side.code.whole.lines for side in found], 50)
    names = _ticks([len(side.code.whole.names) for side in found], 20)

    def across(value: int) -> float:
        share = (value - lines[0]) / (lines[-1] - lines[0])
        return round(MARGIN + (PLOT_WIDTH - 2 * MARGIN) * share, 1)

    def upwards(value: int) -> float:
        share = (value - names[0]) / (names[-1] - names[0])
        return round(PLOT_HEIGHT - MARGIN - (PLOT_HEIGHT - 2 * MARGIN) * share, 1)

    points = [Point(side, across(side.code.whole.lines), upwards(len(side.code.whole.names))) for side in found]
    return Plot(
        points=tuple(points),
        across=tuple((across(at), at) for at in lines),
        upwards=tuple((upwards(at), at) for at in names),
    )


def _ticks(values: list[int], step: int) -> range:
    """Return round figures from below the least value to above the greatest."""
    return range((min(values) - 1) // step * step, max(values) // step * step + 2 * step, step)
