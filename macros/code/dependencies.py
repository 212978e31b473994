"""The packages that an application asks for itself to run, without those of its tests."""

from __future__ import annotations

import json
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from macros.reading.documents import Problem, quoted

REQUIREMENTS = "requirements.in"
TEST_REQUIREMENTS = "requirements-test.in"
"""What only the tests of an application need; both are locked in one requirements.txt."""
PACKAGE = "package.json"


def requirement_files(folder: Path) -> list[Path]:
    """Return the files that list the direct dependencies of an application in Python, those of its tests last."""
    return [file for name in (REQUIREMENTS, TEST_REQUIREMENTS) if (file := folder / name).is_file()]


def of_python(folder: Path, shown: str) -> tuple[tuple[str, ...], list[Problem]]:
    """Return the sorted names in requirements.in, and what is wrong with it; messages name the folder `shown`."""
    file, path = folder / REQUIREMENTS, f"{shown}/{REQUIREMENTS}"
    if not file.is_file():
        return (), [Problem(path, 1, 1, "The file is missing. List the packages that the application needs to run.")]
    names, problems = [], []
    for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").split("\n"), 1):
        wanted = line.partition("#")[0].strip()
        try:
            if wanted:
                names.append(canonicalize_name(Requirement(wanted).name))
        except InvalidRequirement:
            message = f"{quoted(wanted)} is not a requirement. Write a package and its version: flask==3.1.3."
            problems.append(Problem(path, number, 1, message))
    return tuple(sorted(names)), problems


def of_node(folder: Path, shown: str) -> tuple[tuple[str, ...], list[Problem]]:
    """Return the sorted names of `dependencies` in package.json, and what is wrong with the file."""
    file, path = folder / PACKAGE, f"{shown}/{PACKAGE}"
    if not file.is_file():
        return (), [Problem(path, 1, 1, "The file is missing. List the packages that the application needs to run.")]
    try:
        package = json.loads(file.read_text(encoding="utf-8", errors="replace"))
    except json.JSONDecodeError as error:
        message = f"This is not JSON: {error.msg}. Correct it, or write the file with npm."
        return (), [Problem(path, error.lineno, error.colno, message)]
    wanted = package.get("dependencies", {}) if isinstance(package, dict) else None
    if not isinstance(wanted, dict):
        return (), [Problem(path, 1, 1, "“dependencies” is not an object. Write the file with npm.")]
    return tuple(sorted(wanted)), []
