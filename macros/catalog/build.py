"""Checked sources to the catalog: inheritance and relations resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from macros import schema
from macros.catalog import sources
from macros.catalog.benchmarks import benchmark_measures
from macros.catalog.citations import Readings, words_of
from macros.catalog.demonstrations import demonstrated
from macros.catalog.evidence import ageing, maintenance_status, probed
from macros.catalog.facts import Criterion, Fact
from macros.catalog.model import Catalog, Edge, Entry, Kind
from macros.catalog.projects import Project, Projects
from macros.code.application_code import ApplicationCode
from macros.schema.measured.base import day_of
from macros.schema.measured.books import BooksRun

BOOKS_MEASURES = {
    "books-names": "names",
    "books-lines": "lines",
    "books-packages": "packages",
    "books-absent": "items",
}
"""Measures of the Books applications, and their units."""


def entries_of(found: sources.Sources, kinds: Mapping[str, Kind], today: date) -> dict[str, Entry]:
    """Return the entries of sources that are in order, by id: facts inherited, relations seen from both ends."""
    projects = Projects({loaded.id: loaded.record for loaded in found.entries if loaded.record}, found.readings)
    entries = {loaded.id: _entry(found, loaded, kinds[loaded.folder], projects, today) for loaded in found.entries}
    entries = {name: _answered(_inherit(entry, entries)) for name, entry in entries.items()}
    return {name: _link(entry, entries) for name, entry in entries.items()}


def kinds_of(found: sources.Sources) -> dict[str, Kind]:
    """Return the kinds of sources that are in order, by id, with their criteria."""
    return {name: _kind(found, name) for name in found.kinds}


def build(found: sources.Sources, today: date) -> Catalog:
    """Return the catalog of sources that are in order."""
    assert found.scales and found.scales.record
    kinds = kinds_of(found)
    entries = entries_of(found, kinds, today)
    costs = benchmark_measures(found.readings.benchmarks, entries)

    def records(collection: str) -> dict[str, object]:
        return {name: loaded.record for name, loaded in found.collections[collection].items()}

    return Catalog(
        kinds=kinds,
        entries=entries,
        scales=found.scales.record.scales,
        ratings=dict(sorted(records("ratings").items(), key=lambda item: item[1].position)),  # type: ignore[attr-defined, arg-type]
        matrices=dict(sorted(records("matrices").items(), key=lambda item: item[1].position)),  # type: ignore[attr-defined, arg-type]
        use_cases=records("guide"),  # type: ignore[arg-type]
        witnesses=records("witnesses"),  # type: ignore[arg-type]
        stacks=records("stacks"),  # type: ignore[arg-type]
        articles=records("articles"),  # type: ignore[arg-type]
        blocks=records("blocks"),  # type: ignore[arg-type]
        outside_benchmarks=records("benchmarks"),  # type: ignore[arg-type]
        measured={**books_measures(found), **costs, **records("measured")},  # type: ignore[dict-item]
        concepts=found.concepts.record if found.concepts else None,
        glossary=found.glossary.record.terms if found.glossary and found.glossary.record else {},
        places=found.places.record.places if found.places and found.places.record else (),
        readings=found.readings,
        codes=found.codes,
        contract=found.contract,
        demonstrations=found.demonstrations,
        changes=records("changes"),  # type: ignore[arg-type]
        today=today,
    )


def books_measures(found: sources.Sources) -> dict[str, schema.Measure]:
    """Return what the Books applications take, as measures; those that fail an item of the contract are left out."""
    runs = {name: run for name, run in found.readings.books.items() if name in found.codes and not run.count("failed")}
    names, units = (
        ("Names imported", "Lines written", "Packages chosen", "Items it can't meet"),
        BOOKS_MEASURES.values(),
    )
    figures = {entry: _books_figures(found.codes[entry], run) for entry, run in runs.items()}
    return {
        measure: schema.Measure(
            name=name,
            unit=unit,
            command="python -m lab books",
            values={
                entry: schema.MeasuredValue(value=own[index], day=day_of(run.moment))
                for entry, run in runs.items()
                if (own := figures[entry])
            },
        )
        for index, (measure, name, unit) in enumerate(zip(BOOKS_MEASURES, names, units, strict=True))
    }


def _books_figures(code: ApplicationCode, run: BooksRun) -> tuple[float, ...]:
    """Return the figures of BOOKS_MEASURES, in their order."""
    whole = code.whole
    return tuple(map(float, (len(whole.names), whole.lines, len(code.dependencies), run.count("absent"))))


def _kind(found: sources.Sources, name: str) -> Kind:
    record = found.kinds[name].record
    assert record
    declared = found.criteria(name)
    shared = {c for g in record.groups for c in g.criteria if isinstance(c, str)}
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
            ages_by=declared[criterion].ages_by,
            also=declared[criterion].also,
            yardstick=declared[criterion].yardstick,
            examples=declared[criterion].examples,
            shared=criterion in shared,
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
        implications=record.implications,
        others=record.others,
    )


def _entry(
    found: sources.Sources, loaded: sources.Loaded[schema.Entry], kind: Kind, projects: Projects, today: date
) -> Entry:
    record, readings = loaded.record, found.readings
    assert record
    reading = readings.registry.get(loaded.id)
    stated = {name: page for page in record.evidence for name in page.facts}
    readings_of = Readings(readings.citations.get(loaded.id))
    facts = {
        name: replace(
            _fact(criterion, stated[name], projects.of_page(loaded.id, stated[name]), loaded.id, today),
            probed=probed(readings, loaded.id, criterion.probe, reading),
            demonstration=demonstrated(readings, loaded.id, stated[name].facts[name].demonstration, reading),
            words=words_of(readings_of, name, stated[name]),
            line=loaded.document.line(("evidence", record.evidence.index(stated[name]), "facts", name)),
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
        status=maintenance_status(record, reading),
        reading=reading,
        smoke=readings.smoke.get(loaded.id),
        footprint=readings.footprint.get(loaded.id),
        type_coverage=readings.type_coverage.get(loaded.id),
        popularity=readings.popularity.entries.get(loaded.id) if readings.popularity else None,
    )


def _fact(criterion: Criterion, page: schema.Evidence, project: Project | None, entry: str, today: date) -> Fact:
    """Return what a page proves; its release is named by its project where that is not the entry."""
    stated = page.facts[criterion.id]
    return Fact(
        criterion=criterion,
        value=stated.value,
        since=stated.since,
        note=stated.note,
        via=stated.via,
        source=page.source,
        version=page.version,
        of=project.name if project and project.entry != entry and page.version else None,
        checked=page.checked,
        aged=ageing(page, project.reading if project else None, today, by_releases=criterion.ages_by == "releases"),
    )


def _inherit(entry: Entry, entries: Mapping[str, Entry]) -> Entry:
    taken = entry.record.inherits
    if not taken:
        return entry
    origin = entries[taken.origin]
    facts = {name: origin.facts[name] for name in taken.facts}
    inherited = {
        name: replace(fact, inherited_from=origin.id, of=fact.of or (origin.name if fact.version else None), probed=())
        for name, fact in facts.items()
    }
    both = {**entry.facts, **inherited}
    return replace(entry, facts={name: both[name] for name in entry.asked if name in both})


def _answered(entry: Entry) -> Entry:
    """Return the entry with what people from its own project say of its facts."""
    facts = dict(entry.facts)
    for name in dict.fromkeys(reply.criterion for reply in entry.record.statements if reply.criterion in facts):
        replies = tuple(reply for reply in entry.record.statements if reply.criterion == name)
        facts[name] = replace(facts[name], replies=replies)
    return replace(entry, facts=facts) if entry.record.statements else entry


def _link(entry: Entry, entries: Mapping[str, Entry]) -> Entry:
    edges = [
        Edge(
            type=edge.type,
            label=schema.RELATIONS[edge.type][0] if edge.type in schema.RELATIONS else schema.OUTSIDE_ONLY[edge.type],
            forward=True,
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
            forward=False,
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
