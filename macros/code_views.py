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
from macros.ratings import TOP
from macros.regions import TASKS, Code, Cost, Region, Source

OUTCOMES: Mapping[str, tuple[str, str, str]] = {
    "passed": ("●", "there", "passes"),
    "absent": ("–", "muted", "can't"),
    "failed": ("◇", "broken", "fails"),
}
"""The symbol, the tone and the word of each outcome of an item."""
PLOT_WIDTH, PLOT_HEIGHT, MARGIN = 760, 380, 44
NOT_SHOWN = ("app.yml", "README.md")
"""Files of an application that its page leaves out."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A region as a page shows it; `own` are the indexes of lines that the other side of a pair does not have."""

    file: str
    first: int
    last: int
    lines: tuple[Markup, ...]
    own: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Side:
    """One application in a table of all of them."""

    entry: Entry
    code: Code
    run: BooksRun


@dataclass(frozen=True, slots=True)
class Written:
    """What one application has for a task; `bar` is its lines from 0 to 5, the most of all being 5."""

    entry: Entry
    snippets: tuple[Snippet, ...]
    cost: Cost | None
    bar: float
    absence: Absence | None
    failed: BooksItem | None


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task in every framework; `ranked` are those that have something for it, the fewest lines first."""

    task: str
    name: str
    question: str
    all: tuple[Written, ...]
    ranked: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """The lines of a task in each application, None where it has none, and the fewest of them."""

    task: str
    name: str
    cells: tuple[tuple[Side, int | None], ...]
    fewest: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What every application takes, the fewest lines first, each with its bar from 0 to 5; and the lines by task."""

    ranked: tuple[tuple[Side, float], ...]
    rows: tuple[TaskRow, ...]
    plot: Plot


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
    places: tuple[str | None, str | None]
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


def sides(catalog: Catalog) -> dict[str, Side]:
    """Return every application with its run, by the id of its entry and in the order of names."""
    found = [
        Side(catalog.entries[name], code, catalog.readings.books[name])
        for name, code in catalog.codes.items()
        if name in catalog.entries and name in catalog.readings.books
    ]
    return {side.entry.id: side for side in sorted(found, key=lambda side: side.entry.name.lower())}


def task_view(found: Mapping[str, Side], task: str) -> TaskView:
    """Return what the page of a task shows."""
    name, question = TASKS[task]
    most = max((_lines(side, task) for side in found.values()), default=0)
    parts = tuple(_written(side, task, most) for side in found.values())
    ranked = sorted((part for part in parts if part.cost), key=lambda part: part.cost.lines if part.cost else 0)
    return TaskView(task, name, question, parts, tuple(ranked))


def _written(side: Side, task: str, most: int) -> Written:
    item = side.run.items.get(task)
    return Written(
        entry=side.entry,
        snippets=tuple(_snippet(region) for region in side.code.of(task)),
        cost=side.code.costs.get(task),
        bar=_bar(_lines(side, task), most),
        absence=side.code.application.record.absent.get(task),
        failed=item if item and item.outcome == "failed" else None,
    )


def _bar(lines: int, most: int) -> float:
    return round(TOP * lines / most, 2) if most else 0.0


def overview(found: Mapping[str, Side]) -> Overview | None:
    """Return what all applications take, or None where there is none."""
    if not found:
        return None
    ranked = sorted(found.values(), key=lambda side: side.code.whole.lines)
    most = ranked[-1].code.whole.lines
    return Overview(
        ranked=tuple((side, _bar(side.code.whole.lines, most)) for side in ranked),
        rows=tuple(_task_row(found, task) for task in TASKS),
        plot=_plot(tuple(found.values())),
    )


def _task_row(found: Mapping[str, Side], task: str) -> TaskRow:
    cells = tuple((side, _lines(side, task) or None) for side in found.values())
    return TaskRow(task, TASKS[task][0], cells, min((lines for _, lines in cells if lines), default=0))


def files(side: Side) -> tuple[Source, ...]:
    """Return the files of an application that its page shows, the counted ones first."""
    shown = [source for source in side.code.sources if source.path not in NOT_SHOWN and source.code]
    return tuple(sorted(shown, key=lambda source: (not source.counted, source.path)))


def _snippet(region: Region, own: frozenset[int] = frozenset()) -> Snippet:
    return Snippet(region.file, region.first, region.last, region.html, own)


def switching(one: Side, other: Side) -> Switching:
    """Return what it takes to go from one application to the other."""
    go, come = set(one.code.dependencies), set(other.code.dependencies)
    return Switching(
        one=one,
        other=other,
        tasks=tuple(
            Switch(task, name, (_lines(one, task), _lines(other, task)), _same(one.code, other.code, task))
            for task, (name, _) in TASKS.items()
        ),
        go=tuple(sorted(go - come)),
        come=tuple(sorted(come - go)),
        stay=tuple(sorted(go & come)),
        concepts=tuple(_meaning(concept, one.code, other.code) for concept in CONCEPTS),
    )


def _lines(side: Side, task: str) -> int:
    cost = side.code.costs.get(task)
    return cost.lines if cost else 0


def _meaning(concept: str, one: Code, other: Code) -> Meaning:
    both = [code.application.record.concepts[concept] for code in (one, other)]
    return Meaning(
        concept=concept,
        words=(both[0].name, both[1].name),
        places=(one.places.get(concept), other.places.get(concept)),
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
    theirs = {text for _, text in _imports(other, task)}
    own |= {place for place, text in _imports(code, task) if text not in theirs}
    return tuple(
        _snippet(region, frozenset(at for place, at in own if place == index))
        for index, region in enumerate(code.of(task))
    )


def _plot(found: tuple[Side, ...]) -> Plot:
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
