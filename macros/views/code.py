"""What the pages about the Books applications need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from macros.catalog.constants import TOP
from macros.catalog.model import Catalog, Entry
from macros.code.application_code import ApplicationCode, Cost
from macros.code.files import Source
from macros.code.regions import Region
from macros.code.tasks import TASKS
from macros.schema.applications import Absence
from macros.schema.measured.books import BooksItem, BooksRun
from macros.views.plot import Plot, plot

OUTCOMES: Mapping[str, tuple[str, str, str]] = {
    "passed": ("●", "supported", "passes"),
    "absent": ("–", "muted", "not possible"),
    "failed": ("✕", "broken", "fails"),
}
"""The symbol, the tone and the verb of each outcome of an item."""


NOT_SHOWN = ("app.yml", "README.md")
"""Files of an application that its page leaves out."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A region as a page shows it; `same` are the indexes of the lines that the other side of a pair has as well."""

    region: Region
    same: frozenset[int] = frozenset()

    @property
    def file(self) -> str:
        """Return the path of the file in the application's folder."""
        return self.region.file

    @property
    def first(self) -> int:
        """Return the number of its first line in the file."""
        return self.region.first

    @property
    def html(self) -> Markup:
        """Return it as HTML, without the indentation that all its lines share."""
        return self.region.html

    @property
    def place(self) -> str:
        """Return its lines in the file: `line 3` or `lines 3 to 9`."""
        first, last = self.region.first, self.region.last
        return f"line {first}" if first == last else f"lines {first} to {last}"


@dataclass(frozen=True, slots=True)
class ApplicationRun:
    """An application with its entry and the result of the suite."""

    entry: Entry
    code: ApplicationCode
    run: BooksRun
    postgresql: BooksRun | None = None
    """The result on PostgreSQL; `run` is on SQLite."""

    @property
    def databases(self) -> str:
        """Return what kept its books when it was run: `SQLite 3.45.1, PostgreSQL 15.14`."""
        runs = (self.run, self.postgresql) if self.postgresql else (self.run,)
        return ", ".join(run.database for run in runs if run.database)

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
    """How one application solves a task; `bar` is its lines from 0 to 5, where 5 is the most of all applications."""

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
    """A task in every framework; `ranked` are those that solve it, the fewest lines first."""

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
    """All applications, the fewest lines first, each with its bar from 0 to 5; their lines by task; and the chart."""

    ranked: tuple[tuple[ApplicationRun, float], ...]
    rows: tuple[TaskRow, ...]
    plot: Plot[ApplicationRun]

    @property
    def sides(self) -> tuple[ApplicationRun, ...]:
        """Return the applications in the order of the columns of the rows."""
        return tuple(side for side, _ in self.rows[0].cells)


def sides(catalog: Catalog) -> dict[str, ApplicationRun]:
    """Return every application with its run, by the id of its entry, sorted by the name of the entry."""
    found = [
        ApplicationRun(
            catalog.entries[name], code, catalog.readings.books[name], catalog.readings.books_postgresql.get(name)
        )
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
        snippets=tuple(Snippet(region) for region in side.code.of(task)),
        cost=side.code.costs.get(task),
        bar=_bar(line_count(side, task), most),
        absence=side.code.application.record.absent.get(task),
        failed=item if item and item.outcome == "failed" else None,
    )


def _bar(lines: int, most: int) -> float:
    return round(TOP * lines / most, 2) if most else 0.0


def overview(found: Mapping[str, ApplicationRun]) -> Overview | None:
    """Return the overview of all applications, or None if there are none."""
    if not found:
        return None
    ranked = sorted(found.values(), key=lambda side: side.code.whole.lines)
    most = ranked[-1].code.whole.lines
    return Overview(
        ranked=tuple((side, _bar(side.code.whole.lines, most)) for side in ranked),
        rows=tuple(_task_row(found, task) for task in TASKS),
        plot=plot([(side, side.code.whole.lines, len(side.code.whole.names)) for side in found.values()]),
    )


def _task_row(found: Mapping[str, ApplicationRun], task: str) -> TaskRow:
    cells = tuple((side, line_count(side, task) or None) for side in found.values())
    return TaskRow(task, TASKS[task][0], cells, min((lines for _, lines in cells if lines), default=0))


def files(side: ApplicationRun) -> tuple[Source, ...]:
    """Return the files that the page of an application shows, the counted ones first."""
    shown = [source for source in side.code.sources if source.path not in NOT_SHOWN and source.code]
    return tuple(sorted(shown, key=lambda source: (not source.counted, source.path)))


def line_count(side: ApplicationRun, task: str) -> int:
    """Return how many lines a task takes in an application; 0 if the application does not solve it."""
    cost = side.code.costs.get(task)
    return cost.lines if cost else 0
