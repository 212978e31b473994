"""What is read out of the files of an application, kept from one build to the next: names, lines that count, HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from macros.cache import digests
from macros.cache.store import NOTHING, Store
from macros.code import highlight
from macros.code.imports import usage
from macros.code.scopes import Name, Usage
from macros.code.syntax import GRAMMARS, first_error

PARSERS = ("pygments", "tree-sitter", "tree-sitter-javascript", "tree-sitter-python", "tree-sitter-typescript")
"""Libraries whose release may change what is read out of a file."""
MARK = re.compile(r"^\s*(?:#|//|/\*|<!--|\{#-?|\{\{!--|<%#|--|;)\s*(region|endregion)\b[ \t]*([a-z-]*)")
"""Begins or ends a region, in a comment."""


@dataclass(frozen=True)
class File:
    """A file of an application, as it is analysed."""

    path: str
    """The path in the application's folder."""
    text: str
    language: str
    own: frozenset[str] = frozenset()
    """The top-level modules of the application in Python, which a file does not import from outside."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is read out of a file; lines are numbered from 1."""

    code: frozenset[int]
    """The lines that are neither blank nor only a comment or docstring."""
    usage: Usage


@cache
def made_with() -> str:
    """Return the digest of what reads source files: the modules of this package, and their libraries."""
    return digests.of_text(digests.of_files([Path(__file__).parent]), digests.of_releases(PARSERS))


class Analyses:
    """What is read out of the files of one application: when it is first asked for, and then for all of them."""

    def __init__(self, digest: str = "", store: Store = NOTHING) -> None:
        """`digest` is that of the application's files; the store keeps what was read under it."""
        self.files: list[File] = []
        self._store = store
        self._key = f"{made_with()} {digest}"

    def of(self, path: str) -> Analysis:
        """Return what is read out of a file; raise KeyError for another application's."""
        return self._known[path]

    def html(self, path: str) -> str:
        """Return a file as HTML; the spans are closed on every line."""
        return self._html[path]

    @cached_property
    def errors(self) -> dict[str, tuple[int, int]]:
        """Return the line and the column of what its parser cannot read, by file; files without errors are left out."""
        made = self._store.json(f"errors {self._key}", lambda: list(self._errors()))
        return {path: (line, column) for path, line, column in made}

    @cached_property
    def _known(self) -> dict[str, Analysis]:
        made = self._store.json(f"names {self._key}", lambda: self._read[0])
        return {path: _analysis(found) for path, found in made.items()}

    @cached_property
    def _html(self) -> dict[str, str]:
        made: dict[str, str] = self._store.json(f"html {self._key}", lambda: self._read[1])
        self.__dict__.pop("_read", None)
        return made

    @cached_property
    def _read(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the names and the HTML of all files: both come from one reading."""
        names, html = {}, {}
        for file in self.files:
            lines, code = highlight.read(file.text, file.language)
            names[file.path] = _as_data(_counted(file, code), usage(file.text, file.language, file.own))
            html[file.path] = "\n".join(lines)
        return names, html

    def _errors(self) -> Iterable[tuple[str, int, int]]:
        for file in self.files:
            if file.language in GRAMMARS and (found := first_error(file.text, file.language)):
                yield file.path, *found


def _counted(file: File, code: frozenset[int]) -> frozenset[int]:
    """Return the lines that count, of those with code: marks of regions do not, nor comments in a list of packages."""
    lines = enumerate(file.text.removesuffix("\n").split("\n"), 1)
    if file.language == "text":
        return frozenset(at for at, line in lines if line.strip() and not line.lstrip().startswith("#"))
    return code - {at for at, line in lines if "region" in line and MARK.match(line)}


def _analysis(found: dict[str, Any]) -> Analysis:
    names = {int(line): _names(*map(tuple, names)) for line, names in found["names"].items()}
    return Analysis(frozenset(found["code"]), Usage(names, frozenset(found["imports"])))


@cache
def _names(*names: tuple[str, str]) -> frozenset[Name]:
    """Return the names of a line. Lines use the same names again and again: each set is held once."""
    return frozenset(_name(*name) for name in names)


_name = cache(Name)


def _as_data(code: frozenset[int], found: Usage) -> dict[str, Any]:
    names = {line: sorted([name.text, name.package] for name in names) for line, names in found.names.items()}
    return {"code": sorted(code), "names": names, "imports": sorted(found.imports)}
