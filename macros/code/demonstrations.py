"""The demonstrations in lab/demonstrations/: the functions of each file, their claims and lines. Nothing is imported.

A demonstration is a public function without parameters at the top of a file; in JavaScript it is exported. Its
docstring, or the comment `/** … */` above it, is the claim.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from inspect import cleandoc
from pathlib import Path

from markupsafe import Markup
from tree_sitter import Node

from macros.code.highlight import highlight
from macros.code.statements import Statement, closure, statements
from macros.code.syntax import GRAMMARS, first_error, line_of, text_of, tree
from macros.reading.documents import Problem

LANGUAGES = {".py": "python", ".mjs": "javascript"}
"""The languages of demonstrations, by the end of the file's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """A function that shows something, or fails."""

    id: str
    """Its name with hyphens for underscores, as facts name it."""
    function: str
    claim: str
    """What it shows, in its own words; empty if it says nothing."""
    line: int
    asserts: bool
    """Whether it, or what it uses of its file, can fail by itself."""
    parts: tuple[tuple[int, int], ...]
    """Its first and last lines, and then those of what it uses of its file, in their order."""


@dataclass(frozen=True, kw_only=True)
class DemonstrationFile:
    """The demonstrations of one entry."""

    entry: str
    path: str
    """The path in the repository."""
    language: str
    text: str
    digest: str
    demonstrations: Mapping[str, Demonstration] = field(compare=False)
    """By id, in the order of the file; read out of the text."""

    def problem(self, message: str, line: int = 1) -> Problem:
        """Return a problem at a line of this file."""
        return Problem(self.path, line, 1, message)

    @cached_property
    def _html(self) -> Markup:
        return highlight(self.text, self.language)

    def html(self, demonstration: Demonstration) -> Markup:
        """Return the lines of a demonstration as HTML, with an empty line between its parts."""
        lines = self._html.split("\n")
        parts = (Markup("\n").join(lines[first - 1 : last]) for first, last in demonstration.parts)
        return Markup("\n\n").join(parts)


def entry_of(file: Path) -> str:
    """Return the entry that a file is about: its name has underscores for the hyphens of the id."""
    return file.stem.replace("_", "-")


def load(root: Path, shown: str = "lab/demonstrations") -> tuple[dict[str, DemonstrationFile], list[Problem]]:
    """Return the files of demonstrations in `root` by entry, and what is wrong with their form."""
    found: dict[str, DemonstrationFile] = {}
    problems: list[Problem] = []
    for file in sorted(root.iterdir()) if root.is_dir() else ():
        path, entry = f"{shown}/{file.name}", entry_of(file)
        if file.name == "__pycache__":
            continue
        if file.suffix not in LANGUAGES:
            problems.append(Problem(path, 1, 1, f"It is not read: a file here ends with {' or '.join(LANGUAGES)}."))
        elif entry in found:
            problems.append(Problem(path, 1, 1, f"{found[entry].path} is about the same entry. Keep one."))
        else:
            read, wrong = _read(file, entry, path)
            problems += wrong
            found |= {entry: read} if read else {}
    return found, problems


def _read(file: Path, entry: str, path: str) -> tuple[DemonstrationFile | None, list[Problem]]:
    content, language = file.read_bytes(), LANGUAGES[file.suffix]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None, [Problem(path, 1, 1, "The file is not UTF-8. Save it as UTF-8.")]
    if error := first_error(text, language):
        named = GRAMMARS[language][0]
        return None, [Problem(path, *error, f"The {named} that begins here cannot be parsed. Correct its syntax.")]
    read = DemonstrationFile(
        entry=entry,
        path=path,
        language=language,
        text=text,
        digest=hashlib.sha256(content).hexdigest(),
        demonstrations={one.id: one for one in _demonstrations(text, language)},
    )
    return read, []


def _demonstrations(text: str, language: str) -> Iterator[Demonstration]:
    known = statements(tree(text, language).root_node, language)
    for statement in known:
        function = _python_function(statement) if language == "python" else _exported_function(statement)
        if function is None:
            continue
        named = function.child_by_field_name("name")
        name = text_of(named) if named else ""
        used = closure(statement, known)
        yield Demonstration(
            id=name.replace("_", "-"),
            function=name,
            claim=_docstring(function) if language == "python" else _comment(statement),
            line=line_of(function),
            asserts=any(part.can_fail for part in used),
            parts=tuple((part.first, part.last) for part in used),
        )


def _python_function(statement: Statement) -> Node | None:
    """Return the public function without parameters and decorators that the statement is, or None."""
    node = statement.node
    if node.type != "function_definition" or any(name.startswith("_") for name in statement.names):
        return None
    return node if _takes_nothing(node) else None


def _exported_function(statement: Statement) -> Node | None:
    """Return the function without parameters that the statement exports by its name, or None."""
    node = statement.node.child_by_field_name("declaration") if statement.node.type == "export_statement" else None
    if node is None or node.type != "function_declaration":
        return None
    return node if _takes_nothing(node) else None


def _takes_nothing(function: Node) -> bool:
    parameters = function.child_by_field_name("parameters")
    return parameters is not None and all(child.type == "comment" for child in parameters.named_children)


def _docstring(function: Node) -> str:
    body = function.child_by_field_name("body")
    first = body.named_children[0] if body and body.named_children else None
    text = first.named_children[0] if first and first.type == "expression_statement" else None
    if text is None or text.type != "string":
        return ""
    content = (text_of(child) for child in text.named_children if child.type == "string_content")
    return " ".join(cleandoc("".join(content)).split())


def _comment(statement: Statement) -> str:
    """Return the words of the comment directly above the statement, if it is one of documentation."""
    above = statement.node.prev_named_sibling
    if above is None or above.type != "comment" or above.end_point.row + 1 != statement.node.start_point.row:
        return ""
    found = re.fullmatch(r"/\*\*(.*)\*/", text_of(above), re.DOTALL)
    return " ".join(re.sub(r"^\s*\*", "", found[1], flags=re.MULTILINE).split()) if found else ""
