"""Regions: the lines of an application's files that belong to a task, between marks in comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from textwrap import dedent

from markupsafe import Markup

from macros.code.analysis import MARK
from macros.code.applications import Application
from macros.code.files import Source, language_of
from macros.code.scopes import Name
from macros.code.syntax import GRAMMARS
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
        """Return its lines, without the indentation that all of them share."""
        return dedent("\n".join(self.source.lines[self.first - 1 : self.last]))

    @cached_property
    def html(self) -> Markup:
        """Return it with what has a colour marked up, without the indentation that all its lines share."""
        shared = len(self.source.lines[self.first - 1]) - len(self.text.split("\n")[0])
        cut = re.compile(rf'^(<span class="\w+">)?[ \t]{{{shared}}}', re.MULTILINE)
        lines = "\n".join(str(self.source.html).split("\n")[self.first - 1 : self.last])
        return Markup(cut.sub(r"\1", lines) if shared else lines)  # noqa: S704 - only the indentation is removed

    @cached_property
    def statements(self) -> tuple[tuple[int, str], ...]:
        """Return the lines that count: the index of each in the region, and its words with one space between them."""
        return self._words(self.source.code - self.source.imports)

    @cached_property
    def imports(self) -> tuple[tuple[int, str], ...]:
        """Return the lines of import statements, in the same form as `statements`."""
        return self._words(self.source.code & self.source.imports)

    def _words(self, numbers: frozenset[int]) -> tuple[tuple[int, str], ...]:
        lines = enumerate(self.source.lines[self.first - 1 : self.last])
        return tuple((at, " ".join(line.split())) for at, line in lines if self.first + at in numbers)

    @cached_property
    def lines(self) -> int:
        """Return how many lines count: neither blank, nor only a comment or docstring, nor an import."""
        return len(self.statements)

    @cached_property
    def names(self) -> frozenset[Name]:
        """Return the names that its lines use of what the file imports from outside: `flask.Blueprint`."""
        used = (self.source.names.get(number, frozenset()) for number in range(self.first, self.last + 1))
        return frozenset().union(*used)


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
    """Return the order of regions of a task: code before templates and settings, then the longest first."""
    is_code = language_of(region.file) in GRAMMARS
    return not is_code, region.first - region.last, region.file, region.first


def _unreadable(source: Source, path: str) -> Problem | None:
    """Return a problem if the parser that counts names cannot read a file. It is the same on every Python."""
    if source.language not in GRAMMARS or source.error is None:
        return None
    message = f"The {GRAMMARS[source.language][0]} that begins here cannot be parsed. Correct its syntax."
    return Problem(path, *source.error, message)


def _regions_of(source: Source, path: str, problems: list[Problem]) -> Iterator[Region]:
    opened = None
    for number, line in enumerate(source.lines, 1):
        mark = MARK.match(line) if "region" in line else None
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
    lines = source.lines
    while first < last and not lines[first - 1].strip():
        first += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return Region(task, source, first, last)
