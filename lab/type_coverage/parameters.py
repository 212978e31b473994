"""How many parameters of a package's public functions are annotated, counted in its source or in its own stub files."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

Function = ast.FunctionDef | ast.AsyncFunctionDef
CALLED = {"__init__", "__call__", "__new__"}
"""Methods that are public although their names begin with an underscore."""


class Annotated(NamedTuple):
    """Parameters of public functions and methods, and how many of them are annotated."""

    annotated: int
    parameters: int


def count_parameters(packages: Path, name: str, without: Sequence[str] = ()) -> Annotated:
    """Return what is annotated in an importable package or module; modules below those in `without` do not count.

    A stub file stands for the module beside it. A file that this Python cannot parse is left out.
    """
    annotated = parameters = 0
    for file in _files(packages, name):
        module = ".".join(file.relative_to(packages).with_suffix("").parts)
        if any(f"{module}.".startswith(f"{test}.") for test in without):
            continue
        for parameter in _parameters(file):
            parameters += 1
            annotated += parameter.annotation is not None
    return Annotated(annotated, parameters)


def _files(packages: Path, name: str) -> Iterator[Path]:
    below = [*(packages / name).rglob("*.py"), *(packages / name).rglob("*.pyi")]
    single = [packages / f"{name}.py", packages / f"{name}.pyi"]
    found = [file for file in below or single if file.is_file()]
    stubs = {file.with_suffix("") for file in found if file.suffix == ".pyi"}
    yield from sorted(file for file in found if file.suffix == ".pyi" or file.with_suffix("") not in stubs)


def _parameters(file: Path) -> Iterator[ast.arg]:
    """Yield the parameters of the file's public functions and methods, `self` and `cls` left out."""
    try:
        tree = ast.parse(file.read_bytes())
    except (SyntaxError, ValueError):
        return
    for function, is_method in _functions(tree, inside_class=False):
        stated = function.args
        ordered = [*stated.posonlyargs, *stated.args]
        yield from ordered[1:] if is_method else ordered
        yield from stated.kwonlyargs
        yield from (one for one in (stated.vararg, stated.kwarg) if one)


def _functions(tree: ast.Module | ast.ClassDef, *, inside_class: bool) -> Iterator[tuple[Function, bool]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _functions(node, inside_class=True)
        elif isinstance(node, Function) and (not node.name.startswith("_") or node.name in CALLED):
            yield node, inside_class and not _is_static(node)


def _is_static(function: Function) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "staticmethod" for one in function.decorator_list)
