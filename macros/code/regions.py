"""Regions of an application's files: what a page shows of it, what it costs in lines and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from textwrap import dedent

from markupsafe import Markup

from macros.code import applications
from macros.code.applications import Application, digest, direct_dependencies
from macros.code.files import MARK, Source, language_of, sources
from macros.code.scopes import Name
from macros.code.syntax import GRAMMARS, first_error
from macros.code.tasks import TASKS
from macros.reading.documents import Problem


@dataclass(frozen=True)
class Region:
    """Lines of one file that belong to one task, without empty lines around them."""

    task: str
    source: Source
    first: int
    last: int

    @property
    def file(self) -> str:
        """Return the path in the application's folder."""
        return self.source.path

    @cached_property
    def text(self) -> str:
        """Return what stands there, without the indentation that all lines share."""
        return dedent("\n".join(self.source.text.splitlines()[self.first - 1 : self.last]))

    @cached_property
    def html(self) -> tuple[Markup, ...]:
        """Return its lines with what has a colour marked up, without the indentation that all lines share."""
        whole = self.source.text.splitlines()[self.first - 1]
        shared = len(whole) - len(whole.lstrip())
        cut = re.compile(rf'^(<span class="\w+">)? {{{shared}}}')
        lines = self.source.html[self.first - 1 : self.last]
        return tuple(Markup(cut.sub(r"\1", str(line))) for line in lines) if shared else lines  # noqa: S704 - only blanks went

    @cached_property
    def lines(self) -> int:
        """Return how many are neither blank, nor only a comment or docstring, nor an import."""
        return len((self.source.code - self.source.imports).intersection(range(self.first, self.last + 1)))

    @cached_property
    def names(self) -> frozenset[Name]:
        """Return what is used of what the file imports from outside the application: `flask.Blueprint`."""
        used = (self.source.names.get(number, frozenset()) for number in range(self.first, self.last + 1))
        return frozenset().union(*used)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a task, or an application, takes: lines, files, names imported, packages they come from."""

    lines: int
    files: int
    names: frozenset[Name]

    @property
    def packages(self) -> frozenset[str]:
        """Return the packages beside the standard library that the names come from."""
        return frozenset(name.package for name in self.names) - {""}


def regions(application: Application, found: tuple[Source, ...], shown: str) -> tuple[list[Region], list[Problem]]:
    """Return the regions of the files, and what is wrong with their marks; `shown` is the path of the folder."""
    made: list[Region] = []
    problems: list[Problem] = []
    for source in found:
        made += _regions_of(source, f"{shown}/{source.path}", problems)
    for task in TASKS.keys() - {region.task for region in made} - application.record.absent.keys():
        message = f"No file has a region {task}. Put “region {task}” and “endregion” in comments around its code."
        problems.append(Problem(f"{shown}/app.yml", 1, 1, message))
    problems += [problem for source in found if (problem := _unreadable(source, f"{shown}/{source.path}"))]
    order = list(TASKS)
    return sorted(made, key=lambda region: (order.index(region.task), *_rank(region))), problems


def _rank(region: Region) -> tuple[bool, int, str, int]:
    """Code before templates and settings, what is longest first."""
    is_code = language_of(region.file) in GRAMMARS
    return not is_code, region.first - region.last, region.file, region.first


def _unreadable(source: Source, path: str) -> Problem | None:
    """Return a problem if the parser that counts names cannot read a file. It is the same on every Python."""
    error = first_error(source.text, source.language) if source.language in GRAMMARS else None
    if error is None:
        return None
    message = f"The {GRAMMARS[source.language][0]} that begins here cannot be parsed. Correct its syntax."
    return Problem(path, *error, message)


def _regions_of(source: Source, path: str, problems: list[Problem]) -> Iterator[Region]:
    opened = None
    for number, line in enumerate(source.text.splitlines(), 1):
        mark = MARK.match(line)
        if not mark:
            continue
        if mark[1] == "region":
            if opened:
                problems.append(
                    Problem(path, number, 1, f"The region of line {opened[1]} has not ended. End it before.")
                )
            if mark[2] not in TASKS:
                problems.append(Problem(path, number, 1, f"“{mark[2]}” is not a task. They are {', '.join(TASKS)}."))
            opened = (mark[2], number)
        elif not opened:
            problems.append(
                Problem(path, number, 1, "This endregion ends nothing. Remove it, or begin a region above.")
            )
        else:
            if opened[0] in TASKS:
                yield _region(source, opened[0], opened[1] + 1, number - 1)
            opened = None
    if opened:
        problems.append(Problem(path, opened[1], 1, "This region has no end. Put endregion in a comment behind it."))


def _region(source: Source, task: str, first: int, last: int) -> Region:
    lines = source.text.splitlines()
    while first < last and not lines[first - 1].strip():
        first += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return Region(task, source, first, last)


def cost_of(parts: list[Region]) -> Cost:
    """Return what regions take together."""
    names = frozenset().union(*(region.names for region in parts))
    return Cost(sum(region.lines for region in parts), len({region.file for region in parts}), names)


@dataclass(frozen=True, kw_only=True, eq=False)
class Code:
    """The code of an application: its files, its regions, what it takes."""

    application: Application
    shown: str
    """The path of its folder in the repository."""
    sources: tuple[Source, ...]
    regions: tuple[Region, ...]
    digest: str

    @cached_property
    def whole(self) -> Cost:
        """Return what the application takes: the counted files, whether or not a region shows them."""
        counted = [source for source in self.sources if source.counted and source.code]
        names = frozenset().union(*(names for source in counted for names in source.names.values()))
        return Cost(sum(len(source.code) for source in counted), len(counted), names)

    @cached_property
    def dependencies(self) -> tuple[str, ...]:
        """Return the packages that it asks for to run."""
        return direct_dependencies(self.application)

    def of(self, task: str) -> tuple[Region, ...]:
        """Return the regions of a task."""
        return tuple(region for region in self.regions if region.task == task)

    @cached_property
    def costs(self) -> dict[str, Cost]:
        """Return what each task takes; a task without regions is not there."""
        return {task: cost_of(list(found)) for task in TASKS if (found := self.of(task))}

    @cached_property
    def places(self) -> dict[str, str]:
        """Return the file in which the name of each concept stands first, tests after all others."""
        files = sorted(self.sources, key=lambda source: (not source.counted, source.path))
        found = {}
        for concept, called in self.application.record.concepts.items():
            stands = (source.path for source in files if called.name and called.name in source.text)
            if path := next((path for path in stands if path != "app.yml"), None):
                found[concept] = path
        return found


def load(root: Path, shown: str = "lab/apps") -> tuple[dict[str, Code], list[Problem]]:
    """Return the code of every application below `root` by id, and what is wrong with applications and regions."""
    found, problems = applications.load(root, shown)
    codes = {}
    for name, application in found.items():
        files, path = sources(application), f"{shown}/{name}"
        made, wrong = regions(application, files, path)
        problems += wrong
        codes[name] = Code(
            application=application, shown=path, sources=files, regions=tuple(made), digest=digest(application.folder)
        )
    return codes, problems
