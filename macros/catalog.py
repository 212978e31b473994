"""The frozen model that everything else reads: entries, criteria, facts and their evidence, by one loader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import combinations
from pathlib import Path

from macros import checks, schema, sources
from macros.evidence import Ageing, Probed, Standing, ageing, bears_out, probed, standing
from macros.fields import package_name
from macros.measured import (
    BooksRun,
    EntryPopularity,
    Footprint,
    Measurements,
    RegistryReading,
    Smoke,
    TypingShare,
    day_of,
)
from macros.records import Problem
from macros.regions import Code
from macros.schema import Value

BOOKS_MEASURES = {
    "books-names": "names",
    "books-lines": "lines",
    "books-packages": "packages",
    "books-absent": "items",
}
"""Measures of the Books applications, and their units."""


class InvalidDataError(Exception):
    """The data is not in order; `problems` says where and why, all at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One question of a kind, with its allowed values; free text where `values` is empty."""

    id: str
    kind: str
    name: str
    question: str
    group: str
    values: Mapping[str, Value]
    asked_of: str | None
    probe: schema.ProbeRule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """The value of a criterion for an entry, with the page that proves it and the day it was read."""

    criterion: Criterion
    value: str
    source: str
    checked: date
    version: str | None = None
    since: str | None = None
    note: str | None = None
    via: tuple[str, ...] = ()
    inherited_from: str | None = None
    probed: tuple[Probed, ...] = ()
    """The answers of the entry's own stacks to the probe that settles the criterion."""
    aged: Ageing | None = None

    @property
    def borne_out(self) -> tuple[Probed, ...]:
        """Return the probed answers that allow this value."""
        rule = self.criterion.probe
        return tuple(p for p in self.probed if rule and bears_out(rule, self.value, p.answer))

    @property
    def current(self) -> bool:
        """Return whether the fact is confirmed for the newest minor release, by its page or by a probe."""
        return self.aged is None or bool(self.borne_out)

    @property
    def meaning(self) -> Value | None:
        """Return the allowed value that this is, or None for a free text."""
        return self.criterion.values.get(self.value)

    @property
    def credit(self) -> float | None:
        """Return what the value counts for by its own scale, from 0 to 1, or None where it counts for nothing."""
        return self.meaning.credit if self.meaning else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A relation as one page shows it: what it is called there, and the entry or outside thing at its other end."""

    type: str
    label: str
    entry: str | None = None
    outside: schema.Outside | None = None
    note: str | None = None
    source: str | None = None
    checked: date | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A framework or library that has a page."""

    id: str
    kind: str
    record: schema.Entry
    path: str
    facts: Mapping[str, Fact]
    asked: tuple[str, ...]
    standing: Standing
    reading: RegistryReading | None = None
    smoke: Smoke | None = None
    footprint: Footprint | None = None
    typing: TypingShare | None = None
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
    def answered(self) -> int:
        """Return how many of the criteria asked have a fact."""
        return len(self.facts)

    @property
    def coverage(self) -> float:
        """Return the share of criteria answered, from 0 to 1."""
        return self.answered / len(self.asked) if self.asked else 1.0

    @cached_property
    def newest_version(self) -> str | None:
        """Return the newest release that its own evidence speaks of: pages of its website or repository."""
        homes = tuple(f"{home.rstrip('/')}/" for home in (self.record.website, self.record.repository) if home)
        stated = [fact for fact in self.facts.values() if fact.version and not fact.inherited_from and not fact.via]
        own = [fact.version for fact in stated if f"{fact.source}/".startswith(homes)]
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


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """Everything that data/ says, checked and linked."""

    kinds: Mapping[str, Kind]
    entries: Mapping[str, Entry]
    scales: Mapping[str, schema.Scale]
    ratings: Mapping[str, schema.Rating]
    matrices: Mapping[str, schema.Matrix]
    use_cases: Mapping[str, schema.UseCase]
    stacks: Mapping[str, schema.Stack]
    articles: Mapping[str, schema.Article]
    blocks: Mapping[str, schema.Block]
    concepts: schema.Concepts | None
    measured: Mapping[str, schema.Measured]
    readings: Measurements
    codes: Mapping[str, Code]
    items: Mapping[str, str]
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


def load(root: Path, today: date) -> Catalog:
    """Return the catalog that the folder `root` states; raise InvalidDataError with every problem otherwise."""
    found = sources.load(root, root.name)
    problems = checks.all_problems(found, today)
    if problems:
        raise InvalidDataError(problems)
    return build(found, today)


def build(found: sources.Sources, today: date) -> Catalog:
    """Return the catalog of sources that are in order."""
    assert found.scales and found.scales.record
    kinds = {name: _kind(found, name) for name in found.kinds}
    entries = {loaded.id: _entry(found, loaded, kinds[loaded.folder], today) for loaded in found.entries}
    entries = {name: _inherit(entry, entries) for name, entry in entries.items()}
    entries = {name: _link(entry, entries) for name, entry in entries.items()}

    def records(collection: str) -> dict[str, object]:
        return {name: loaded.record for name, loaded in found.collections[collection].items()}

    return Catalog(
        kinds=kinds,
        entries=entries,
        scales=found.scales.record.scales,
        ratings=dict(sorted(records("ratings").items(), key=lambda item: item[1].position)),  # type: ignore[attr-defined, arg-type]
        matrices=dict(sorted(records("matrices").items(), key=lambda item: item[1].position)),  # type: ignore[attr-defined, arg-type]
        use_cases=records("guide"),  # type: ignore[arg-type]
        stacks=records("stacks"),  # type: ignore[arg-type]
        articles=records("articles"),  # type: ignore[arg-type]
        blocks=records("blocks"),  # type: ignore[arg-type]
        measured={**books_measures(found), **records("measured")},  # type: ignore[dict-item]
        concepts=found.concepts.record if found.concepts else None,
        readings=found.readings,
        codes=found.codes,
        items=found.items,
        today=today,
    )


