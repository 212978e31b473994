"""What it takes to move from one Books application to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

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


@dataclass(frozen=True, slots=True)
class Migration:
    """What it takes to write the application of the first entry with the second."""

    one: ApplicationRun
    other: ApplicationRun
    tasks: tuple[TaskChange, ...]
    go: tuple[str, ...]
    come: tuple[str, ...]
    stay: tuple[str, ...]
    concepts: tuple[ConceptNames, ...]

    @property
    def same(self) -> int:
        """Return how many lines of the tasks are the same on both sides."""
        return sum(task.same for task in self.tasks)

    def lines(self, side: int) -> int:
        """Return how many lines the tasks take on one side: 0 or 1."""
        return sum(task.lines[side] for task in self.tasks)


def migration(one: ApplicationRun, other: ApplicationRun) -> Migration:
    """Return what it takes to go from one application to the other."""
    go, come = set(one.code.dependencies), set(other.code.dependencies)
    return Migration(
        one=one,
        other=other,
        tasks=tuple(
            TaskChange(task, name, (line_count(one, task), line_count(other, task)), _same(one.code, other.code, task))
            for task, (name, _) in TASKS.items()
        ),
        go=tuple(sorted(go - come)),
        come=tuple(sorted(come - go)),
        stay=tuple(sorted(go & come)),
        concepts=tuple(_concept_names(concept, one.code, other.code) for concept in CONCEPTS),
    )


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
