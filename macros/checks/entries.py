"""The rules of entries, apart from their facts: names, tiles, reasons, edges, inheritance, days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from macros import schema
from macros.catalog.sources import Loaded
from macros.checks.rules import Scope, answered, facts_of, listed, rule
from macros.reading.documents import Location, Problem, quoted, suggestion
from macros.schema.fields import ID_PATTERN

RESERVED = {
    "compare",
    "matrix",
    "guide",
    "stacks",
    "coming-from",
    "method",
    "contribute",
    "assets",
    "search",
    "code",
    "libraries",
    "articles",
    "criteria",
    "matrices",
    "measured",
    "ratings",
}


@rule
def file_name_is_an_id(scope: Scope) -> Iterator[Problem]:
    """The name of a file is its id: lower-case letters, digits and single hyphens, and no word of an address."""
    named: list[Loaded[Any]] = [*scope.sources.entries, *scope.sources.kinds.values()]
    named += [item for group in scope.sources.collections.values() for item in group.values()]
    for loaded in named:
        if not re.fullmatch(ID_PATTERN, loaded.id):
            cure = "Rename it with lower-case letters, digits and single hyphens, such as django-ninja.yml."
            yield loaded.problem((), f"The file name {quoted(loaded.id)} is not an id. {cure}")
        elif "-vs-" in f"-{loaded.id}-":
            yield loaded.problem(
                (),
                f"The file name {quoted(loaded.id)} holds the word vs, which joins two names in addresses. Rename it.",
            )
        elif loaded.folder == "criteria" and loaded.id in RESERVED:
            yield loaded.problem((), f"{loaded.id} is the name of a part of the site. Name the kind otherwise.")


@rule
def ids_are_unique(scope: Scope) -> Iterator[Problem]:
    """No two entries share an id, whatever their kind and whatever the case: it stands in the address of pairs."""
    first: dict[str, Loaded[schema.Entry]] = {}
    for loaded in scope.sources.entries:
        other = first.setdefault(loaded.id.lower(), loaded)
        if other is not loaded:
            yield loaded.problem((), f"The id {loaded.id} is taken by {other.document.path}. Keep one, or rename one.")


@rule
def tiles_are_unique(scope: Scope) -> Iterator[Problem]:
    """No two entries of a kind have the same tile."""
    first: dict[tuple[str, str], Loaded[schema.Entry]] = {}
    for loaded, record in scope.entries():
        other = first.setdefault((loaded.folder, record.tile), loaded)
        if other is not loaded:
            yield loaded.problem(
                ("tile",), f"The tile {record.tile} is that of {other.document.path}. Choose other letters."
            )


@rule
def reasons_arefacts_of(scope: Scope) -> Iterator[Problem]:
    """What a trait gives in because is a criterion that the record answers."""
    for loaded, record in scope.entries():
        criteria, known_here = scope.sources.criteria(loaded.folder), answered(record)
        for field in ("best-for", "strengths", "trade-offs"):
            for index, trait in enumerate(getattr(record, field.replace("-", "_"))):
                for place, name in enumerate(trait.because):
                    where = (field, index, "because", place)
                    if name not in criteria:
                        yield loaded.problem(
                            where,
                            f"because {quoted(name)} names no criterion of {loaded.folder}."
                            f"{suggestion(name, criteria)}",
                        )
                    elif name not in known_here:
                        yield loaded.problem(
                            where,
                            f"because {quoted(name)} names a criterion that this record does not answer. "
                            "Add the fact, or another reason.",
                        )


@rule
def edges_lead_somewhere(scope: Scope) -> Iterator[Problem]:
    """An edge has a known type and leads to another entry, or to something outside that is named with its page."""
    ids = scope.entry_ids
    for loaded, record in scope.entries():
        for index, edge in enumerate(record.relations):
            where = ("relations", index)
            types = [*schema.RELATIONS, *(schema.OUTSIDE_ONLY if edge.outside else ())]
            if edge.type not in types:
                yield loaded.problem(
                    (*where, "type"),
                    f"type must be one of {listed(types)}; not {quoted(edge.type)}.{suggestion(edge.type, types)}",
                )
            if (edge.to is None) == (edge.outside is None):
                yield loaded.problem(
                    where,
                    "An edge leads to one thing. Give either to: (an entry's id) or outside: (name and link).",
                )
            elif edge.to == loaded.id:
                yield loaded.problem((*where, "to"), f"The edge leads from {loaded.id} to itself. Name another entry.")
            elif edge.to and edge.to not in ids:
                yield loaded.problem((*where, "to"), f"to {quoted(edge.to)} names no entry.{suggestion(edge.to, ids)}")
            elif edge.outside and not (edge.outside.link or edge.outside.package):
                yield loaded.problem((*where, "outside"), f"{edge.outside.name} has neither link nor package. Add one.")
        for index, target in enumerate(record.used_with):
            if target not in ids or target == loaded.id:
                yield loaded.problem(
                    ("used-with", index),
                    f"used-with {quoted(target)} names no other entry.{suggestion(target, ids.keys() - {loaded.id})}",
                )


@rule
def inherited_facts_exist(scope: Scope) -> Iterator[Problem]:
    """An inherited fact is one that the entry it comes from answers itself."""
    ids = scope.entry_ids
    for loaded, record in scope.entries():
        if not record.inherits:
            continue
        origin = ids.get(record.inherits.origin)
        if origin is None or origin.id == loaded.id:
            guess = suggestion(record.inherits.origin, ids.keys() - {loaded.id})
            yield loaded.problem(
                ("inherits", "from"), f"from {quoted(record.inherits.origin)} names no other entry.{guess}"
            )
            continue
        if origin.record is None:
            continue
        own = {criterion for _, criterion, _ in facts_of(origin.record)}
        for index, name in enumerate(record.inherits.facts):
            if name not in own:
                yield loaded.problem(
                    ("inherits", "facts", index),
                    f"{origin.id} does not answer {name} itself.{suggestion(name, own)} "
                    "Remove it, or add the fact there.",
                )


@rule
def dates_are_past(scope: Scope) -> Iterator[Problem]:
    """No day lies in the future."""
    named: list[Loaded[Any]] = [*scope.sources.entries]
    named += [item for group in scope.sources.collections.values() for item in group.values()]
    named += [scope.sources.concepts] if scope.sources.concepts else []
    for loaded in named:
        for where, day in _days(loaded.document.data, ()):
            if day > scope.today:
                yield loaded.problem(
                    where,
                    f"{where[-1]} {day} lies in the future (today is {scope.today}). Write the day you read the page.",
                )


def _days(data: Any, where: Location) -> Iterator[tuple[Location, date]]:
    """Yield every day that the data holds, with the way to it."""
    if isinstance(data, date):
        yield where, data
    elif isinstance(data, dict | list):
        for step, item in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _days(item, (*where, step))
