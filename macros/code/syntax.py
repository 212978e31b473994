"""Syntax trees of the languages that applications are written in: the same on every Python that builds the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache

import tree_sitter_javascript
import tree_sitter_python
import tree_sitter_typescript
from tree_sitter import Language, Node, Parser, Query, QueryCursor, Tree

GRAMMARS: Mapping[str, tuple[str, Callable[[], object]]] = {
    "python": ("Python", tree_sitter_python.language),
    "javascript": ("JavaScript", tree_sitter_javascript.language),
    "jsx": ("JavaScript", tree_sitter_javascript.language),
    "typescript": ("TypeScript", tree_sitter_typescript.language_typescript),
    "tsx": ("TypeScript", tree_sitter_typescript.language_tsx),
}
"""The languages that can be parsed, each with its grammar, by the name that Pygments has for it."""


@lru_cache(maxsize=4)  # a file is asked for its error and its names in turn; a tree is a hundred times its text
def tree(text: str, language: str) -> Tree:
    """Return the syntax tree of a text; raise KeyError for a language that is not in GRAMMARS.

    A text with errors has a tree too; `first_error` says where the first error is.
    """
    return _parser(language).parse(text.encode())


@cache
def _parser(language: str) -> Parser:
    return Parser(Language(GRAMMARS[language][1]()))


def first_error(text: str, language: str) -> tuple[int, int] | None:
    """Return the line and the column, from 1, of the first part that the parser cannot read, or None.

    The parser is not strict: it reads some texts that Python refuses, such as a block without a line in it. The suite
    has run the files, so what is asked here is whether names can be counted.
    """
    root = tree(text, language).root_node
    node = _first_error(root) if root.has_error else _first_ended(root) if language == "python" else None
    if node is None:
        return None
    line = text.encode().split(b"\n")[node.start_point.row]
    return node.start_point.row + 1, len(line[: node.start_point.column].decode(errors="replace")) + 1


def _first_error(node: Node) -> Node:
    """Return the first node in the order of the text that is an error, or that the parser had to make up."""
    while not (node.is_error or node.is_missing):
        node = next(child for child in node.children if child.has_error)
    return node


def _first_ended(root: Node) -> Node | None:
    """Return the first statement that the grammar of Python reads though no Python 3 does."""
    found = QueryCursor(_ended()).captures(root).get("ended", [])
    return min(found, key=lambda node: node.start_byte, default=None)


@cache
def _ended() -> Query:
    return Query(Language(tree_sitter_python.language()), "[(print_statement) (exec_statement)] @ended")


def line_of(node: Node) -> int:
    """Return the number, from 1, of the line that a node begins in."""
    return node.start_point.row + 1


def lines_of(node: Node) -> range:
    """Return the numbers, from 1, of all lines that a node is in."""
    return range(node.start_point.row + 1, node.end_point.row + 2)


def text_of(node: Node) -> str:
    """Return the source text of a node."""
    return (node.text or b"").decode()
