"""The rules of matrices, concepts and measured values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from macros import schema
from macros.catalog.sources import Loaded
from macros.checks.rules import Scope, known, rule
from macros.reading.documents import Location, Problem
from macros.schema.routes import fixed_names


@rule
def matrices_use_known_entries(scope: Scope) -> Iterator[Problem]:
    """A matrix names kinds, entries, groups, criteria and ratings that exist, and has something to show."""
    for loaded, matrix in scope.collection("matrices"):
        if loaded.id in scope.sources.kinds:
            yield loaded.problem((), f"{loaded.id} is the address of the full matrix of a kind. Rename the file.")
        elif loaded.id in fixed_names("matrix"):
            yield loaded.problem((), f"matrix/{loaded.id}/ is the address of another page. Rename the file.")
        for index, table in enumerate(matrix.tables):
            where: Location = ("tables", index)
            yield from known(loaded, (*where, "kind"), table.kind, scope.sources.kinds, "a kind")
            if not (table.criteria or table.groups or table.ratings or table.sections):
                yield loaded.problem(where, "The table shows nothing. Add criteria, groups, ratings or sections.")
            if table.kind in scope.sources.kinds:
                yield from _table(scope, loaded, where, table)


def _table(scope: Scope, loaded: Loaded[Any], where: Location, table: schema.Table) -> Iterator[Problem]:
    kind = scope.sources.kinds[table.kind].readable
    criteria = scope.sources.criteria(table.kind)
    groups = [group.id for group in kind.groups] if kind else []
    ratings = scope.ratings(table.kind)
    rows: list[tuple[Location, Any]] = [(where, table)]
    rows += [((*where, "sections", index), section) for index, section in enumerate(table.sections)]
    for place, row in rows:
        for index, name in enumerate(row.criteria if scope.knows(table.kind) else ()):
            yield from known(loaded, (*place, "criteria", index), name, criteria, f"a criterion of {table.kind}")
        for index, name in enumerate(row.ratings):
            yield from known(loaded, (*place, "ratings", index), name, ratings, f"a rating of {table.kind}")
    for index, name in enumerate(table.groups if scope.knows(table.kind) else ()):
        yield from known(loaded, (*where, "groups", index), name, groups, f"a group of {table.kind}")
    of_kind = [entry.id for entry in scope.sources.entries if entry.folder == table.kind]
    for index, name in enumerate(table.entries):
        yield from known(loaded, (*where, "entries", index), name, of_kind, f"an entry of {table.kind}")


@rule
def concepts_use_known_criteria(scope: Scope) -> Iterator[Problem]:
    """A concept of Spring names a kind, a criterion and entries that exist."""
    loaded = scope.sources.concepts
    if not loaded or not loaded.readable:
        return
    for index, name in enumerate(loaded.readable.entries):
        yield from known(loaded, ("entries", index), name, scope.entry_ids, "an entry")
    for index, concept in enumerate(loaded.readable.concepts):
        where: Location = ("concepts", index)
        yield from known(loaded, (*where, "kind"), concept.kind, scope.sources.kinds, "a kind")
        if scope.knows(concept.kind):
            criteria, what = scope.sources.criteria(concept.kind), f"a criterion of {concept.kind}"
            yield from known(loaded, (*where, "criterion"), concept.criterion, criteria, what)


@rule
def measured_values_belong_to_entries(scope: Scope) -> Iterator[Problem]:
    """A measured value belongs to an entry."""
    for loaded, measured in scope.collection("measured"):
        for name in measured.values:
            yield from known(loaded, ("values", name), name, scope.entry_ids, "an entry")
