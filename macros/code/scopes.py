"""Words and what they refer to: scopes, what is imported in them, and the uses of it, for every language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from tree_sitter import Node

from macros.code.syntax import line_of, lines_of


@dataclass(frozen=True, slots=True)
class Name:
    """Something from outside an application that one of its files uses."""

    text: str
    """In Python `jwt.encode`; in JavaScript `zod:z.string`, the module before the colon.

    It is the same however it is imported: `import { join } from "path"`, or `import path from "path"` and `path.join`.
    """
    package: str
    """The package that it is imported from; empty for the standard library."""


@dataclass(frozen=True, slots=True)
class Import:
    """What a word refers to that a file imports from outside."""

    text: str
    package: str
    joint: Literal["", ".", ":"] = ""
    """What joins it to a member that is used of it, as in `jwt.encode`; empty where members are not names."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a file uses: names by line, and the lines of its import statements. Lines are numbered from 1."""

    names: Mapping[int, frozenset[Name]]
    imports: frozenset[int]


class Scope:
    """A part of a file in which words are bound; a word that is not bound in it is looked up in the scope around it."""

    def __init__(self, outer: Scope | None = None, *, block: bool = False, hidden: bool = False) -> None:
        self.outer = outer
        self.block = block
        """Whether it is only a block, so that `var` binds in the function around it."""
        self.hidden = hidden
        """Whether scopes in it do not see its words: the body of a class in Python."""
        self.imported: dict[str, Import] = {}
        self.assigned: set[str] = set()
        self.skipped: set[str] = set()
        """Words that Python's `global` and `nonlocal` look up outside."""

    @property
    def function(self) -> Scope:
        """Return the nearest scope that is not only a block."""
        scope = self
        while scope.block and scope.outer:
            scope = scope.outer
        return scope

    def find(self, word: str) -> Import | None:
        """Return what a word used in this scope refers to; None if it is not imported from outside.

        Where a scope both imports a word and assigns to it, as in `except ImportError: ujson = None`, it is imported.
        """
        scope: Scope | None = self
        while scope:
            if (scope is self or not scope.hidden) and word not in scope.skipped:
                if word in scope.imported:
                    return scope.imported[word]
                if word in scope.assigned:
                    return None
            scope = scope.outer
        return None


@dataclass(frozen=True, slots=True)
class Reference:
    """A word that is used in a scope, with the members that are asked of it: `sa`, `orm`, `Session`."""

    scope: Scope
    word: str
    members: tuple[str, ...]
    line: int


class Reading:
    """What is known of a file while its syntax tree is read. Words are looked up at the end, once all are bound."""

    def __init__(self, own: frozenset[str] = frozenset()) -> None:
        self.own = own
        """Modules of the application itself, which are not outside."""
        self.references: list[Reference] = []
        self.direct: list[tuple[Import, tuple[str, ...], int]] = []
        self.modules: set[str] = set()
        """Modules that are imported by their path, and those around them: `os` and `os.path` by `import os.path`."""
        self.lines: set[int] = set()

    def refer(self, scope: Scope, word: str, members: Iterable[str], node: Node) -> None:
        """Note that a word is used at a node."""
        self.references.append(Reference(scope, word, tuple(members), line_of(node)))

    def use(self, source: Import, members: Iterable[str], node: Node) -> None:
        """Note that something is used at a node without a word for it: `require("zod").z`."""
        self.direct.append((source, tuple(members), line_of(node)))

    def statement(self, node: Node) -> None:
        """Note that a node is an import statement."""
        self.lines.update(lines_of(node))

    def usage(self) -> Usage:
        """Return what the file uses."""
        found: dict[int, set[Name]] = {}
        for reference in self.references:
            if source := reference.scope.find(reference.word):
                found.setdefault(reference.line, set()).add(self._name(source, reference.members))
        for source, members, line in self.direct:
            found.setdefault(line, set()).add(self._name(source, members))
        return Usage({line: frozenset(names) for line, names in found.items()}, frozenset(self.lines))

    def _name(self, source: Import, members: tuple[str, ...]) -> Name:
        """Return the name of what is used: down to the last module that is imported, and one member of it."""
        text = source.text
        for member in members if source.joint else ():
            text = f"{text}{source.joint}{member}"
            if text not in self.modules:
                break
        return Name(text, source.package)


Visit = tuple[Node, Scope]
"""A node that is still to be read, and the scope that it is in."""

Handler = Callable[[Node, Scope, Reading], Iterable[Visit]]
"""Reads a node of one type, and returns the nodes in it that are still to be read."""


def inside(node: Node, scope: Scope) -> list[Visit]:
    """Return all children of a node that have a meaning, in one scope."""
    return [(child, scope) for child in node.named_children]


def read(root: Node, handlers: Mapping[str, Handler], reading: Reading) -> Usage:
    """Return what a file uses; node types without a handler are read through, child by child.

    A file with errors uses nothing: what is in such a tree cannot be relied on, and the error is a problem by itself.
    There is no recursion, so that no depth of nesting is too deep.
    """
    if root.has_error:
        return reading.usage()
    pending: list[Visit] = [(root, Scope())]
    while pending:
        node, scope = pending.pop()
        handler = handlers.get(node.type)
        following = handler(node, scope, reading) if handler else inside(node, scope)
        pending += reversed(list(following))
    return reading.usage()
