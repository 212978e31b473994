"""Moves the direct dependencies of an application to their newest releases: `python -m lab books --newest`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from packaging.utils import canonicalize_name
from packaging.version import Version

from lab.books.environments import lock
from lab.core import node
from lab.core.errors import LabError, RefusedError
from macros.code.applications import Application
from macros.code.dependencies import requirement_files

PIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(\[[^\]]+\])?==(\S+)")
LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;]+)", re.MULTILINE)
PARTS = ("dependencies", "devDependencies")
FOLLOWS_NODE = "@types/node"
"""Its major version is that of the Node.js that an application is for, so it moves by hand."""
CONFLICT = "ERESOLVE"
"""What npm says where no set of releases fits together."""


def move(application: Application) -> list[str]:
    """Pin the newest releases that fit together, and lock them; return a sentence for each that stays behind.

    A pin of Python below a comment stays as it is: the comment is the reason. Where nothing can be resolved the files
    stay as they were, and LabError or RefusedError is raised.
    """
    return _move_node(application) if application.language == "node" else _move_python(application)


def _move_python(application: Application) -> list[str]:
    files, locked = requirement_files(application.folder), application.folder / "requirements.txt"
    before = {file: file.read_text(encoding="utf-8") for file in (*files, locked)}
    wanted = {file: before[file].splitlines() for file in files}
    movable = {file: _movable(lines) for file, lines in wanted.items()}
    try:
        for file, lines in wanted.items():
            _write(file, [line.partition("==")[0] if at in movable[file] else line for at, line in enumerate(lines)])
        lock(application)
        found = newest_pins(locked.read_text(encoding="utf-8"))
        for file, lines in wanted.items():
            _write(file, [pinned(line, found) if at in movable[file] else line for at, line in enumerate(lines)])
        lock(application)
    except (LabError, RefusedError):
        _restore(before)
        raise
    return [
        f"{line}: stays, for the reason above it"
        for file, lines in wanted.items()
        for at, line in enumerate(lines)
        if PIN.fullmatch(line) and at not in movable[file]
    ]


def _movable(lines: list[str]) -> set[int]:
    """Return the indexes of the pins that have no comment above them."""
    return {at for at, line in enumerate(lines) if PIN.fullmatch(line) and not (at and lines[at - 1].startswith("#"))}


def newest_pins(lock_text: str) -> dict[str, str]:
    """Return the locked version of each package; the lower one where it depends on the Python."""
    found: dict[str, str] = {}
    for name, version in LOCKED.findall(lock_text):
        found[name] = min(found.get(name, version), version, key=Version)
    return found


def pinned(line: str, versions: Mapping[str, str]) -> str:
    """Return a pin with the version of its package; its extras stay."""
    match = PIN.fullmatch(line)
    if not match:
        raise ValueError(f"{line} is not a pin")
    name, extras, version = match.groups()
    return f"{name}{extras or ''}=={versions.get(canonicalize_name(name), version)}"


def _move_node(application: Application) -> list[str]:
    file, locked = application.folder / "package.json", application.folder / "package-lock.json"
    package = json.loads(file.read_text(encoding="utf-8"))
    directs = {name: version for part in PARTS for name, version in package.get(part, {}).items()}
    directs.pop(FOLLOWS_NODE, None)
    newest = {name: node.newest_release(name) for name in directs}
    newer = {name: version for name, version in newest.items() if version != directs[name]}
    if _fits(application, file, locked, newer):
        return []
    return [
        f"{name} {directs[name]}: stays, since {version} does not fit the others"
        for name, version in newer.items()
        if not _fits(application, file, locked, {name: version})
    ]


def _fits(application: Application, file: Path, locked: Path, versions: Mapping[str, str]) -> bool:
    """Write the versions and lock everything anew; where npm says that they conflict, restore the files: False."""
    before = {path: path.read_text(encoding="utf-8") for path in (file, locked)}
    package = json.loads(before[file])
    for part in PARTS:
        mine = package.get(part, {})
        mine.update({name: version for name, version in versions.items() if name in mine})
    _write(file, [json.dumps(package, indent=2, ensure_ascii=False)])
    locked.unlink()
    try:
        lock(application)
    except LabError as error:
        _restore(before)
        if CONFLICT not in str(error):
            raise
        return False
    return True


def _write(file: Path, lines: list[str]) -> None:
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _restore(before: Mapping[Path, str]) -> None:
    for file, text in before.items():
        file.write_text(text, encoding="utf-8")
