"""Source code to HTML by its syntax tree, for the languages that have a grammar: many times faster than a lexer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from markupsafe import Markup, escape
from tree_sitter import Language, Node, Query, QueryCursor

from macros.code.queries import QUERIES
from macros.code.syntax import GRAMMARS, tree

SILENT = ("c", "doc")
"""Captures of what does not count: comments and docstrings."""
ORDER = ("c", "plain", "nd", "nc", "nf", "ne", "nb", "k", "ow", "m", "s")
"""What a part is coloured as where two captures begin and end together: the first of these."""


def coloured(text: str, language: str) -> tuple[tuple[Markup, ...], frozenset[int]]:
    """Return the code as HTML by lines, and the numbers of those that are neither blank nor comment nor docstring.

    `language` is one of `syntax.GRAMMARS`. Classes are those of Pygments; every line closes what it opens.
    """
    source = text.encode()
    found = QueryCursor(_query(language)).captures(tree(text, language).root_node)
    silent = sorted((node.start_byte, node.end_byte) for name in SILENT for node in found.get(name, ()))
    return _lines(source, found), _counting(source, silent)


@cache
def _query(language: str) -> Query:
    return Query(Language(GRAMMARS[language][1]()), QUERIES[language])


def _spans(found: dict[str, list[Node]]) -> Iterator[tuple[int, int, str]]:
    """Yield what is coloured, in the order of the text: first byte, byte after the last, class.

    None overlap; what touches and has the same class is one.
    """
    places = [
        (node.start_byte, -node.end_byte, rank, name) for rank, name in enumerate(ORDER) for node in found.get(name, ())
    ]
    begun, end, shown = 0, 0, "plain"
    for first, last, _, name in sorted(places):
        if first < end:
            continue
        if first > end or name != shown:
            if shown != "plain":
                yield begun, end, shown
            begun, shown = first, name
        end = -last
    if shown != "plain":
        yield begun, end, shown


def _lines(source: bytes, found: dict[str, list[Node]]) -> tuple[Markup, ...]:
    """Return the lines of the code as HTML; a span that goes on over several lines is closed on each."""
    pieces: list[str] = []
    at = 0
    for first, last, name in _spans(found):
        text = source[first:last].decode()
        opened = f'<span class="{name}">'
        pieces.append(escape(source[at:first].decode()) if first > at else "")
        if "\n" in text:
            pieces.append("\n".join(f"{opened}{escape(line)}</span>" if line else "" for line in text.split("\n")))
        else:
            pieces.append(f"{opened}{text if text.isalnum() else escape(text)}</span>")
        at = last
    pieces.append(escape(source[at:].decode()))
    return tuple(map(Markup, "".join(pieces).split("\n")))


def _counting(source: bytes, silent: list[tuple[int, int]]) -> frozenset[int]:
    """Return the numbers of the lines that have something else than blanks outside what is silent."""
    kept, at = [], 0
    for first, last in silent:
        kept += [source[at:first], b"\n" * source.count(b"\n", first, last)]
        at = last
    lines = b"".join([*kept, source[at:]]).split(b"\n")
    return frozenset(number for number, line in enumerate(lines, 1) if line.strip())
