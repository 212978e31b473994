"""The rules of facts: one function each, and its docstring is the rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from macros import schema
from macros.catalog.evidence import agrees, probed
from macros.catalog.sources import Loaded
from macros.checks.rules import Scope, facts_of, listed, meant_criterion, rule
from macros.reading.documents import Location, Problem, quoted, suggestion
from macros.schema.fields import package_url

NEED_VIA = {"official-package", "third-party", "stubs"}


NEED_NOTE = {"partial", "not-applicable"}


MEASURED_WORDS = {"release", "version", "latest", "stars", "downloads", "performance", "requests-per-second"}


@rule
def criteria_exist(scope: Scope) -> Iterator[Problem]:
    """A fact answers a criterion of its kind, and one that is asked of its language."""
    for loaded, record in scope.entries():
        criteria = scope.sources.criteria(loaded.folder)
        home = f"data/criteria/{loaded.folder}.yml"
        for where, name, _ in facts_of(record):
            criterion = criteria.get(name)
            if criterion is None and name in MEASURED_WORDS:
                yield loaded.problem(where, f"{name} is measured, not stated: it comes from data/measured/. Remove it.")
            elif criterion is None and scope.knows(loaded.folder):
                meant = meant_criterion(name, criteria)
                guess = f" Did you mean {meant}?" if meant else ""
                yield loaded.problem(
                    where, f"{name} is not a criterion of {loaded.folder}.{guess} They are listed in {home}."
                )
            elif (
                criterion
                and criterion.asked_of
                and criterion.asked_of != record.language
                and loaded.reads(("language",))
            ):
                yield loaded.problem(
                    where,
                    f"{name} is asked of {criterion.asked_of} only, and this entry is {record.language}. Remove it.",
                )


@rule
def values_are_allowed(scope: Scope) -> Iterator[Problem]:
    """The value of a fact is one of its criterion's values, or has its criterion's form."""
    for loaded, record in scope.entries():
        criteria = scope.sources.criteria(loaded.folder)
        for where, name, fact in facts_of(record):
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
    """A pattern that is not one is the fault of the criterion, where it is reported once."""
    try:
        return bool(re.match(pattern, text))
    except re.error:
        return True


@rule
def criteria_are_answered_once(scope: Scope) -> Iterator[Problem]:
    """A criterion is answered once in a record, by its own fact or by an inherited one."""
    for loaded, record in scope.entries():
        first: dict[str, Location] = {}
        for where, name, _ in facts_of(record):
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
        for where, name, fact in facts_of(record):
            if fact.value in NEED_NOTE and not fact.note and loaded.reads((*where, "note")):
                yield loaded.problem(
                    where, f"{name} is {fact.value} without a note. Add note: and say which limits or why."
                )


@rule
def packages_are_named(scope: Scope) -> Iterator[Problem]:
    """A value that comes from another package names it in via, as a package URL or as the id of an entry."""
    ids = scope.entry_ids
    for loaded, record in scope.entries():
        for where, name, fact in facts_of(record):
            if fact.value in NEED_VIA and not fact.via and loaded.reads((*where, "via")):
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
            f"via {quoted(target)} is not the id of an entry.{guess} "
            "Write the id of an entry, or a package URL such as pkg:pypi/channels.",
        )


@rule
def probes_agree(scope: Scope) -> Iterator[Problem]:
    """The value of a fact is one that the probe of its criterion allows, for at least one setup of the entry."""
    for loaded, record in scope.entries():
        criteria = scope.sources.criteria(loaded.folder)
        for where, name, fact in facts_of(record):
            if name in criteria:
                yield from _against_probe(scope, loaded, where, (name, fact, criteria[name].probe))


def _against_probe(
    scope: Scope,
    loaded: Loaded[schema.Entry],
    where: Location,
    stated: tuple[str, schema.Fact, schema.ProbeRule | None],
) -> Iterator[Problem]:
    name, fact, decides = stated
    if decides is None:
        if fact.despite_probe:
            yield loaded.problem((*where, "despite-probe"), f"No probe decides {name}. Remove it.")
        return
    answers = [answer for answer in probed(scope.sources.readings, loaded.id, decides) if answer.decides]
    agreed = not answers or any(agrees(decides, fact.value, answer.answer) for answer in answers)
    if agreed and fact.despite_probe and loaded.reads((*where, "value")):
        yield loaded.problem((*where, "despite-probe"), f"No probe contradicts {name}. Remove it.")
    if agreed or fact.despite_probe or not loaded.reads((*where, "despite-probe")):
        return
    last = answers[-1]
    allowed = listed(dict.fromkeys(value for answer in answers for value in decides.allowed(answer.answer)))
    yield loaded.problem(
        (*where, "value"),
        f'{name} is "{fact.value}", but the probe {decides.id} of {last.ran} on {last.day} '
        f"answered {last.answer}, which allows {allowed}. Correct the value or the probe.",
    )
