"""The statements at the top of a file: what each defines, and which of the others it uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from tree_sitter import Language, Node, Query, QueryCursor

from macros.code.syntax import GRAMMARS, text_of

IMPORTS = ("import_statement", "import_from_statement", "future_import_statement")
NAMES: Mapping[str, str] = {
    "python": """
        (identifier) @used
        (attribute attribute: (identifier) @other)
        (keyword_argument name: (identifier) @other)
        (module . (_)) @other
        [(assert_statement) (raise_statement)] @fails
    """,
    "javascript": """
        [(identifier) (shorthand_property_identifier)] @used
        (throw_statement) @fails
        (call_expression function: (identifier) @fails (#eq? @fails "assert"))
        (call_expression function: (member_expression object: (identifier) @fails (#eq? @fails "assert")))
    """,
}
"""What a query asks a statement: the names that it uses, words that are none, and what can fail."""
DEFINED: Mapping[str, str] = {
    "python": """
        (module (function_definition name: (identifier) @name))
        (module (class_definition name: (identifier) @name))
        (module (decorated_definition definition: (_ name: (identifier) @name)))
        (module (expression_statement (assignment left: (identifier) @name)))
        (module (expression_statement (assignment left: (pattern_list (identifier) @name))))
        (module (expression_statement (assignment right: (assignment left: (identifier) @name))))
    """,
    "javascript": """
        (program [(function_declaration name: (identifier) @name) (class_declaration name: (identifier) @name)])
        (program (generator_function_declaration name: (identifier) @name))
        (program (lexical_declaration (variable_declarator name: (identifier) @name)))
        (program (export_statement declaration: (_ name: (identifier) @name)))
        (program (export_statement declaration: (lexical_declaration (variable_declarator name: (identifier) @name))))
    """,
}
"""The names that the statements at the top of a file define."""


@dataclass(frozen=True)
class Statement:
    """A statement at the top of a file."""

    node: Node
    language: str
    names: frozenset[str]
    """What it defines."""

    @property
    def first(self) -> int:
        """Return the number, from 1, of its first line."""
        return self.node.start_point.row + 1

    @property
    def last(self) -> int:
        """Return the number of its last line."""
        return self.node.end_point.row + 1

    @cached_property
    def _found(self) -> dict[str, list[Node]]:
        return QueryCursor(_query(NAMES[self.language], self.language)).captures(self.node)

    @cached_property
    def uses(self) -> frozenset[str]:
        """Return the names that stand in it; of `a.b` it is `a`."""
        other = {node.start_byte for node in self._found.get("other", ())}
        return frozenset(text_of(node) for node in self._found.get("used", ()) if node.start_byte not in other)

    @property
    def can_fail(self) -> bool:
        """Return whether it asserts something or raises an error."""
        return bool(self._found.get("fails"))


@cache
def _query(text: str, language: str) -> Query:
    return Query(Language(GRAMMARS[language][1]()), text)


def statements(root: Node, language: str) -> tuple[Statement, ...]:
    """Return the statements of a file that define something, imports left out, in their order."""
    defined = QueryCursor(_query(DEFINED[language], language)).captures(root).get("name", [])
    names: dict[int, set[str]] = {}
    nodes = [node for node in root.named_children if node.type not in IMPORTS]
    for name in defined:
        for node in nodes:
            if node.start_byte <= name.start_byte < node.end_byte:
                names.setdefault(node.id, set()).add(text_of(name))
    return tuple(Statement(node, language, frozenset(names[node.id])) for node in nodes if node.id in names)


def closure(start: Statement, known: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Return the statement, and then all that it uses of the others, and they of others again, in the file's order."""
    found, waiting = [start], [start]
    while waiting:
        uses = waiting.pop().uses
        more = [other for other in known if other not in found and other.names & uses]
        found += more
        waiting += more
    return start, *(statement for statement in known if statement in found[1:])
