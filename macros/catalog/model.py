"""The frozen model: kinds, criteria, entries and facts with their evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations

from macros import schema
from macros.catalog.evidence import MaintenanceStatus
from macros.catalog.facts import Criterion, Fact
from macros.catalog.standing import Standing
from macros.code.application_code import ApplicationCode
from macros.code.demonstrations import DemonstrationFile
from macros.reading.measurements import Measurements
from macros.schema.applications import Contract
from macros.schema.measured.footprint import Footprint
from macros.schema.measured.popularity import EntryPopularity
from macros.schema.measured.registry import RegistryReading
from macros.schema.measured.smoke import Smoke
from macros.schema.measured.type_coverage import TypeCoverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A relation as one page shows it: what it is called there, and the entry or outside thing at its other end."""

    type: str
    label: str
    forward: bool
    """Whether the record of this page's entry states it; otherwise that of the other entry does."""
    entry: str | None = None
    outside: schema.Outside | None = None
    note: str | None = None
    source: str | None = None
    checked: date | None = None

    @property
    def superseding(self) -> bool:
        """Return whether one end of it replaces the other."""
        return self.type in schema.SUPERSEDING

    @property
    def leads_on(self) -> bool:
        """Return whether it leads to what replaces the entry."""
        return self.forward and self.superseding


@dataclass(frozen=True, kw_only=True)
class Entry(Standing):
    """A framework or library that has a page."""

    id: str
    kind: str
    record: schema.Entry
    path: str
    facts: Mapping[str, Fact]
    asked: tuple[str, ...]
    status: MaintenanceStatus
    reading: RegistryReading | None = None
    smoke: Smoke | None = None
    footprint: Footprint | None = None
    type_coverage: TypeCoverage | None = None
    popularity: EntryPopularity | None = None
    edges: tuple[Edge, ...] = ()
    used_with: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return what the entry is called."""
        return self.record.name

    @property
    def tile(self) -> str:
        """Return its two letters."""
        return self.record.tile

    @property
    def url(self) -> str:
        """Return the address of its page, from the root of the site."""
        return f"{self.kind}/{self.id}/"

    @property
    def ways_on(self) -> tuple[Edge, ...]:
        """Return what replaces it."""
        return tuple(edge for edge in self.edges if edge.leads_on)

    @property
    def answered(self) -> int:
        """Return how many of the criteria asked have a fact."""
        return len(self.facts)

    @property
    def coverage(self) -> float:
        """Return the share of criteria answered, from 0 to 1."""
        return self.answered / len(self.asked) if self.asked else 1.0

    @cached_property
    def newest_version(self) -> str | None:
        """Return the newest release that a page describes, of the entry itself or of what it is a part of."""
        record, stated = self.record, (fact for fact in self.facts.values() if not fact.inherited_from)
        own = (fact.version for fact in stated if not fact.of or (not record.package and record.owns(fact.source)))
        return max((version for version in own if version), key=_version_key, default=None)

    @cached_property
    def credits(self) -> dict[str, float]:
        """Return what the values of its facts count for, by criterion; those that count for nothing left out."""
        return {name: fact.credit for name, fact in self.facts.items() if fact.credit is not None}

    @cached_property
    def last_checked(self) -> date:
        """Return the day on which most recently one of its facts was read."""
        return max(fact.checked for fact in self.facts.values())

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Return the pages that prove its facts, each once."""
        return tuple(dict.fromkeys(fact.source for fact in self.facts.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What sort of entry it is, with the criteria asked of it, by group."""

    id: str
    name: str
    singular: str
    summary: str
    groups: Mapping[str, tuple[str, ...]]
    group_names: Mapping[str, str]
    criteria: Mapping[str, Criterion]
    implications: tuple[schema.Implication, ...] = ()
    others: tuple[schema.Outside, ...] = ()
    """Well-known ones that have no entry here."""


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """Everything that data/ says, checked and linked."""

    kinds: Mapping[str, Kind]
    entries: Mapping[str, Entry]
    scales: Mapping[str, schema.Scale]
    ratings: Mapping[str, schema.Rating]
    matrices: Mapping[str, schema.Matrix]
    use_cases: Mapping[str, schema.UseCase]
    witnesses: Mapping[str, schema.Witness]
    stacks: Mapping[str, schema.Stack]
    articles: Mapping[str, schema.Article]
    blocks: Mapping[str, schema.Block]
    outside_benchmarks: Mapping[str, schema.OutsideBenchmark]
    concepts: schema.Concepts | None
    glossary: Mapping[str, schema.Term]
    places: tuple[schema.Place, ...]
    """What the search finds beside entries, criteria and pages."""
    measured: Mapping[str, schema.Measure]
    readings: Measurements
    codes: Mapping[str, ApplicationCode]
    contract: Contract
    demonstrations: Mapping[str, DemonstrationFile]
    changes: Mapping[str, schema.DayOfChanges]
    """What changed in what the records say, by day: 2026-11-29."""
    today: date

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """Return the entries of a kind, by name."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {}
        for entry in sorted(self.entries.values(), key=lambda e: e.name.lower()):
            found.setdefault(entry.kind, []).append(entry)
        return {kind: tuple(entries) for kind, entries in found.items()}

    def pairs(self, kind: str) -> Iterator[tuple[Entry, Entry]]:
        """Yield every two entries of a kind, each pair once, in the order of their ids."""
        yield from combinations(sorted(self.of_kind(kind), key=lambda e: e.id), 2)

    @cached_property
    def fact_count(self) -> int:
        """Return the number of facts, inherited ones included."""
        return sum(entry.answered for entry in self.entries.values())

    @cached_property
    def source_count(self) -> int:
        """Return the number of different pages that prove them."""
        return len({source for entry in self.entries.values() for source in entry.sources})

    @cached_property
    def pair_count(self) -> int:
        """Return the number of pairs that have a page."""
        return sum(1 for kind in self.kinds for _ in self.pairs(kind))


def _version_key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.lstrip("v").split(".") if part.isdecimal())


def pair_url(one: Entry, other: Entry) -> str:
    """Return the address of the page of a pair, from the root of the site."""
    first, second = sorted((one.id, other.id))
    return f"compare/{first}-vs-{second}/"