def books_measures(found: sources.Sources) -> dict[str, schema.Measured]:
    """Return what the Books applications take, as measures; those that fail an item of the contract are left out."""
    runs = {name: run for name, run in found.readings.books.items() if name in found.codes and not run.count("failed")}
    names, units = (
        ("Names imported", "Lines written", "Packages chosen", "Items it can't meet"),
        BOOKS_MEASURES.values(),
    )
    figures = {entry: _books_figures(found.codes[entry], run) for entry, run in runs.items()}
    return {
        measure: schema.Measured(
            name=name,
            unit=unit,
            command="python -m lab books",
            values={
                entry: schema.MeasuredValue(value=own[index], version=run.runtime, measured=day_of(run.moment))
                for entry, run in runs.items()
                if (own := figures[entry])
            },
        )
        for index, (measure, name, unit) in enumerate(zip(BOOKS_MEASURES, names, units, strict=True))
    }


def _books_figures(code: Code, run: BooksRun) -> tuple[float, ...]:
    """Return the figures of BOOKS_MEASURES, in their order."""
    whole = code.whole
    return tuple(map(float, (len(whole.names), whole.lines, len(code.dependencies), run.count("absent"))))


def _kind(found: sources.Sources, name: str) -> Kind:
    record = found.kinds[name].record
    assert record
    declared = found.criteria(name)
    groups = {g.id: tuple(c if isinstance(c, str) else c.id for c in g.criteria) for g in record.groups}
    criteria = {
        criterion: Criterion(
            id=criterion,
            kind=name,
            name=declared[criterion].name,
            question=declared[criterion].question,
            group=group,
            values=found.scale_values(declared[criterion]),
            asked_of=declared[criterion].asked_of,
            probe=declared[criterion].probe,
        )
        for group, members in groups.items()
        for criterion in members
    }
    return Kind(
        id=name,
        name=record.name,
        singular=record.singular,
        summary=record.summary,
        groups=groups,
        group_names={g.id: g.name for g in record.groups},
        criteria=criteria,
    )


def _entry(found: sources.Sources, loaded: sources.Loaded[schema.Entry], kind: Kind, today: date) -> Entry:
    record, readings = loaded.record, found.readings
    assert record
    reading = readings.registry.get(loaded.id)
    package = package_name(record.package) if record.package else loaded.id
    stated = {name: (page, fact) for page in record.evidence for name, fact in page.facts.items()}
    facts = {
        name: Fact(
            criterion=criterion,
            value=stated[name][1].value,
            since=stated[name][1].since,
            note=stated[name][1].note,
            via=stated[name][1].via,
            source=stated[name][0].source,
            version=stated[name][0].version,
            checked=stated[name][0].checked,
            probed=probed(readings, loaded.id, package, criterion.probe),
            aged=ageing(record, *stated[name], reading, today),
        )
        for name, criterion in kind.criteria.items()
        if name in stated
    }
    return Entry(
        id=loaded.id,
        kind=loaded.folder,
        record=record,
        path=loaded.document.path,
        facts=facts,
        asked=tuple(c.id for c in kind.criteria.values() if c.asked_of in (None, record.language)),
        standing=standing(record, reading),
        reading=reading,
        smoke=readings.smoke.get(loaded.id),
        footprint=readings.footprint.get(loaded.id),
        typing=readings.typing.get(loaded.id),
        popularity=readings.popularity.entries.get(loaded.id) if readings.popularity else None,
    )


def _inherit(entry: Entry, entries: Mapping[str, Entry]) -> Entry:
    taken = entry.record.inherits
    if not taken:
        return entry
    origin = entries[taken.origin]
    inherited = {name: replace(origin.facts[name], inherited_from=origin.id, probed=()) for name in taken.facts}
    both = {**entry.facts, **inherited}
    return replace(entry, facts={name: both[name] for name in entry.asked if name in both})


def _link(entry: Entry, entries: Mapping[str, Entry]) -> Entry:
    edges = [
        Edge(
            type=edge.type,
            label=schema.RELATIONS[edge.type][0] if edge.type in schema.RELATIONS else schema.OUTSIDE_ONLY[edge.type],
            entry=edge.to,
            outside=edge.outside,
            note=edge.note,
            source=edge.source,
            checked=edge.checked,
        )
        for edge in entry.record.relations
    ]
    edges += [
        Edge(
            type=edge.type,
            label=schema.RELATIONS[edge.type][1],
            entry=other.id,
            note=edge.note,
            source=edge.source,
            checked=edge.checked,
        )
        for other in entries.values()
        for edge in other.record.relations
        if edge.to == entry.id
    ]
    back = [other.id for other in entries.values() if entry.id in other.record.used_with]
    used_with = tuple(dict.fromkeys([*entry.record.used_with, *back]))
    return replace(entry, edges=tuple(edges), used_with=used_with)
