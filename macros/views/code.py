"""What the pages about the Books applications need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from macros.catalog.constants import TOP
from macros.catalog.model import Catalog, Entry
from macros.code.files import Source
from macros.code.regions import Code, Cost, Region
from macros.code.tasks import TASKS
from macros.schema.applications import Absence
from macros.schema.measured.books import BooksItem, BooksRun

OUTCOMES: Mapping[str, tuple[str, str, str]] = {
    "passed": ("●", "there", "passes"),
    "absent": ("–", "muted", "not possible"),
    "failed": ("◇", "broken", "fails"),
}
"""The symbol, the tone and the word of each outcome of an item."""


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

    @property
    def place(self) -> str:
        """Return its lines in the file: `line 3` or `lines 3 to 9`."""
        return f"line {self.first}" if self.first == self.last else f"lines {self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class ApplicationRun:
    """One application in a table of all of them."""

    entry: Entry
    code: Code
    run: BooksRun

    @property
    def url(self) -> str:
        """Return the address of its page, from the root of the site."""
        return f"{self.entry.url}code/"

    @property
    def costs(self) -> dict[str, int]:
        """Return how many lines, names, files and packages it takes."""
        whole = self.code.whole
        return {
            "lines": whole.lines,
            "names": len(whole.names),
            "files": whole.files,
            "packages": len(self.code.dependencies),
        }

    @property
    def passed(self) -> int:
        """Return how many items of the contract it passed."""
        return self.run.count("passed")

    @property
    def failed(self) -> int:
        """Return how many items of the contract it failed."""
        return self.run.count("failed")

    @property
    def absent(self) -> int:
        """Return how many items of the contract its framework cannot meet."""
        return self.run.count("absent")


@dataclass(frozen=True, slots=True)
class TaskImplementation:
    """What one application has for a task; `bar` is its lines from 0 to 5, the most of all being 5."""

    entry: Entry
    snippets: tuple[Snippet, ...]
    cost: Cost | None
    bar: float
    absence: Absence | None
    failed: BooksItem | None

    @property
    def url(self) -> str:
        """Return the address of the whole application, from the root of the site."""
        return f"{self.entry.url}code/"

    @property
    def packages(self) -> str:
        """Return the names of the packages that its code uses, in order."""
        return ", ".join(sorted(self.cost.packages)) if self.cost else ""


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task in every framework; `ranked` are those that have something for it, the fewest lines first."""

    task: str
    name: str
    question: str
    all: tuple[TaskImplementation, ...]
    ranked: tuple[TaskImplementation, ...]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """The lines of a task in each application, None where it has none, and the fewest of them."""

    task: str
    name: str
    cells: tuple[tuple[ApplicationRun, int | None], ...]
    fewest: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What every application takes, the fewest lines first, each with its bar from 0 to 5; and the lines by task."""

    ranked: tuple[tuple[ApplicationRun, float], ...]
    rows: tuple[TaskRow, ...]
    plot: Plot

    @property
    def sides(self) -> tuple[ApplicationRun, ...]:
        """Return the applications in the order of the columns of the rows."""
        return tuple(side for side, _ in self.rows[0].cells)


PLOT_WIDTH, PLOT_HEIGHT, MARGIN = 760, 380, 44


@dataclass(frozen=True, slots=True)
class Point:
    """An application in the chart, in units of its coordinates."""

    side: ApplicationRun
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
    left: int = MARGIN
    top: int = MARGIN
    right: int = PLOT_WIDTH - MARGIN
    bottom: int = PLOT_HEIGHT - MARGIN


def sides(catalog: Catalog) -> dict[str, ApplicationRun]:
    """Return every application with its run, by the id of its entry and in the order of names."""
    found = [
        ApplicationRun(catalog.entries[name], code, catalog.readings.books[name])
        for name, code in catalog.codes.items()
        if name in catalog.entries and name in catalog.readings.books
    ]
    return {side.entry.id: side for side in sorted(found, key=lambda side: side.entry.name.lower())}


def task_view(found: Mapping[str, ApplicationRun], task: str) -> TaskView:
    """Return what the page of a task shows."""
    name, question = TASKS[task]
    most = max((line_count(side, task) for side in found.values()), default=0)
    parts = tuple(_implementation(side, task, most) for side in found.values())
    ranked = sorted((part for part in parts if part.cost), key=lambda part: part.cost.lines if part.cost else 0)
    return TaskView(task, name, question, parts, tuple(ranked))


def _implementation(side: ApplicationRun, task: str, most: int) -> TaskImplementation:
    item = side.run.items.get(task)
    return TaskImplementation(
        entry=side.entry,
        snippets=tuple(snippet(region) for region in side.code.of(task)),
        cost=side.code.costs.get(task),
        bar=_bar(line_count(side, task), most),
        absence=side.code.application.record.absent.get(task),
        failed=item if item and item.outcome == "failed" else None,
    )


def _bar(lines: int, most: int) -> float:
    return round(TOP * lines / most, 2) if most else 0.0


def overview(found: Mapping[str, ApplicationRun]) -> Overview | None:
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


def _task_row(found: Mapping[str, ApplicationRun], task: str) -> TaskRow:
    cells = tuple((side, line_count(side, task) or None) for side in found.values())
    return TaskRow(task, TASKS[task][0], cells, min((lines for _, lines in cells if lines), default=0))


def files(side: ApplicationRun) -> tuple[Source, ...]:
    """Return the files of an application that its page shows, the counted ones first."""
    shown = [source for source in side.code.sources if source.path not in NOT_SHOWN and source.code]
    return tuple(sorted(shown, key=lambda source: (not source.counted, source.path)))


def snippet(region: Region, own: frozenset[int] = frozenset()) -> Snippet:
    """Return the lines of a region; `own` are the indices of those that only this side has."""
    return Snippet(region.file, region.first, region.last, region.html, own)


def line_count(side: ApplicationRun, task: str) -> int:
    """Return how many lines a task takes in an application; 0 where it has none."""
    cost = side.code.costs.get(task)
    return cost.lines if cost else 0


def _plot(found: tuple[ApplicationRun, ...]) -> Plot:
    """Return the chart of all applications: lines to the right, names upwards; the axes do not begin at zero."""
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
