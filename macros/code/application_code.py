"""The code of an application as a whole: its files, its regions, and what each task takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from macros.cache.store import NOTHING, Store
from macros.code import applications
from macros.code.analysis import Analyses
from macros.code.applications import Application, digest
from macros.code.files import Source, sources
from macros.code.regions import Region, regions
from macros.code.scopes import Name
from macros.code.tasks import TASKS
from macros.reading.documents import Problem


@dataclass(frozen=True, slots=True)
class Cost:
    """What a task or a whole application takes: lines, files, and names imported."""

    lines: int
    files: int
    names: frozenset[Name]

    @property
    def packages(self) -> frozenset[str]:
        """Return the packages that the names come from, without the standard library."""
        return frozenset(name.package for name in self.names) - {""}


def cost_of(parts: list[Region]) -> Cost:
    """Return what regions take together."""
    names = frozenset().union(*(region.names for region in parts))
    return Cost(sum(region.lines for region in parts), len({region.file for region in parts}), names)


@dataclass(frozen=True, kw_only=True, eq=False)
class ApplicationCode:
    """The code of one application: its files, its regions, and what they take."""

    application: Application
    shown: str
    """The path of its folder in the repository."""
    sources: tuple[Source, ...]
    regions: tuple[Region, ...]
    digest: str

    @cached_property
    def whole(self) -> Cost:
        """Return what the application takes: all counted files, whether or not they have regions."""
        counted = [source for source in self.sources if source.counted and source.code]
        names = frozenset().union(*(names for source in counted for names in source.names.values()))
        return Cost(sum(len(source.code) for source in counted), len(counted), names)

    @property
    def dependencies(self) -> tuple[str, ...]:
        """Return the packages that it needs to run, as it asks for them itself."""
        return self.application.dependencies

    def of(self, task: str) -> tuple[Region, ...]:
        """Return the regions of a task."""
        return tuple(region for region in self.regions if region.task == task)

    @cached_property
    def costs(self) -> dict[str, Cost]:
        """Return what each task takes; tasks without regions are left out."""
        return {task: cost_of(list(found)) for task in TASKS if (found := self.of(task))}

    @cached_property
    def places(self) -> dict[str, str]:
        """Return the first file that has the name of each concept; counted files come before tests and settings."""
        files = sorted(self.sources, key=lambda source: (not source.counted, source.path))
        found = {}
        for concept, called in self.application.record.concepts.items():
            having = (source.path for source in files if called.name and called.name in source.text)
            if path := next((path for path in having if path != "app.yml"), None):
                found[concept] = path
        return found


def load(
    root: Path, shown: str = "lab/apps", store: Store = NOTHING
) -> tuple[dict[str, ApplicationCode], list[Problem]]:
    """Return the code of every application below `root` by id, and what is wrong with applications and regions."""
    found, problems = applications.load(root, shown)
    codes = {}
    for name, application in found.items():
        codes[name], wrong = _code(application, f"{shown}/{name}", store)
        problems += wrong
    return codes, problems


_READ: dict[tuple[Path, str], tuple[str, ApplicationCode, list[Problem]]] = {}
"""The code of each folder as it was last read, with the digest of its files: `make serve` reads it again and again."""


def _code(application: Application, shown: str, store: Store) -> tuple[ApplicationCode, list[Problem]]:
    summed, key = digest(application.folder), (application.folder, shown)
    if key not in _READ or _READ[key][0] != summed:
        files = sources(application, Analyses(summed, store))
        made, wrong = regions(application, files, shown)
        code = ApplicationCode(application=application, shown=shown, sources=files, regions=tuple(made), digest=summed)
        _READ[key] = (summed, code, wrong)
    return _READ[key][1:]
