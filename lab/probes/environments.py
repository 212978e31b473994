"""The environment of each stack: locked requirements with hashes, installed in .cache/lab/probes/."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lab.core import python as lab
from lab.core.output import moment, write
from lab.core.python import CACHE, Interpreter, LabError, Lock
from lab.probes.stacks import Stack

FOLDER = Path(__file__).parent
LOCKS = FOLDER / "stacks"
LATEST = LOCKS / "latest.json"
PYTHON = (3, 13)
"""The oldest Python that a stack is installed on: older ones get older releases."""
NODE_SOURCES = ("kit.mjs", "describe.mjs")
NPM_OPTIONS = ("--ignore-scripts", "--no-audit", "--no-fund")


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Where a stack is installed, and what its processes are started with."""

    stack: Stack
    folder: Path
    python: Path | None = None
    """The interpreter; None for Node.js, which has none of its own."""
    lock: str | None = None
    """SHA-256 of the lock file; None where nothing is installed for the stack."""
    latest: Mapping[str, str] = field(default_factory=dict)
    """The newest release of each required package when the lock was written."""

    @property
    def bin(self) -> Path:
        """Return the folder of its command-line tools."""
        return self.python.parent if self.python else self.folder / "node_modules" / ".bin"

    @property
    def module(self) -> str:
        """Return what names the adapter to the interpreter."""
        return self.stack.module if self.python else str(self.folder / "adapters" / f"{self.stack.adapter}.mjs")


def here(stack: Stack) -> Environment:
    """Return the environment that this process runs in, for a stack whose packages are installed here."""
    return Environment(stack=stack, folder=Path(sys.prefix), python=Path(sys.executable).absolute())


def prepare(stack: Stack) -> Environment:
    """Return the installed environment of a stack, made anew where its lock has changed; raise LabError otherwise."""
    if not stack.requirements:
        return here(stack)
    file = lock_file(stack)
    if not file.is_file():
        raise LabError(f"{stack.id} has no lock file. Run: python -m lab probes --lock --stack {stack.id}")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    folder = CACHE / "probes" / f"{stack.id}-{digest[:12]}"
    if not (folder / "complete").is_file():
        _install(stack, folder, file)
        (folder / "complete").touch()
    if stack.language == "node":
        _copy_sources(folder)
    python = folder / "bin" / "python" if stack.language == "python" else None
    latest = json.loads(LATEST.read_text()) if LATEST.is_file() else {}
    required = {name: latest[name] for name in map(_package, stack.requirements) if name in latest}
    return Environment(stack=stack, folder=folder, python=python, lock=digest, latest=required)


def lock_file(stack: Stack) -> Path:
    """Return where the locked requirements of a stack stand."""
    if stack.language == "node":
        return LOCKS / stack.id / "package-lock.json"
    return LOCKS / f"{stack.id}.txt"


def lock(stack: Stack) -> dict[str, str]:
    """Resolve the requirements of a stack anew, write its lock, and return the newest release of each package."""
    if stack.language == "node":
        _lock_node(stack)
        return {name: json.loads(lab.run(["npm", "view", name, "version", "--json"])) for name in stack.requirements}
    text = lab.resolve(stack.requirements, interpreter()).text
    draft = lock_file(stack).with_suffix(".new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(lock_file(stack))
    return {name: lab.newest_release(name) for name in map(_package, stack.requirements)}


def keep_latest(found: Mapping[str, str]) -> None:
    """Add the newest releases to those known, with the moment of reading."""
    known = json.loads(LATEST.read_text()) if LATEST.is_file() else {}
    write(LATEST, {**known, **found, "moment": moment()})


def interpreter() -> Interpreter:
    """Return the newest Python of this machine; raise LabError if it is older than 3.13."""
    newest = max(lab.interpreters(), key=lambda found: _numbers(found.version), default=None)
    if newest is None or _numbers(newest.version) < PYTHON:
        raise LabError("There is no Python from 3.13 on. Install one, by pyenv for example.")
    return newest


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _package(requirement: str) -> str:
    return re.split(r"[\[<=>]", requirement)[0]


def _install(stack: Stack, folder: Path, file: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    if stack.language == "python":
        lab.make(folder, Lock(file.read_text(encoding="utf-8")), interpreter())
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(file.with_name(name), folder / name)
    lab.run(["npm", "ci", *NPM_OPTIONS], cwd=folder)


def _lock_node(stack: Stack) -> None:
    folder = lock_file(stack).parent
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "package.json", {"name": f"probe-{stack.id}", "private": True, "version": "0.0.0"})
    lock_file(stack).unlink(missing_ok=True)
    options = ("--package-lock-only", "--omit-lockfile-registry-resolved", *NPM_OPTIONS)
    lab.run(["npm", "install", *options, *stack.requirements], cwd=folder)


def _copy_sources(folder: Path) -> None:
    """Put the kit and the adapters beside node_modules, from where they find the packages."""
    for name in NODE_SOURCES:
        shutil.copy(FOLDER / name, folder / name)
    for name in ("files", "adapters"):
        shutil.copytree(FOLDER / name, folder / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "__*"))
