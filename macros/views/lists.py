"""What lists of entries, of pairs and of Spring's parts need."""

from __future__ import annotations

from dataclasses import dataclass

from macros import schema
from macros.catalog.model import Catalog, Criterion, Entry, Fact, Kind, pair_url
from macros.views.matrices import MatrixView

FRAMEWORKS = "frameworks"
"""The kind that is no library."""


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
    def pairs(self) -> tuple[tuple[Entry, tuple[tuple[Entry, str], ...]], ...]:
        """Return each entry with those that follow it by name, and the address of each pair."""
        return tuple(
            (entry, tuple((other, pair_url(entry, other)) for other in self.entries[at:]))
            for at, entry in enumerate(self.entries[:-1], 1)
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
