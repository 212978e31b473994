"""The rules of ratings, use cases and stacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from macros import schema
from macros.catalog.sources import Loaded
from macros.checks.rules import Scope, known, rule
from macros.reading.documents import Location, Problem


@rule
def ratings_stand_on_criteria(scope: Scope) -> Iterator[Problem]:
    """A rating names criteria and values of its kind, or a measure, and has the parts that its rule needs."""
    for loaded, rating in scope.collection("ratings"):
        yield from known(loaded, ("kind",), rating.kind, scope.sources.kinds, "a kind")
        if (rating.rule.by == "share") != bool(rating.rule.criteria):
            yield loaded.problem(("rule",), "A rule by share has criteria, and only that one. Add or remove them.")
        if (rating.rule.by == "positions") != bool(rating.rule.measures):
            yield loaded.problem(("rule",), "A rule by positions has measures, and only that one. Add or remove them.")
        if (rating.rule.by in ("thresholds", "position")) != bool(rating.rule.measure):
            yield loaded.problem(
                ("rule",),
                f"A rule by {rating.rule.by} {'has no' if rating.rule.measure else 'needs a'} measure. Correct it.",
            )
        if rating.rule.by == "thresholds" and (
            len(rating.rule.steps) != 5
            or list(rating.rule.steps) != sorted(rating.rule.steps, reverse=rating.rule.better == "less")
        ):
            yield loaded.problem(
                ("rule",), "A rule by thresholds needs five steps, from the worst to the best. Correct steps."
            )
        for index, part in enumerate(rating.rule.criteria):
            where: Location = ("rule", "criteria", index)
            yield from _credited(scope, loaded, where, rating.kind, part)


def _credited(
    scope: Scope,
    loaded: Loaded[Any],
    where: Location,
    kind: str,
    part: schema.Part,
) -> Iterator[Problem]:
    criteria, name, credit = scope.sources.criteria(kind), part.criterion, part.credit
    if name not in criteria:
        yield from known(loaded, where, name, criteria, "a criterion of its kind")
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
def use_cases_stand_on_criteria(scope: Scope) -> Iterator[Problem]:
    """A use case names a kind, criteria and values that exist, and articles and entries that exist."""
    for loaded, case in scope.collection("guide"):
        criteria = scope.sources.criteria(case.kind)
        yield from known(loaded, ("kind",), case.kind, scope.sources.kinds, "a kind")
        for index, need in enumerate(case.needs):
            yield from known(
                loaded, ("needs", index, "criterion"), need.criterion, criteria, f"a criterion of {case.kind}"
            )
            if need.criterion in criteria:
                for place, value in enumerate(need.values):
                    allowed = scope.sources.scale_values(criteria[need.criterion])
                    yield from known(
                        loaded,
                        ("needs", index, "values", place),
                        value,
                        allowed,
                        f"a value of {need.criterion}",
                    )
        for name, weight in case.weights.items():
            part = schema.Part.model_construct(criterion=name, credit=weight.credit)
            yield from _credited(scope, loaded, ("weights", name), case.kind, part)
        ratings = scope.ratings(case.kind)
        for name in case.ratings:
            yield from known(loaded, ("ratings", name), name, ratings, f"a rating of {case.kind}")
        for index, said in enumerate(case.said):
            yield from _said(scope, loaded, ("said", index), said)


def _said(scope: Scope, loaded: Loaded[Any], where: Location, said: schema.Said) -> Iterator[Problem]:
    yield from known(
        loaded,
        (*where, "article"),
        said.article,
        scope.sources.collections["articles"],
        "an article of data/articles/",
    )
    for index, name in enumerate(said.recommends):
        yield from known(loaded, (*where, "recommends", index), name, scope.entry_ids, "an entry")


@rule
def stacks_stand_on_entries(scope: Scope) -> Iterator[Problem]:
    """A stack names entries, a use case and an article that exist, and each part is an entry or something outside."""
    for loaded, stack in scope.collection("stacks"):
        yield from _said(scope, loaded, ("said",), stack.said)
        if stack.use_case:
            yield from known(
                loaded,
                ("use-case",),
                stack.use_case,
                scope.sources.collections["guide"],
                "a use case of data/guide/",
            )
        for index, part in enumerate(stack.parts):
            if (part.entry is None) == (part.outside is None):
                yield loaded.problem(("parts", index), "A part is one thing. Give either entry: or outside:.")
            if part.entry:
                yield from known(loaded, ("parts", index, "entry"), part.entry, scope.entry_ids, "an entry")
