"""What is read out of a source file, kept from one build to the next: lines that count, names, errors, HTML."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from macros.cache import digests
from macros.cache.store import Store
from macros.code import highlight
from macros.code.imports import usage
from macros.code.scopes import Name, Usage
from macros.code.syntax import GRAMMARS, first_error

PARSERS = ("pygments", "tree-sitter", "tree-sitter-javascript", "tree-sitter-python", "tree-sitter-typescript")
"""Libraries whose release may change what is read out of a file."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is read out of a file; lines are numbered from 1."""

    code: frozenset[int]
    """The lines that are neither blank nor only a comment or docstring."""
    usage: Usage
    error: tuple[int, int] | None
    """The line and column of what its parser cannot read."""


@cache
def made_with() -> str:
    """Return the digest of what reads source files: the modules of this package, and their libraries."""
    return digests.of_text(digests.of_files([Path(__file__).parent]), digests.of_releases(PARSERS))


def analysis(text: str, language: str, own: frozenset[str], store: Store) -> Analysis:
    """Return what is read out of a file; `own` are the top-level modules of its application in Python."""
    key = _key("analysis", text, language, *sorted(own))
    found = store.json(key, lambda: _as_data(_analyse(text, language, own)))
    names = {int(line): frozenset(Name(*name) for name in names) for line, names in found["names"].items()}
    error = (found["error"][0], found["error"][1]) if found["error"] else None
    return Analysis(frozenset(found["code"]), Usage(names, frozenset(found["imports"])), error)


def html_lines(text: str, language: str, store: Store) -> tuple[Markup, ...]:
    """Return the file as HTML, a line at a time, as `highlight.lines` does."""
    key = _key("html", text, language)
    kept = store.get(key)
    if kept is None:
        made = highlight.lines(text, language)
        store.put(key, "\n".join(made).encode())
        return made
    return tuple(map(Markup, kept.decode().split("\n")))


def _key(what: str, *parts: str) -> str:
    return f"{what} {digests.of_text(made_with(), *parts)}"


def _analyse(text: str, language: str, own: frozenset[str]) -> Analysis:
    error = first_error(text, language) if language in GRAMMARS else None
    return Analysis(highlight.read(text, language)[1], usage(text, language, own), error)


def _as_data(found: Analysis) -> dict[str, Any]:
    return {
        "code": sorted(found.code),
        "names": {
            line: sorted([name.text, name.package] for name in names) for line, names in found.usage.names.items()
        },
        "imports": sorted(found.usage.imports),
        "error": found.error,
    }
