"""The rules of other people's benchmarks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from macros import schema
from macros.catalog.sources import Loaded
from macros.checks.rules import Scope, known, rule
from macros.reading.documents import Location, Problem


@rule
def outside_benchmarks_use_known_names(scope: Scope) -> Iterator[Problem]:
    """Somebody else's benchmark names articles and entries that exist, in places that there are."""
    articles = scope.sources.collections["articles"]
    for loaded, benchmark in scope.collection("benchmarks"):
        for index, mention in enumerate(benchmark.mentions):
            place: Location = ("mentions", index, "article")
            yield from known(loaded, place, mention.article, articles, "an article of data/articles/")
        for index, result in enumerate(benchmark.results):
            yield from _figures(scope, loaded, ("results", index), result)


def _figures(scope: Scope, loaded: Loaded[Any], where: Location, result: schema.OutsideResult) -> Iterator[Problem]:
    places: dict[int, str] = {}
    for name, figure in result.figures.items():
        own: Location = (*where, "figures", name)
        yield from known(loaded, own, name, scope.entry_ids, "an entry")
        if figure.place is None or not loaded.whole(where):
            continue
        if figure.place > result.of:
            message = f"Place {figure.place} of {result.of} cannot be. Correct place or of."
            yield loaded.problem(own, message)
        elif other := places.get(figure.place):
            message = f"{other} has place {figure.place} too. Correct one of them."
            yield loaded.problem(own, message)
        places.setdefault(figure.place, name)


@rule
def outside_benchmarks_say_one_thing_once(scope: Scope) -> Iterator[Problem]:
    """Of each subject somebody else's benchmark says one thing, and its end is said by a page."""
    for loaded, benchmark in scope.collection("benchmarks"):
        seen: set[str] = set()
        for index, statement in enumerate(benchmark.statements):
            where: Location = ("statements", index, "about")
            if statement.about in seen and loaded.reads(where):
                yield loaded.problem(where, f"It says something about {statement.about} twice. Join the two.")
            seen.add(statement.about)
        if benchmark.ended and "state" not in seen and loaded.whole(("statements",)):
            yield loaded.problem(("ended",), "Which page says that it ended? Add a statement about state.")
