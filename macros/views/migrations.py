"""What changes when the Books application of one framework is written with another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from macros.cache.store import NOTHING, Store
from macros.catalog.model import Entry, pair_url
from macros.code.analysis import made_with
from macros.code.application_code import ApplicationCode
from macros.code.tasks import TASKS
from macros.schema.applications import CONCEPTS
from macros.views.code import ApplicationRun, Snippet, line_count

Block = tuple[int, int, int]
"""Lines that both sides have: the index of the first on either side, and how many they are."""


@dataclass(frozen=True, slots=True)
class TaskChange:
    """The lines that a task takes on both sides of a pair, and how many of them are the same."""

    task: str
    name: str
    lines: tuple[int, int]
    same: int


@dataclass(frozen=True, slots=True)
class ConceptNames:
    """What both sides of a pair call a concept, and the file with that word; or the reason why there is no word."""

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
    """What changes when the application of the first entry is written with the second."""

    one: ApplicationRun
    other: ApplicationRun
    tasks: tuple[TaskChange, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    kept: tuple[str, ...]
    concepts: tuple[ConceptNames, ...]
    blocks: Mapping[str, tuple[Block, ...]]
    """The lines of each task that both sides have in the same order."""

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


def migration(one: ApplicationRun, other: ApplicationRun, store: Store = NOTHING) -> Migration:
    """Return what changes from one application to the other."""
    blocks = _blocks(one.code, other.code, store)
    before, after = set(one.code.dependencies), set(other.code.dependencies)
    return Migration(
        one=one,
        other=other,
        tasks=tuple(
            TaskChange(
                task, name, (line_count(one, task), line_count(other, task)), sum(size for _, _, size in blocks[task])
            )
            for task, (name, _) in TASKS.items()
        ),
        removed=tuple(sorted(before - after)),
        added=tuple(sorted(after - before)),
        kept=tuple(sorted(before & after)),
        concepts=tuple(_concept_names(concept, one.code, other.code) for concept in CONCEPTS),
        blocks=blocks,
    )


def _column(side: ApplicationRun, task: str, snippets: tuple[Snippet, ...]) -> TaskColumn:
    absence = side.code.application.record.absent.get(task)
    return TaskColumn(side.entry, snippets, absence.reason if absence and not snippets else "")


def _concept_names(concept: str, one: ApplicationCode, other: ApplicationCode) -> ConceptNames:
    both = [code.application.record.concepts[concept] for code in (one, other)]
    return ConceptNames(
        concept=concept,
        words=(both[0].name, both[1].name),
        places=(one.places.get(concept), other.places.get(concept)),
        reasons=(both[0].none, both[1].none),
    )


Place = tuple[int, int]
"""A line of a task: the index of its region, and the index of the line in it."""


def _statements(code: ApplicationCode, task: str) -> tuple[list[Place], tuple[str, ...]]:
    """Return the lines of a task that count: their places, and their words in the same order."""
    found = [((index, at), text) for index, region in enumerate(code.of(task)) for at, text in region.statements]
    return [place for place, _ in found], tuple(text for _, text in found)


def _blocks(one: ApplicationCode, other: ApplicationCode, store: Store) -> dict[str, tuple[Block, ...]]:
    """Return the lines of each task that both have in the same order, blanks aside (difflib's matching blocks)."""

    def make() -> dict[str, list[Block]]:
        return {task: list(_matches(_statements(one, task)[1], _statements(other, task)[1])) for task in TASKS}

    found = store.json(f"blocks {made_with()} {one.digest} {other.digest}", make)
    return {task: tuple((first, second, size) for first, second, size in blocks) for task, blocks in found.items()}


def _matches(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[Block, ...]:
    if set(left).isdisjoint(right):
        return ()
    found = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return tuple((block.a, block.b, block.size) for block in found if block.size)


def beside(switch: Migration, task: str) -> tuple[tuple[Snippet, ...], tuple[Snippet, ...]]:
    """Return the snippets of both sides for a task, with the lines marked that both of them have."""
    one, other = switch.one.code, switch.other.code
    left, right = _statements(one, task)[0], _statements(other, task)[0]
    same: tuple[set[Place], set[Place]] = set(), set()
    for first, second, size in switch.blocks[task]:
        same[0].update(left[first : first + size])
        same[1].update(right[second : second + size])
    return _marked(one, other, task, same[0]), _marked(other, one, task, same[1])


def _marked(code: ApplicationCode, other: ApplicationCode, task: str, same: set[Place]) -> tuple[Snippet, ...]:
    """Return the snippets of one side: the `same` lines are marked, and imports that the other side has too."""
    theirs = {text for region in other.of(task) for _, text in region.imports}
    snippets = []
    for index, region in enumerate(code.of(task)):
        marked = {at for place, at in same if place == index} | {at for at, text in region.imports if text in theirs}
        snippets.append(Snippet(region, frozenset(marked)))
    return tuple(snippets)


def other_pairs(pair: tuple[str, str], names: tuple[str, ...]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return each of a pair with every application that it is not beside here, and the address of their code."""
    return tuple(
        (own, tuple((name, f"compare/{'-vs-'.join(sorted((own, name)))}/code/") for name in names if name not in pair))
        for own in pair
    )
