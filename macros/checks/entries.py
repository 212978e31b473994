"""The rules of entries: one function each, and its docstring is the rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from macros import schema
from macros.catalog.evidence import agrees, probed
from macros.catalog.sources import Loaded
from macros.checks.rules import Scope, listed, rule
from macros.reading.documents import Location, Problem, quoted, suggestion
from macros.schema.fields import ID_PATTERN, package_name, package_url

NEED_VIA = {"official-package", "third-party", "stubs"}


NEED_NOTE = {"partial", "not-applicable"}


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


MEASURED_WORDS = {"release", "version", "latest", "stars", "downloads", "performance", "requests-per-second"}


def _facts(record: schema.Entry) -> Iterator[tuple[Location, str, schema.Fact]]:
    for index, evidence in enumerate(record.evidence):
        for criterion, fact in evidence.facts.items():
            yield ("evidence", index, "facts", criterion), criterion, fact


def _answered(record: schema.Entry) -> set[str]:
    inherited = set(record.inherits.facts) if record.inherits else set()
    return {criterion for _, criterion, _ in _facts(record)} | inherited


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
def criteria_exist(scope: Scope) -> Iterator[Problem]:
    """A fact answers a criterion of its kind, and one that is asked of its language."""
    for loaded, record in scope.entries():
        criteria = scope.sources.criteria(loaded.folder)
        home = f"data/criteria/{loaded.folder}.yml"
        for where, name, _ in _facts(record):
            criterion = criteria.get(name)
            if criterion is None and name in MEASURED_WORDS:
                yield loaded.problem(where, f"{name} is measured, not stated: it comes from data/measured/. Remove it.")
            elif criterion is None:
                guess = suggestion(name, criteria)
                yield loaded.problem(
                    where, f"{name} is not a criterion of {loaded.folder}.{guess} They are listed in {home}."
                )
            elif criterion.asked_of and criterion.asked_of != record.language:
                yield loaded.problem(
                    where,
                    f"{name} is asked of {criterion.asked_of} only, and this entry is {record.language}. Remove it.",
                )


@rule
def values_are_allowed(scope: Scope) -> Iterator[Problem]:
    """The value of a fact is one of its criterion's values, or has its criterion's form."""
    for loaded, record in scope.entries():
        criteria = scope.sources.criteria(loaded.folder)
        for where, name, fact in _facts(record):
            criterion = criteria.get(name)
            if criterion is None:
                continue
            values = scope.sources.scale_values(criterion)
            place = (*where, "value")
            if values and fact.value not in values:
                guess = suggestion(fact.value, values)
                yield loaded.problem(place, f"{name} must be one of {listed(values)}; not {quoted(fact.value)}.{guess}")
            elif criterion.pattern and not _matches(criterion.pattern, fact.value):
                yield loaded.problem(place, f"{name} must be {criterion.form}; not {quoted(fact.value)}.")


def _matches(pattern: str, text: str) -> bool:
    """What is no pattern is the fault of the criterion, where it is told once."""
    try:
        return bool(re.match(pattern, text))
    except re.error:
        return True


@rule
def criteria_are_answered_once(scope: Scope) -> Iterator[Problem]:
    """A criterion is answered once in a record, by its own fact or by an inherited one."""
    for loaded, record in scope.entries():
        first: dict[str, Location] = {}
        for where, name, _ in _facts(record):
            if name in first:
                line = loaded.document.line(first[name])
                yield loaded.problem(where, f"{name} is given twice (first on line {line}). Keep one.")
            first.setdefault(name, where)
        for index, name in enumerate(record.inherits.facts if record.inherits else ()):
            if name in first:
                line = loaded.document.line(first[name])
                yield loaded.problem(
                    ("inherits", "facts", index),
                    f"{name} is inherited and also given on line {line}. Keep one.",
                )
            first.setdefault(name, ("inherits", "facts", index))


@rule
def limits_are_said(scope: Scope) -> Iterator[Problem]:
    """A value of partial or not-applicable has a note that says why."""
    for loaded, record in scope.entries():
        for where, name, fact in _facts(record):
            if fact.value in NEED_NOTE and not fact.note:
                yield loaded.problem(
                    where, f"{name} is {fact.value} without a note. Add note: and say which limits or why."
                )


@rule
def packages_are_named(scope: Scope) -> Iterator[Problem]:
    """A value that comes from another package names it in via, as a package URL or as the id of an entry."""
    ids = scope.entry_ids
    for loaded, record in scope.entries():
        for where, name, fact in _facts(record):
            if fact.value in NEED_VIA and not fact.via:
                yield loaded.problem(
                    where,
                    f"{name} is {fact.value} without via. "
                    "Add via: and the package, such as pkg:pypi/channels, or an entry's id.",
                )
            for index, target in enumerate(fact.via):
                yield from _via(loaded, (*where, "via", index), target, ids)


def _via(loaded: Loaded[schema.Entry], where: Location, target: str, ids: Iterable[str]) -> Iterator[Problem]:
    if target.startswith("pkg:"):
        try:
            package_url(target)
        except ValueError as error:
            yield loaded.problem(where, f"via {quoted(target)} {error}")
    elif target not in ids:
        guess = suggestion(target, ids)
        yield loaded.problem(
            where,
            f"via {quoted(target)} names no entry.{guess} "
            "Write the id of an entry, or a package URL such as pkg:pypi/channels.",
        )


@rule
def reasons_are_facts(scope: Scope) -> Iterator[Problem]:
    """What a trait gives in because is a criterion that the record answers."""
    for loaded, record in scope.entries():
        criteria, answered = scope.sources.criteria(loaded.folder), _answered(record)
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
                    elif name not in answered:
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
def probes_agree(scope: Scope) -> Iterator[Problem]:
    """The value of a fact is one that the probe of its criterion allows, for at least one stack of the entry."""
    for loaded, record in scope.entries():
        criteria = scope.sources.criteria(loaded.folder)
        package = package_name(record.package) if record.package else loaded.id
        for where, name, fact in _facts(record):
            settles = criteria[name].probe if name in criteria else None
            if settles is None and fact.despite_probe:
                yield loaded.problem((*where, "despite-probe"), f"No probe settles {name}. Remove it.")
            if settles is None:
                continue
            answers = [a for a in probed(scope.sources.readings, loaded.id, package, settles) if a.decides]
            agreed = not answers or any(agrees(settles, fact.value, answer.answer) for answer in answers)
            if agreed and fact.despite_probe:
                yield loaded.problem((*where, "despite-probe"), f"No probe speaks against {name}. Remove it.")
            if agreed or fact.despite_probe:
                continue
            last = answers[-1]
            allowed = listed(dict.fromkeys(value for a in answers for value in settles.allowed(a.answer)))
            yield loaded.problem(
                (*where, "value"),
                f'{name} is "{fact.value}", but the probe {settles.id} of {last.version} on {last.day} answered '
                f"{last.answer}, which allows {allowed}. Correct the value or the probe.",
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
        own = {criterion for _, criterion, _ in _facts(origin.record)}
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
