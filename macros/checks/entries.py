"""The rules of entries, apart from their facts: names, tiles, reasons, edges, inheritance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from macros import schema
from macros.catalog.sources import NOT_KINDS, Loaded
from macros.checks.rules import Scope, facts_of, listed, rule
from macros.reading.documents import Location, Problem, quoted, suggestion
from macros.schema.fields import ID_PATTERN
from macros.schema.routes import CRITERIA, SECTIONS

RESERVED = {*SECTIONS, *NOT_KINDS}
"""What a kind may not be called."""
DAYS = "changes"
"""The folder whose files are named after days."""


@rule
def file_name_is_an_id(scope: Scope) -> Iterator[Problem]:
    """The name of a file is its id: lower-case letters, digits and single hyphens, and no word of an address.

    Files of changes are named after their day.
    """
    named: list[Loaded[Any]] = [*scope.sources.entries, *scope.sources.kinds.values()]
    collections = (group for name, group in scope.sources.collections.items() if name != DAYS)
    named += [item for group in collections for item in group.values()]
    for loaded in named:
        if not re.fullmatch(ID_PATTERN, loaded.id):
            cure = "Rename it with lower-case letters, digits and single hyphens, such as django-ninja.yml."
            yield loaded.problem((), f"The file name {quoted(loaded.id)} is not an id. {cure}")
        elif "-vs-" in f"-{loaded.id}-":
            yield loaded.problem(
                (),
                f"The file name {quoted(loaded.id)} contains the word vs, which joins two names in addresses. "
                "Rename it.",
            )
        elif loaded.id == CRITERIA:
            yield loaded.problem(
                (), "by is the part of the address where criteria have their pages. Choose another name."
            )
        elif loaded.folder == "criteria" and loaded.id in RESERVED:
            yield loaded.problem((), f"{loaded.id} is the name of a part of the site or of data/. Choose another name.")


@rule
def resources_are_listed_once(scope: Scope) -> Iterator[Problem]:
    """An official page is listed once in a record, as the one thing that it is."""
    for loaded, record in scope.entries():
        seen: set[str] = set()
        for index, resource in enumerate(record.resources):
            if resource.link in seen:
                where: Location = ("resources", index, "link")
                yield loaded.problem(where, f"{resource.link} is listed above. Remove one of the two.")
            seen.add(resource.link)


def _others(group: list[Loaded[Any]], loaded: Loaded[Any]) -> str:
    return " and ".join(other.document.path for other in group if other is not loaded)


@rule
def ids_are_unique(scope: Scope) -> Iterator[Problem]:
    """Two entries never share an id, whatever their kind and their case: it is part of the address of their pairs."""
    by_id: dict[str, list[Loaded[schema.Entry]]] = {}
    for loaded in scope.sources.entries:
        by_id.setdefault(loaded.id.lower(), []).append(loaded)
    for group in by_id.values():
        for loaded in group if len(group) > 1 else ():
            yield loaded.problem(
                (), f"The id {loaded.id} is also that of {_others(group, loaded)}. Rename one of them."
            )


@rule
def tiles_are_unique(scope: Scope) -> Iterator[Problem]:
    """Two entries of a kind never have the same tile."""
    by_tile: dict[tuple[str, str], list[Loaded[schema.Entry]]] = {}
    taken: dict[str, set[str]] = {}
    for loaded, record in scope.entries():
        if loaded.reads(("tile",)):
            by_tile.setdefault((loaded.folder, record.tile), []).append(loaded)
            taken.setdefault(loaded.folder, set()).add(record.tile)
    for (kind, tile), group in by_tile.items():
        for loaded in group if len(group) > 1 else ():
            free = free_tiles(loaded.readable.name if loaded.readable else "", taken[kind])
            yield loaded.problem(
                ("tile",),
                f"The tile {tile} is also that of {_others(group, loaded)}. "
                f"Change one of them. For this entry {listed(free)} are free.",
            )


def free_tiles(name: str, taken: set[str]) -> list[str]:
    """Return three tiles that no entry of the kind has, made from the name where its letters allow it."""
    letters = [letter for letter in name.lower() if letter in _ALPHABET]
    first = letters[:1] or list(_ALPHABET)
    pairs = [f"{one.upper()}{other}" for one in first for other in (*letters[1:], *_ALPHABET)]
    pairs += [f"{one.upper()}{other}" for one in _ALPHABET for other in _ALPHABET]
    return [pair for pair in dict.fromkeys(pairs) if pair not in taken][:3]


_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@rule
def reasons_are_facts(scope: Scope) -> Iterator[Problem]:
    """What a trait names under because is a criterion that the record answers."""
    for loaded, record in scope.entries():
        criteria, answered = scope.sources.criteria(loaded.folder), scope.answered(loaded)
        for field in ("best-for", "strengths", "trade-offs"):
            for index, trait in enumerate(getattr(record, field.replace("-", "_"))):
                for place, name in enumerate(trait.because):
                    where: Location = (field, index, "because", place)
                    if name not in criteria and scope.knows(loaded.folder):
                        yield loaded.problem(
                            where,
                            f"because {quoted(name)} is not a criterion of {loaded.folder}."
                            f"{suggestion(name, criteria)}",
                        )
                    elif name in criteria and answered is not None and name not in answered:
                        yield loaded.problem(
                            where,
                            f"because {quoted(name)} is a criterion that this record does not answer. "
                            "Add the fact, or give another reason.",
                        )


@rule
def edges_lead_somewhere(scope: Scope) -> Iterator[Problem]:
    """An edge has a known type and leads to another entry, or to something outside that has a link or a package."""
    for loaded, record in scope.entries():
        for index, edge in enumerate(record.relations):
            yield from _edge(scope, loaded, ("relations", index), edge)
        ids = scope.entry_ids.keys() - {loaded.id}
        for index, target in enumerate(record.used_with):
            if target not in ids:
                guess = suggestion(target, ids)
                message = f"used-with {quoted(target)} is not the id of another entry.{guess}"
                yield loaded.problem(("used-with", index), message)


def _edge(scope: Scope, loaded: Loaded[schema.Entry], where: Location, edge: schema.Relation) -> Iterator[Problem]:
    ids = scope.entry_ids
    types = [*schema.RELATIONS, *(schema.OUTSIDE_ONLY if edge.outside else ())]
    if edge.type not in types:
        yield loaded.problem(
            (*where, "type"),
            f"type must be one of {listed(types)}; not {quoted(edge.type)}.{suggestion(edge.type, types)}",
        )
    if (edge.to is None) == (edge.outside is None):
        message = "An edge leads to exactly one thing. Give either to: (an entry's id) or outside: (name and link)."
        yield loaded.problem(where, message)
    elif edge.to == loaded.id:
        yield loaded.problem((*where, "to"), f"The edge leads from {loaded.id} to itself. Name another entry.")
    elif edge.to and edge.to not in ids:
        message = f"to {quoted(edge.to)} is not the id of an entry.{suggestion(edge.to, ids)}"
        yield loaded.problem((*where, "to"), message)
    elif edge.outside and not (edge.outside.link or edge.outside.package) and loaded.whole((*where, "outside")):
        yield loaded.problem((*where, "outside"), f"{edge.outside.name} has neither link nor package. Add one.")


@rule
def inherited_facts_exist(scope: Scope) -> Iterator[Problem]:
    """An inherited fact is one that the entry it comes from states itself; what that one inherits does not count."""
    ids = scope.entry_ids
    for loaded, record in scope.entries():
        if not record.inherits:
            continue
        origin = ids.get(record.inherits.origin)
        if origin is None or origin.id == loaded.id:
            guess = suggestion(record.inherits.origin, ids.keys() - {loaded.id})
            message = f"from {quoted(record.inherits.origin)} is not the id of another entry.{guess}"
            yield loaded.problem(("inherits", "from"), message)
        else:
            yield from _inherited(scope, loaded, origin, record.inherits.facts)


def _inherited(
    scope: Scope, loaded: Loaded[schema.Entry], origin: Loaded[schema.Entry], names: tuple[str, ...]
) -> Iterator[Problem]:
    answered = scope.answered(origin)
    if answered is None or origin.readable is None:
        return
    own = {criterion for _, criterion, _ in facts_of(origin.readable)}
    further = origin.readable.inherits
    for index, name in enumerate(names):
        where: Location = ("inherits", "facts", index)
        if further and name in further.facts and name not in own:
            message = (
                f"{origin.id} inherits {name} from {further.origin}. Inherit it from there, or state the fact here."
            )
            yield loaded.problem(where, message)
        elif name not in answered:
            cure = "Remove it, or add the fact there."
            yield loaded.problem(where, f"{origin.id} does not answer {name} itself.{suggestion(name, own)} {cure}")
