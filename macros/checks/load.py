"""Everything that is wrong with the data, all at once; and the catalog of data that is in order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from macros.cache.store import NOTHING, Store
from macros.catalog import sources
from macros.catalog.build import build
from macros.catalog.model import Catalog
from macros.catalog.sources import Sources
from macros.checks import RULES
from macros.checks.rules import Scope
from macros.reading.documents import Problem


def all_problems(sources: Sources, today: date) -> list[Problem]:
    """Return every problem of form and of content, in the order of files and lines, none twice."""
    scope = Scope(sources, today)
    found = {problem for check in RULES for problem in check(scope)}
    return sorted(found | set(sources.problems))


class InvalidDataError(Exception):
    """The data is not in order; `problems` says where and why, all at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def load(root: Path, today: date, store: Store = NOTHING) -> Catalog:
    """Return the catalog that the folder `root` states; raise InvalidDataError with every problem otherwise."""
    found = sources.load(root, root.name, store)
    problems = all_problems(found, today)
    if problems:
        raise InvalidDataError(problems)
    return build(found, today)
