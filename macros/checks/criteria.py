"""The rules of kinds and their criteria."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from macros import schema
from macros.catalog.sources import Loaded
from macros.checks.rules import Scope, known, listed, rule
from macros.reading.documents import Location, Problem, quoted, suggestion
from macros.schema import routes

EXAMPLE = re.compile(r"(.+?): (.+?), because ")
"""How an example that names an entry begins: its name, its value."""


@rule
def criteria_are_well_formed(scope: Scope) -> Iterator[Problem]:
    """Groups and criteria are declared once and exist; a criterion has exactly one of scale, values and pattern."""
    shared = scope.sources.shared
    if shared and shared.readable:
        yield from _once(shared, ("criteria",), [c.id for c in shared.readable.criteria])
        for index, criterion in enumerate(shared.readable.criteria):
            yield from _criterion(scope, shared, ("criteria", index), criterion)
    for home in scope.sources.kinds.values():
        if home.readable:
            yield from _once(home, ("groups",), [group.id for group in home.readable.groups])
            yield from _of_kind(scope, home, home.readable)


def _of_kind(scope: Scope, home: Loaded[schema.Kind], kind: schema.Kind) -> Iterator[Problem]:
    shared = scope.sources.shared
    shared_ids = [c.id for c in shared.readable.criteria] if shared and shared.readable else []
    seen: set[str] = set()
    for place, group in enumerate(kind.groups):
        for index, item in enumerate(group.criteria):
            where: Location = ("groups", place, "criteria", index)
            name = item if isinstance(item, str) else item.id
            if not isinstance(item, str):
                yield from _criterion(scope, home, where, item)
            elif item not in shared_ids and not (shared and shared.record is None):
                yield home.problem(
                    where,
                    f"{quoted(item)} is not a shared criterion.{suggestion(item, shared_ids)} "
                    "They are listed in data/criteria/shared.yml.",
                )
            if name in routes.MEASURES:
                yield home.problem(
                    where, f"{name} is what a measure is called, which has a page there. Choose another."
                )
            if name in seen and home.reads((*where, "id")):
                yield home.problem(where, f"{name} is declared twice. Remove one.")
            seen.add(name)


def _once(home: Loaded[Any], where: Location, names: list[str]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name in names[:index] and home.reads((*where, index, "id")):
            yield home.problem((*where, index), f"{name} is declared twice. Remove one.")


def _criterion(scope: Scope, home: Loaded[Any], where: Location, criterion: schema.Criterion) -> Iterator[Problem]:
    given = [key for key in ("scale", "values", "pattern") if key in home.document.keys(where)]
    scales = scope.sources.scales.readable.scales if scope.sources.scales and scope.sources.scales.readable else {}
    if len(given) != 1:
        has = listed(given) or "none"
        yield home.problem(where, f"{criterion.id} needs exactly one of scale, values, pattern; it has {has}.")
    if criterion.scale and scales and criterion.scale not in scales:
        yield home.problem(
            (*where, "scale"),
            f"scale must be one of {listed(scales)}; not {quoted(criterion.scale)}."
            f"{suggestion(criterion.scale, scales)}",
        )
    values = scope.sources.scale_values(criterion)
    if criterion.probe and values:
        for answer in ("pass", "fail", "absent", "opt-in"):
            for index, value in enumerate(criterion.probe.allowed(answer)):
                yield from known(home, (*where, "probe", answer, index), value, values, f"a value of {criterion.id}")
    if criterion.pattern:
        try:
            re.compile(criterion.pattern)
        except re.error as error:
            yield home.problem((*where, "pattern"), f"pattern is not a regular expression: {error}. Correct it.")
        if "form" not in home.document.keys(where):
            message = f"{criterion.id} has a pattern without form. Add form: and say in words what the pattern allows."
            yield home.problem(where, message)


@rule
def signs_say_one_thing(scope: Scope) -> Iterator[Problem]:
    """A value that says more or less than another has a sign; a neutral one, which only names a kind, has none."""
    places: list[tuple[Loaded[Any], Location, Iterable[tuple[str, schema.Value]]]] = []
    scales = scope.sources.scales
    if scales and scales.readable:
        places += [(scales, ("scales", name), scale.values.items()) for name, scale in scales.readable.scales.items()]
    for kind in scope.sources.kinds:
        places += [
            (home, where, criterion.values.items())
            for home, where, criterion in _declared(scope, kind)
            if criterion.values
        ]
    found = {(home.document.path, *where, name): problem for home, where, values in places for name, value in values
             if (problem := _sign(home, (*where, "values", name), value))}  # fmt: skip
    yield from found.values()


def _sign(home: Loaded[Any], where: Location, value: schema.Value) -> Problem | None:
    given = home.document.raw.get((*where, "symbol")) is not None
    if value.tone == "neutral" and given:
        return home.problem((*where, "symbol"), f"{value.label} is neutral, so it has no sign. Remove symbol.")
    if value.tone != "neutral" and not given:
        return home.problem(where, f"{value.label} has no sign. Add symbol: with one or two characters.")
    return None


@rule
def examples_are_true(scope: Scope) -> Iterator[Problem]:
    """An example of a yardstick that begins with an entry, as `Flask: built in, because …`, gives the entry's value."""
    for kind in scope.sources.kinds:
        named = {record.name: loaded for loaded, record in scope.entries() if loaded.folder == kind}
        for home, where, criterion in _declared(scope, kind):
            values = scope.sources.scale_values(criterion)
            for index, text in enumerate(criterion.examples):
                found = EXAMPLE.match(text)
                loaded = named.get(found[1]) if found else None
                fact = _fact(loaded.readable, criterion.id) if loaded else None
                if found and loaded and fact and fact in values and not _is_label(found[2], values[fact].label):
                    yield home.problem(
                        (*where, "examples", index),
                        f"The example says that {found[1]} is {quoted(found[2])}, but its record says "
                        f"{quoted(values[fact].label)} ({loaded.document.path}). Correct one of them.",
                    )


def _declared(scope: Scope, kind: str) -> Iterator[tuple[Loaded[Any], Location, schema.Criterion]]:
    """Yield the criteria of a kind, each with the file and the place that declare it."""
    home, shared = scope.sources.kinds[kind], scope.sources.shared
    places = {one.id: index for index, one in enumerate(shared.readable.criteria)} if shared and shared.readable else {}
    for place, group in enumerate(home.readable.groups if home.readable else ()):
        for index, item in enumerate(group.criteria):
            if not isinstance(item, str):
                yield home, ("groups", place, "criteria", index), item
            elif shared and shared.readable and item in places:
                yield shared, ("criteria", places[item]), shared.readable.criteria[places[item]]


def _fact(record: schema.Entry | None, criterion: str) -> str | None:
    pages = record.evidence if record else ()
    return next((page.facts[criterion].value for page in pages if criterion in page.facts), None)


def _is_label(text: str, label: str) -> bool:
    """Return whether a text is a value's label, or the first words of it."""
    return f"{label.lower()} ".startswith(f"{text.lower()} ")
