"""The rules of answers that belong together: within a record, and between the records of entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from macros import schema
from macros.catalog.sources import Loaded
from macros.checks.rules import Scope, facts_of, known, listed, rule
from macros.reading.documents import Location, Problem, quoted

LACKING = ("none", "by-hand", "third-party", "not-applicable")
"""Values with which an entry does not bring a feature itself."""
SHARED = ("typed", "licence", "governance")
"""Criteria of every kind that are about the package."""


class Answer(NamedTuple):
    """A value that a record states, with its place; for an inherited one the place of its name."""

    value: str
    where: Location
    fact: schema.Fact


def answers(scope: Scope, loaded: Loaded[schema.Entry], record: schema.Entry) -> dict[str, Answer]:
    """Return the answers of a record by criterion, inherited ones included."""
    origin = scope.entry_ids.get(record.inherits.origin) if record.inherits else None
    found: dict[str, Answer] = {}
    if origin and origin.readable and record.inherits:
        there = {name: fact for _, name, fact in facts_of(origin.readable)}
        for index, name in enumerate(record.inherits.facts):
            if name in there:
                found[name] = Answer(there[name].value, ("inherits", "facts", index), there[name])
    own = {name: Answer(fact.value, (*where, "value"), fact) for where, name, fact in facts_of(record)}
    return found | own


@rule
def implications_are_well_formed(scope: Scope) -> Iterator[Problem]:
    """What follows from an answer names criteria of the kind and their values; so do counterparts."""
    for kind, home in scope.sources.kinds.items():
        criteria = scope.sources.criteria(kind)
        for index, stated in enumerate(home.readable.implications if home.readable else ()):
            for side, named in (("when", stated.when), ("then", stated.then)):
                for name, values in named.items():
                    where: Location = ("implications", index, side, name)
                    yield from known(home, where, name, criteria, f"a criterion of {kind}")
                    allowed = scope.sources.scale_values(criteria[name]) if name in criteria else {}
                    for place, value in enumerate(values if allowed else ()):
                        yield from known(home, (*where, place), value, allowed, f"a value of {name}")


@rule
def counterparts_are_criteria(scope: Scope) -> Iterator[Problem]:
    """The counterpart of a criterion is a criterion of another kind."""
    for kind, home in scope.sources.kinds.items():
        for place, group in enumerate(home.readable.groups if home.readable else ()):
            for index, criterion in enumerate(group.criteria):
                for other, name in criterion.counterparts.items() if not isinstance(criterion, str) else ():
                    where: Location = ("groups", place, "criteria", index, "counterparts", other)
                    if other not in scope.sources.kinds or other == kind:
                        yield from known(home, where, other, set(scope.sources.kinds) - {kind}, "another kind")
                    else:
                        yield from known(home, where, name, scope.sources.criteria(other), f"a criterion of {other}")


@rule
def implications_hold(scope: Scope) -> Iterator[Problem]:
    """Two answers of a record do not contradict each other: what follows from one holds for the other."""
    for loaded, record in scope.entries():
        home = scope.sources.kinds.get(loaded.folder)
        stated = home.readable.implications if home and home.readable else ()
        found = answers(scope, loaded, record) if stated else {}
        for one in stated:
            if one.when and one.then:  # one that was refused may lack either
                yield from _implied(loaded, found, one)


def _implied(
    loaded: Loaded[schema.Entry], found: Mapping[str, Answer], stated: schema.Implication
) -> Iterator[Problem]:
    (cause, causes), (effect, allowed) = next(iter(stated.when.items())), next(iter(stated.then.items()))
    first, second = found.get(cause), found.get(effect)
    if first and second and first.value in causes and second.value not in allowed:
        where = second.where if second.where[0] == "evidence" else first.where
        yield loaded.problem(
            where,
            f'{effect} is "{second.value}" beside {cause} "{first.value}", with which it must be one of '
            f"{listed(allowed)}. {stated.because} Correct one of them.",
        )


@rule
def features_come_from_what_has_them(scope: Scope) -> Iterator[Problem]:
    """An entry that is named in via brings the feature itself: its own record does not say that it lacks it."""
    ids = scope.entry_ids
    for loaded, record in scope.entries():
        criteria = scope.sources.criteria(loaded.folder)
        for where, name, fact in facts_of(record):
            sources = [ids[target] for target in fact.via if target in ids]
            if name not in criteria or not sources or fact.value in ("none", "not-applicable"):
                continue
            asked = [
                (source, answer)
                for source in sources
                if (answer := _counterpart(scope, source, criteria[name], loaded.folder))
            ]
            if len(asked) == len(fact.via) and all(answer.value in LACKING for _, answer in asked):
                source, answer = asked[0]
                yield loaded.problem(
                    (*where, "via"),
                    f'{name} comes via {source.id}, but its record says "{answer.value}" ({source.document.path}). '
                    "Correct one of them.",
                )


def _counterpart(scope: Scope, source: Loaded[schema.Entry], criterion: schema.Criterion, kind: str) -> Answer | None:
    """Return what an entry answers to the question that a criterion of another entry takes from it, or None."""
    name = criterion.id if source.folder == kind else criterion.counterparts.get(source.folder)
    return answers(scope, source, source.readable).get(name) if name and source.readable else None


@rule
def parts_of_a_package_agree(scope: Scope) -> Iterator[Problem]:
    """Two entries of one package say the same of it, and answer alike where a question has a counterpart."""
    by_package: dict[str, list[tuple[Loaded[schema.Entry], schema.Entry]]] = {}
    for loaded, record in scope.entries():
        if record.package and loaded.reads(("package",)):
            by_package.setdefault(record.package, []).append((loaded, record))
    for group in by_package.values():
        for loaded, record in group:
            for other, other_record in group:
                if other is not loaded:
                    theirs = answers(scope, other, other_record)
                    yield from _unlike(scope, loaded, answers(scope, loaded, record), (other, theirs))


def _unlike(
    scope: Scope,
    loaded: Loaded[schema.Entry],
    own: Mapping[str, Answer],
    others: tuple[Loaded[schema.Entry], Mapping[str, Answer]],
) -> Iterator[Problem]:
    other, theirs = others
    criteria = scope.sources.criteria(loaded.folder)
    pairs = {name: name for name in SHARED if loaded.id < other.id}
    pairs |= {name: there for name, one in criteria.items() if (there := one.counterparts.get(other.folder))}
    for name, there in pairs.items():
        mine, its = own.get(name), theirs.get(there)
        if mine and its and mine.value != its.value:
            yield loaded.problem(
                mine.where,
                f"{name} is {quoted(mine.value)}, but {there} of {other.id}, which is part of the same package, is "
                f"{quoted(its.value)} ({other.document.path}). Correct one of them.",
            )
