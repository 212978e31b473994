"""Everything that is wrong with the data, all at once; and the catalog of data that is in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from macros.cache.store import NOTHING, Store
from macros.catalog import sources
from macros.catalog.build import build
from macros.catalog.model import Catalog
from macros.catalog.sources import Sources
from macros.checks import RULES
from macros.checks.rules import Scope, facts_of
from macros.reading.documents import Location, Problem
from macros.reading.folders import Folders
from macros.reading.validation import within


def all_problems(sources: Sources, today: date) -> list[Problem]:
    """Return every problem of form and of content, in the order of files and lines, each once.

    What a rule finds where the form is already refused is left out, and so is the form of a fact that no criterion
    asks for: it would be the same mistake again.
    """
    scope = Scope(sources, today)
    unasked: dict[str, frozenset[Location]] = {}
    for path, where in _unasked(scope):
        unasked[path] = unasked.get(path, frozenset()) | {where}
    refused = {loaded.document.path: loaded.refused for loaded in sources.files}
    for path, places in unasked.items():  # of these it is what the rule finds that is said
        refused[path] -= places
    found = {problem for check in RULES for problem in check(scope) if not _is_within(problem, refused)}
    return sorted(found | {problem for problem in sources.problems if not _is_within(problem, unasked)})


def _is_within(problem: Problem, places: dict[str, frozenset[Location]]) -> bool:
    return problem.where is not None and within(problem.where, places.get(problem.path, frozenset()))


def _unasked(scope: Scope) -> Iterator[tuple[str, Location]]:
    """Yield the facts that no criterion asks for: file and place."""
    for loaded, record in scope.entries():
        criteria = scope.sources.criteria(loaded.folder)
        if scope.knows(loaded.folder):
            yield from ((loaded.document.path, where) for where, name, _ in facts_of(record) if name not in criteria)


class InvalidDataError(Exception):
    """The data is not in order; `problems` says where and why, all at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def load(folders: Folders, today: date, store: Store = NOTHING) -> Catalog:
    """Return the catalog of these folders; raise InvalidDataError with every problem if there are any."""
    found = sources.load(folders, store)
    problems = all_problems(found, today)
    if problems:
        raise InvalidDataError(problems)
    return build(found, today)
