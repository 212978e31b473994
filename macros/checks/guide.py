"""The rules of ratings, use cases, witnesses and stacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from macros import schema
from macros.catalog.figures import FIGURES
from macros.catalog.sources import Loaded
from macros.checks.rules import Scope, known, rule
from macros.reading.documents import Location, Problem
from macros.schema.routes import fixed_names


@rule
def ratings_use_known_criteria(scope: Scope) -> Iterator[Problem]:
    """A rating names criteria and values of its kind, or a measure, and has the parts that its rule needs."""
    for loaded, rating in scope.collection("ratings"):
        yield from known(loaded, ("kind",), rating.kind, scope.sources.kinds, "a kind")
        if loaded.reads(("rule", "by")):
            for message in _parts(loaded, rating.rule):
                yield loaded.problem(("rule",), message)
        for index, part in enumerate(rating.rule.criteria):
            yield from _credited(scope, loaded, ("rule", "criteria", index), rating.kind, part)


def _parts(loaded: Loaded[Any], rule: schema.Rule) -> Iterator[str]:
    """Yield what a rating's rule has too much or too little."""
    by = rule.by
    if (by == "share") != bool(rule.criteria) and loaded.reads(("rule", "criteria")):
        yield "A rule by share needs criteria, and no other rule has them. Add or remove them."
    if (by == "positions") != bool(rule.measures) and loaded.reads(("rule", "measures")):
        yield "A rule by positions needs measures, and no other rule has them. Add or remove them."
    if (by in ("thresholds", "position")) != bool(rule.measure) and loaded.reads(("rule", "measure")):
        yield f"A rule by {by} {'has no' if rule.measure else 'needs a'} measure. Correct it."
    if by == "thresholds" and loaded.whole(("rule", "steps")) and loaded.reads(("rule", "better")):
        in_order = list(rule.steps) == sorted(rule.steps, reverse=rule.better == "less")
        if len(rule.steps) != 5 or not in_order:
            yield "A rule by thresholds needs five steps, from the worst to the best. Correct steps."


def _credited(
    scope: Scope,
    loaded: Loaded[Any],
    where: Location,
    kind: str,
    part: schema.Part,
) -> Iterator[Problem]:
    criteria, name, credit = scope.sources.criteria(kind), part.criterion, part.credit
    if name not in criteria:
        if scope.knows(kind):
            yield from known(loaded, where, name, criteria, f"a criterion of {kind}")
        return
    values = scope.sources.scale_values(criteria[name])
    for value in credit or {}:
        yield from known(loaded, (*where, "credit", value), value, values, f"a value of {name}")
    if credit is None and all(value.credit is None for value in values.values()):
        yield loaded.problem(
            where,
            f"The values of {name} have no credit of their own. Add credit: with a number from 0 to 1 for its values.",
        )


@rule
def use_cases_use_known_criteria(scope: Scope) -> Iterator[Problem]:
    """A use case names a kind, criteria, values, ratings, figures, articles and entries that exist."""
    for loaded, case in scope.collection("guide"):
        if loaded.id in fixed_names("guide"):
            yield loaded.problem((), f"guide/{loaded.id}/ is the address of another page. Rename the file.")
        yield from known(loaded, ("kind",), case.kind, scope.sources.kinds, "a kind")
        for index, need in enumerate(case.needs):
            yield from _need(scope, loaded, ("needs", index), case.kind, need)
        for name, weight in case.weights.items():
            part = schema.Part.model_construct(criterion=name, credit=weight.credit)
            yield from _credited(scope, loaded, ("weights", name), case.kind, part)
        ratings = scope.ratings(case.kind)
        for name in case.ratings if case.kind in scope.sources.kinds else ():
            yield from known(loaded, ("ratings", name), name, ratings, f"a rating of {case.kind}")
        for name in case.measures:
            yield from known(loaded, ("measures", name), name, FIGURES, "a figure that a use case may weigh")
        for index, said in enumerate(case.said):
            yield from _said(scope, loaded, ("said", index), said)
            yield from _described(scope, loaded, ("said", index), case.kind, said)


def _need(scope: Scope, loaded: Loaded[Any], where: Location, kind: str, need: schema.Need) -> Iterator[Problem]:
    criteria = scope.sources.criteria(kind)
    if need.criterion in criteria:
        allowed = scope.sources.scale_values(criteria[need.criterion])
        for place, value in enumerate(need.values):
            yield from known(loaded, (*where, "values", place), value, allowed, f"a value of {need.criterion}")
    elif scope.knows(kind):
        yield from known(loaded, (*where, "criterion"), need.criterion, criteria, f"a criterion of {kind}")


def _said(scope: Scope, loaded: Loaded[Any], where: Location, said: schema.Said) -> Iterator[Problem]:
    articles = scope.sources.collections["articles"]
    yield from known(loaded, (*where, "article"), said.article, articles, "an article of data/articles/")
    for index, name in enumerate(said.recommends):
        yield from known(loaded, (*where, "recommends", index), name, scope.entry_ids, "an entry")


def _described(scope: Scope, loaded: Loaded[Any], where: Location, kind: str, said: schema.Said) -> Iterator[Problem]:
    """A description says of which entries it speaks, and what; it recommends nothing."""
    if (said.describes is None) != (not said.of) and loaded.whole(where):
        yield loaded.problem(where, "describes and of belong together. Add what is missing, or remove the other.")
    if said.describes is None:
        return
    if said.recommends:
        yield loaded.problem(where, "A description is no recommendation. Move the entries from recommends to of.")
    need = schema.Need.model_construct(criterion=said.describes.criterion, values=said.describes.values)
    yield from _need(scope, loaded, (*where, "describes"), kind, need)
    own = [entry.id for entry in scope.entry_ids.values() if entry.folder == kind]
    for index, name in enumerate(said.of):
        yield from known(loaded, (*where, "of", index), name, own, f"an entry of {kind}")


@rule
def witnesses_use_known_names(scope: Scope) -> Iterator[Problem]:
    """A witness names use cases and entries that exist, and each statement recommends or advises against an entry."""
    cases = scope.sources.collections["guide"]
    for loaded, witness in scope.collection("witnesses"):
        for index, statement in enumerate(witness.statements):
            where: Location = ("statements", index)
            for place, name in enumerate(statement.cases):
                yield from known(loaded, (*where, "cases", place), name, cases, "a use case of data/guide/")
            for key, names in (("recommends", statement.recommends), ("against", statement.against)):
                for place, name in enumerate(names):
                    yield from known(loaded, (*where, key, place), name, scope.entry_ids, "an entry")
            if not (statement.recommends or statement.against) and loaded.whole(where):
                yield loaded.problem(where, "The statement names no entry. Add recommends or against, or remove it.")


@rule
def stacks_use_known_entries(scope: Scope) -> Iterator[Problem]:
    """A stack names entries, a use case and an article that exist; each part is either an entry or something else."""
    for loaded, stack in scope.collection("stacks"):
        yield from _said(scope, loaded, ("said",), stack.said)
        if stack.use_case:
            cases = scope.sources.collections["guide"]
            yield from known(loaded, ("use-case",), stack.use_case, cases, "a use case of data/guide/")
        for index, part in enumerate(stack.parts):
            if (part.entry is None) == (part.outside is None):
                message = "A part is exactly one thing. Give either entry: (an id) or outside: (a name)."
                yield loaded.problem(("parts", index), message)
            if part.entry:
                yield from known(loaded, ("parts", index, "entry"), part.entry, scope.entry_ids, "an entry")
