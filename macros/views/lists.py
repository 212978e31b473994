"""What lists of entries, of pairs and of Spring's parts need."""

from __future__ import annotations

from dataclasses import dataclass

from macros import schema
from macros.catalog.facts import Criterion, Fact
from macros.catalog.model import Catalog, Entry, Kind, pair_url
from macros.views.matrices import MatrixView

FRAMEWORKS = "frameworks"
"""The kind that is no library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A pair in the grid of all pairs: in how many criteria the two differ, and in what share of those both answer."""

    other: Entry
    url: str
    differ: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KindView:
    """A kind with its entries by name; `cases` are its use cases: their ids and names."""

    kind: Kind
    entries: tuple[Entry, ...]
    cases: tuple[tuple[str, str], ...] = ()

    @property
    def is_library(self) -> bool:
        """Return whether its entries are libraries and not frameworks."""
        return self.kind.id != FRAMEWORKS

    @property
    def has_pairs(self) -> bool:
        """Return whether there are pairs to compare."""
        return len(self.entries) > 1

    @property
    def grid(self) -> tuple[tuple[Entry, tuple[GridCell | None, ...]], ...]:
        """Return a row for each entry with a cell for every entry, None for itself."""
        return tuple(
            (one, tuple(None if one is other else _cell(one, other) for other in self.entries)) for one in self.entries
        )


def _cell(one: Entry, other: Entry) -> GridCell:
    both = [name for name in one.facts if name in other.facts]
    differ = sum(one.facts[name].value != other.facts[name].value for name in both)
    return GridCell(
        other=other, url=pair_url(one, other), differ=differ, share=round(100 * differ / len(both)) if both else 0
    )


def kind_views(catalog: Catalog) -> tuple[KindView, ...]:
    """Return every kind that has entries."""
    found = (KindView(kind=kind, entries=catalog.of_kind(kind.id)) for kind in catalog.kinds.values())
    return tuple(view for view in found if view.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptView:
    """A concept of Spring, the criterion that is similar, and how entries answer it."""

    concept: schema.Concept
    criterion: Criterion
    answers: tuple[tuple[Entry, Fact | None, str], ...]
    """Each entry with its fact, or with the words that stand for a missing one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpringView:
    """The page for those who come from Spring."""

    parts: tuple[MatrixView, ...]
    concepts: tuple[ConceptView, ...]
    columns: tuple[Entry, ...]
    similar: tuple[Entry, ...]
    """The entries that are similar to a part of Spring."""

    @property
    def map(self) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """Return what is similar to what in a few words: a part of Spring, and the entries."""
        found: dict[str, list[Entry]] = {}
        for entry in self.similar:
            if entry.record.spring and entry.is_advised:
                found.setdefault(entry.record.spring.like, []).append(entry)
        return tuple((like, tuple(entries)) for like, entries in sorted(found.items()))


def spring_view(catalog: Catalog, matrices: tuple[MatrixView, ...]) -> SpringView:
    """Return what the page about Spring shows."""
    known = catalog.concepts
    columns = tuple(catalog.entries[name] for name in known.entries) if known else ()
    return SpringView(
        parts=tuple(view for view in matrices if view.spring),
        concepts=tuple(_concept(catalog, concept, columns) for concept in known.concepts) if known else (),
        columns=columns,
        similar=tuple(entry for entry in catalog.entries.values() if entry.record.spring),
    )


def _concept(catalog: Catalog, concept: schema.Concept, columns: tuple[Entry, ...]) -> ConceptView:
    def answer(entry: Entry) -> tuple[Entry, Fact | None, str]:
        if entry.kind != concept.kind:
            return entry, None, "not asked"
        return entry, entry.facts.get(concept.criterion), "not recorded"

    criterion = catalog.kinds[concept.kind].criteria[concept.criterion]
    return ConceptView(concept=concept, criterion=criterion, answers=tuple(map(answer, columns)))
