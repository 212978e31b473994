"""The rule of type annotations: a record says what is measured."""

from __future__ import annotations

from collections.abc import Iterator

from macros.catalog.annotations import in_words, typed_as_measured
from macros.checks.rules import Scope, facts_of, rule
from macros.reading.documents import Problem
from macros.schema.fields import package_name
from macros.schema.measured.base import day_of

CRITERION = "typed"


@rule
def types_are_as_measured(scope: Scope) -> Iterator[Problem]:
    """The type annotations of a Python package are those that were measured.

    They are `inline` if it is marked as typed and at least half of its public names have known types. They are
    `partial` if it is marked and fewer have, or if it is not marked and at least one parameter in twenty is annotated.
    Otherwise they are `none`. What is not typed inline may have `stubs`, which the measurement does not see.
    """
    for loaded, record in scope.entries():
        found = scope.sources.readings.type_coverage.get(loaded.id)
        for where, name, fact in facts_of(record) if found else ():
            if name != CRITERION or found is None:
                continue
            measured = typed_as_measured(found)
            if fact.value == measured or (fact.value == "stubs" and measured != "inline"):
                continue
            yield loaded.problem(
                (*where, "value"),
                f'typed is "{fact.value}", but {package_name(found.package)} {found.version} is "{measured}": '
                f"{in_words(found)} (measured on {day_of(found.moment)}). Correct the value.",
            )
