"""What a file in Python uses of what it imports from outside its application.

A name that a function, a lambda or a comprehension binds itself is not the imported one: parameters, assignments,
loops, `with`, `except`, `case`, classes and functions in it. Not read: names in annotations that are strings,
`from x import *`, `del`, and modules imported by a call, such as `importlib.import_module("x")`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import accumulate

from tree_sitter import Node

from macros.code.scopes import Handler, Import, Reading, Scope, Usage, Visit, inside, read
from macros.code.syntax import text_of, tree

REMOVED_FROM_THE_LIBRARY = (
    "aifc asynchat asyncore audioop cgi cgitb chunk crypt distutils imghdr imp lib2to3 mailcap msilib nis nntplib "
    "ossaudiodev pipes smtpd sndhdr spwd sunau telnetlib uu xdrlib"
)
ADDED_TO_THE_LIBRARY = "annotationlib compression"
STANDARD = sys.stdlib_module_names | set(f"{REMOVED_FROM_THE_LIBRARY} {ADDED_TO_THE_LIBRARY}".split())
"""Modules of the standard library of Python 3.11 to 3.14, whichever of them builds the site."""


def usage(text: str, own: frozenset[str]) -> Usage:
    """Return what a file uses; `own` are the top-level modules of its application, which are not outside."""
    return read(tree(text, "python").root_node, HANDLERS, Reading(own))


def _package(module: str) -> str:
    first = module.partition(".")[0]
    return "" if first in STANDARD else first


def _import(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """`import a.b` binds `a`, of which `a.b` is a module; `import a.b as c` binds `c`, which is `a.b`."""
    reading.statement(node)
    for given in node.children_by_field_name("name"):
        module, alias = _aliased(given)
        first = module.partition(".")[0]
        if first in reading.own:
            scope.assigned.add(alias or first)
            continue
        reading.modules.update(accumulate(module.split("."), "{}.{}".format))
        scope.imported[alias or first] = Import(module if alias else first, _package(module), ".")
    return ()


def _import_from(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """`from a.b import c` binds `c`, which is the name `a.b.c` whatever is asked of it."""
    reading.statement(node)
    source = node.child_by_field_name("module_name")
    module = text_of(source) if source else ""
    outside = not module.startswith(".") and module.partition(".")[0] not in reading.own
    for given in node.children_by_field_name("name"):
        name, alias = _aliased(given)
        if outside:
            scope.imported[alias or name] = Import(f"{module}.{name}", _package(module))
        else:
            scope.assigned.add(alias or name)
    return ()


def _aliased(given: Node) -> tuple[str, str]:
    """Return the dotted name that is imported, and what it is called; nothing where it keeps its name."""
    name, alias = given.child_by_field_name("name"), given.child_by_field_name("alias")
    return text_of(name or given), text_of(alias) if alias else ""


def _future(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    reading.statement(node)
    return ()


def _identifier(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    reading.refer(scope, text_of(node), (), node)
    return ()


def _attribute(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """A chain of attributes is one reference if it begins with a word."""
    members: list[str] = []
    first: Node | None = node
    while first and first.type == "attribute":
        member = first.child_by_field_name("attribute")
        members.insert(0, text_of(member) if member else "")
        first = first.child_by_field_name("object")
    if first is None or first.type != "identifier":
        return [(first, scope)] if first else []
    reading.refer(scope, text_of(first), members, first)
    return ()


def _targets(node: Node, scope: Scope) -> Iterator[Visit]:
    """Bind the words that a target assigns to; return what of it is used, such as `a` in `a.b = c`."""
    pending = [node]
    while pending:
        part = pending.pop()
        if part.type == "identifier":
            scope.assigned.add(text_of(part))
        elif part.type in ("attribute", "subscript", "call"):
            yield part, scope
        else:
            pending += part.named_children


def _binding(*fields: str) -> Handler:
    """Return a handler of nodes whose children in these fields are targets, and everything else is used."""

    def handle(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
        targets = [child for field in fields for child in node.children_by_field_name(field)]
        bound = [visit for target in targets for visit in _targets(target, scope)]
        return [*bound, *((child, scope) for child in node.named_children if child not in targets)]

    return handle


def _augmented(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """`a += b` uses what it assigns to."""
    left = node.child_by_field_name("left")
    if left and left.type == "identifier":
        scope.assigned.add(text_of(left))
    return inside(node, scope)


def _target(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    return _targets(node, scope)


def _keyword(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """The name of a keyword is no reference; what is given for it is."""
    return [(child, scope) for child in node.named_children[1:]]


def _outside(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """`global` and `nonlocal`: the words belong to a scope around this one."""
    scope.skipped.update(text_of(child) for child in node.named_children)
    return ()


def _function(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """Defaults and annotations are read outside of a function or lambda; its parameters are bound inside."""
    name, parameters = node.child_by_field_name("name"), node.child_by_field_name("parameters")
    body = node.child_by_field_name("body")
    if name:
        scope.assigned.add(text_of(name))
    inner = Scope(scope)
    found: list[Visit] = []
    for parameter in parameters.named_children if parameters else ():
        target = parameter.child_by_field_name("name") or (
            parameter.named_children[0] if parameter.type == "typed_parameter" else parameter
        )
        found += _targets(target, inner)
        if target != parameter:
            found += [(child, scope) for child in parameter.named_children if child != target]
    found += [(child, scope) for child in node.named_children if child not in (name, parameters, body)]
    return [*found, *([(body, inner)] if body else [])]


def _class(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name:
        scope.assigned.add(text_of(name))
    found = [(child, scope) for child in node.named_children if child not in (name, body)]
    return [*found, *([(body, Scope(scope, hidden=True))] if body else [])]


def _comprehension(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """The first iterable of a comprehension is read outside, everything else inside."""
    inner = Scope(scope)
    clause = next((child for child in node.named_children if child.type == "for_in_clause"), None)
    found = [(child, inner) for child in node.named_children if child != clause]
    if clause:
        left = clause.children_by_field_name("left")
        found += [visit for target in left for visit in _targets(target, inner)]
        found += [(child, scope) for child in clause.named_children if child not in left]
    return found


def _pattern_name(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """In a `case`, one word is bound, unless it is a class; `a.B` is used."""
    first, *members = node.named_children
    if members or (node.parent and node.parent.type == "class_pattern"):
        reading.refer(scope, text_of(first), map(text_of, members), first)
    else:
        scope.assigned.add(text_of(first))
    return ()


def _as_pattern(node: Node, scope: Scope, reading: Reading) -> Iterable[Visit]:
    """In a `case`, the word behind `as` is bound; elsewhere it is a target of its own type."""
    *others, last = node.named_children
    if last.type == "identifier":
        scope.assigned.add(text_of(last))
        return [(child, scope) for child in others]
    return inside(node, scope)


HANDLERS: dict[str, Handler] = {
    "import_statement": _import,
    "import_from_statement": _import_from,
    "future_import_statement": _future,
    "identifier": _identifier,
    "attribute": _attribute,
    "assignment": _binding("left"),
    "augmented_assignment": _augmented,
    "named_expression": _binding("name"),
    "for_statement": _binding("left"),
    "for_in_clause": _binding("left"),
    "type_alias_statement": _binding("left"),
    "as_pattern_target": _target,
    "splat_pattern": _target,
    "keyword_argument": _keyword,
    "keyword_pattern": _keyword,
    "global_statement": _outside,
    "nonlocal_statement": _outside,
    "function_definition": _function,
    "lambda": _function,
    "class_definition": _class,
    "list_comprehension": _comprehension,
    "set_comprehension": _comprehension,
    "dictionary_comprehension": _comprehension,
    "generator_expression": _comprehension,
    "dotted_name": _pattern_name,
    "as_pattern": _as_pattern,
}
"""What to do with nodes of the grammar that bind words or use them."""
