"""What it takes to move from one Books application to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from macros.catalog.model import Entry, pair_url
from macros.code.regions import Code
from macros.code.tasks import TASKS
from macros.schema.applications import CONCEPTS
from macros.views.code import ApplicationRun, Snippet, line_count, snippet


@dataclass(frozen=True, slots=True)
class TaskChange:
    """What a task takes on both sides of a pair: lines of each, and lines that are the same."""

    task: str
    name: str
    lines: tuple[int, int]
    same: int


@dataclass(frozen=True, slots=True)
class ConceptNames:
    """What both sides of a pair call a concept: the word, where it stands, or why there is none."""

    concept: str
    words: tuple[str | None, str | None]
    places: tuple[str | None, str | None]
    reasons: tuple[str | None, str | None]

    def sides(self, entries: tuple[Entry, Entry]) -> Iterator[tuple[Entry, str | None, str | None, str | None]]:
        """Yield each entry with its word, where that stands, and why it has none."""
        yield from zip(entries, self.words, self.places, self.reasons, strict=True)


@dataclass(frozen=True, slots=True)
class TaskColumn:
    """One side of a task: its snippets, or why there are none."""

    entry: Entry
    snippets: tuple[Snippet, ...]
    absence: str


@dataclass(frozen=True, slots=True)
class Migration:
    """What it takes to write the application of the first entry with the second."""

    one: ApplicationRun
    other: ApplicationRun
    tasks: tuple[TaskChange, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    kept: tuple[str, ...]
    concepts: tuple[ConceptNames, ...]

    @property
    def url(self) -> str:
        """Return the address of the page of the pair, from the root of the site."""
        return pair_url(self.one.entry, self.other.entry)

    @property
    def same(self) -> int:
        """Return how many lines of the tasks are the same on both sides."""
        return sum(task.same for task in self.tasks)

    @property
    def lines(self) -> tuple[int, int]:
        """Return how many lines the tasks take on each side."""
        return sum(task.lines[0] for task in self.tasks), sum(task.lines[1] for task in self.tasks)

    @property
    def packages(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the packages that are removed, added and kept."""
        return ("removed", self.removed), ("added", self.added), ("kept", self.kept)

    def columns(self, task: str) -> tuple[TaskColumn, TaskColumn]:
        """Return the code of a task on both sides. It is compared when a page asks for it."""
        one, other = beside(self, task)
        return _column(self.one, task, one), _column(self.other, task, other)


def migration(one: ApplicationRun, other: ApplicationRun) -> Migration:
    """Return what it takes to go from one application to the other."""
    before, after = set(one.code.dependencies), set(other.code.dependencies)
    return Migration(
        one=one,
        other=other,
        tasks=tuple(
            TaskChange(task, name, (line_count(one, task), line_count(other, task)), _same(one.code, other.code, task))
            for task, (name, _) in TASKS.items()
        ),
        removed=tuple(sorted(before - after)),
        added=tuple(sorted(after - before)),
        kept=tuple(sorted(before & after)),
        concepts=tuple(_concept_names(concept, one.code, other.code) for concept in CONCEPTS),
    )


def _column(side: ApplicationRun, task: str, snippets: tuple[Snippet, ...]) -> TaskColumn:
    absence = side.code.application.record.absent.get(task)
    return TaskColumn(side.entry, snippets, absence.reason if absence and not snippets else "")


def _concept_names(concept: str, one: Code, other: Code) -> ConceptNames:
    both = [code.application.record.concepts[concept] for code in (one, other)]
    return ConceptNames(
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


def beside(switch: Migration, task: str) -> tuple[tuple[Snippet, ...], tuple[Snippet, ...]]:
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
        snippet(region, frozenset(at for place, at in own if place == index))
        for index, region in enumerate(code.of(task))
    )
