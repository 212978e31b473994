"""The names that a file imports from outside its application, line by line."""

from __future__ import annotations

import ast
import re
import sys
from functools import lru_cache

IMPORT_OF_JS = re.compile(
    r"""^import\s+(?:type\s+)?(?P<what>[\w*\s{},$]+?)\s+from\s+['"](?P<module>[^'"]+)['"]"""
    r"""|^(?:const|let|var)\s+(?P<bound>\w+|\{[^}]*\})\s*=\s*require\(['"](?P<required>[^'"]+)['"]\)""",
    re.MULTILINE,
)


NODE_MODULES = {"assert", "buffer", "child_process", "crypto", "events", "fs", "http", "module", "os", "path", "stream",
                "string_decoder", "test", "timers", "url", "util", "worker_threads"}  # fmt: skip


def names_of_python(text: str) -> dict[int, frozenset[str]]:
    """Return the names imported from outside that each line of Python code uses."""
    tree = syntax_tree(text)
    members: dict[str, str] = {}
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level and not _own(node.module):
            members |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            given = [alias for alias in node.names if not _own(alias.name)]
            modules |= {alias.asname or alias.name.partition(".")[0]: alias.name for alias in given}
    found: dict[int, set[str]] = {}
    attributes = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in members:
            found.setdefault(node.lineno, set()).add(members[node.id])
        elif isinstance(node, ast.Name) and node.id in modules:
            attribute = attributes.get(id(node))
            root = modules[node.id]
            found.setdefault(node.lineno, set()).add(f"{root}.{attribute}" if attribute else root)
    return {line: frozenset(names) for line, names in found.items()}


@lru_cache(maxsize=4096)
def syntax_tree(text: str) -> ast.Module:
    """Return the syntax tree of Python code; an empty one where it cannot be read, which is a problem of its own."""
    try:
        return ast.parse(text)
    except SyntaxError:
        return ast.Module([], [])


def _own(module: str) -> bool:
    return module.partition(".")[0] in ("books", "hello", "tests", "conftest", "__future__")


def names_of_javascript(text: str) -> dict[int, frozenset[str]]:
    """Return the names imported from outside that each line of JavaScript code uses."""
    bound: dict[str, str] = {}
    imports: set[int] = set()
    for match in IMPORT_OF_JS.finditer(text):
        module = match["module"] or match["required"]
        imports |= set(range(text.count("\n", 0, match.start()) + 1, text.count("\n", 0, match.end()) + 2))
        if not module.startswith("."):
            bound |= _bound(match["what"] or match["bound"], module.removeprefix("node:"))
    found: dict[int, frozenset[str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        bare = "" if number in imports else re.sub(r"""//.*$|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*\"""", "''", line)
        used = re.findall(r"(?<![.\w$])([A-Za-z_$][\w$]*)(?:\.([A-Za-z_$][\w$]*))?", bare)
        names = {f"{bound[word]}.{member}" if member else bound[word] for word, member in used if word in bound}
        if names:
            found[number] = frozenset(names)
    return found


def _bound(what: str, module: str) -> dict[str, str]:
    """Return what the words of an import stand for: `module` or `module:name`."""
    found = {}
    for part in ",".join(re.findall(r"\{([^}]*)\}", what)).split(","):
        own, _, alias = part.strip().removeprefix("type ").replace(":", " as ").partition(" as ")
        if own.strip():
            found[(alias or own).strip()] = f"{module}:{own.strip()}"
    for part in re.sub(r"\{[^}]*\}", "", what).split(","):
        if alias := part.strip().removeprefix("* as ").strip():
            found[alias] = module
    return found


def package_of(name: str) -> str:
    """Return the package that a name is imported from; nothing for the standard library."""
    if ":" in name or "/" in name:
        parts = name.partition(":")[0].split("/")
        package = "/".join(parts[:2]) if name.startswith("@") else parts[0]
    else:
        package = name.partition(".")[0]
    return "" if package in sys.stdlib_module_names or package in NODE_MODULES else package
