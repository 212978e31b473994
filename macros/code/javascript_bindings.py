"""What words in JavaScript and TypeScript are bound to: modules, parts of them, and anything else."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from macros.code.scopes import Import, Scope, Visit
from macros.code.syntax import text_of

STANDARD = {"assert", "async_hooks", "buffer", "child_process", "cluster", "console", "constants", "crypto", "dgram",
            "diagnostics_channel", "dns", "domain", "events", "fs", "http", "http2", "https", "inspector", "module",
            "net", "os", "path", "perf_hooks", "process", "punycode", "querystring", "readline", "repl", "stream",
            "string_decoder", "sys", "timers", "tls", "trace_events", "tty", "url", "util", "v8", "vm", "wasi",
            "worker_threads", "zlib"}  # fmt: skip
"""Modules of Node.js that need no `node:` before them."""

OWN = (".", "/", "#", "@/", "~")
"""How the name of a module begins that is part of the application."""

WRAPPED = ("await_expression", "parenthesized_expression", "non_null_expression", "as_expression",
           "satisfies_expression")  # fmt: skip
"""Expressions around another that leave it what it is."""


def module_of(source: Node | None) -> Import | None:
    """Return what a module is that a plain string names; None for one of the application."""
    name = "".join(text_of(part) for part in source.named_children) if source and source.type == "string" else ""
    if not name or name.startswith(OWN):
        return None
    bare = name.removeprefix("node:")
    parts = bare.split("/")
    package = "/".join(parts[:2]) if bare.startswith("@") else parts[0]
    return Import(bare, "" if bare != name or package in STANDARD else package, ":")


def part_of(module: Import | None, name: str) -> Import | None:
    """Return what an import of a module's part by name is; `default` is the module itself."""
    return module if module is None or name == "default" else Import(f"{module.text}:{name}", module.package, ".")


def bind(scope: Scope, word: Node | None, source: Import | None) -> None:
    """Bind a word to what it is imported from; to something of the application where that is None."""
    if word is None:
        return
    if source:
        scope.imported[text_of(word)] = source
    else:
        scope.assigned.add(text_of(word))


def imported(name: Node | None) -> str:
    """Return the name in an import or export, which may be written as a string."""
    return text_of(name).strip("'\"") if name else ""


def argument(node: Node | None, function: str) -> Node | None:
    """Return the string in a call of `require` or `import`; None for any other node."""
    if node is None or node.type != "call_expression":
        return None
    called, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if called is None or text_of(called) != function or not (arguments and arguments.named_children):
        return None
    return arguments.named_children[0] if arguments.named_children[0].type == "string" else None


def required(node: Node | None) -> Node | None:
    """Return the string in `require("x")` or `await import("x")`; None for any other expression."""
    awaited = False
    while node and node.type in WRAPPED:
        awaited |= node.type == "await_expression"
        node = node.named_children[0]
    return argument(node, "require") or (argument(node, "import") if awaited else None)


def source_of(value: Node | None) -> tuple[Node, str] | None:
    """Return the module that a value is required from, and the part of it: `require("x").part`."""
    part = value.child_by_field_name("property") if value and value.type == "member_expression" else None
    source = required(value.child_by_field_name("object") if value and part else value)
    return (source, text_of(part) if part else "default") if source else None


def destructure(pattern: Node, source: Import | None, target: Scope, scope: Scope) -> Iterator[Visit]:
    """Bind the words of `const { a, b: c, d = 1, ...e } = require("x")` to the module or to parts of it."""
    for part in pattern.named_children:
        key, value = part.child_by_field_name("key"), part.child_by_field_name("value")
        left, right = part.child_by_field_name("left"), part.child_by_field_name("right")
        if part.type == "rest_pattern":
            bind(target, part.named_children[0], source)
        elif part.type == "shorthand_property_identifier_pattern":
            bind(target, part, part_of(source, text_of(part)))
        elif left and right:
            bind(target, left, part_of(source, text_of(left)))
            yield right, scope
        elif key and value and key.type == "property_identifier" and value.type == "identifier":
            bind(target, value, part_of(source, text_of(key)))
        else:
            yield from targets(part, target, scope)


def targets(node: Node, target: Scope, scope: Scope) -> Iterator[Visit]:
    """Bind the words of a pattern in `target`; return what of it is used in `scope`: defaults, computed keys."""
    pending = [node]
    while pending:
        part = pending.pop()
        default = part.child_by_field_name("right") if part.type.endswith("assignment_pattern") else None
        if part.type in ("identifier", "shorthand_property_identifier_pattern"):
            target.assigned.add(text_of(part))
        elif part.type in ("computed_property_name", "member_expression", "subscript_expression"):
            yield part, scope
        else:
            pending += [child for child in part.named_children if child != default]
        if default:
            yield default, scope
