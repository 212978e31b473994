"""The environment of each stack: locked requirements with hashes, installed in .cache/lab/bench/."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lab.bench.stacks import SETUPS, Setup, Stack
from lab.core import node, python, smoked
from lab.core.locked import CommittedLock
from lab.core.paths import CACHE
from lab.core.python import Interpreter

FOLDER = Path(__file__).parent
LOCKS = FOLDER / "setups"
NODE_SOURCES = ("kit.mjs", "serve.mjs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Where a stack is installed, and what its processes are started with."""

    stack: Stack
    folder: Path
    python: Path | None
    """The interpreter; None for Node.js, which is not part of an environment."""
    lock: str
    """SHA-256 of the lock file."""
    versions: Mapping[str, str]
    """Of the packages that the setup requires, the framework's first."""
    runtime: str
    """What runs it: `CPython 3.13.0`, `Node.js 20.20.2`."""

    @property
    def bin(self) -> Path:
        """Return the folder of its command-line tools."""
        return self.python.parent if self.python else self.folder / "node_modules" / ".bin"

    @property
    def module(self) -> str:
        """Return what names the adapter to the interpreter."""
        if self.python:
            return f"lab.bench.adapters.{self.stack.adapter}"
        return str(self.folder / "adapters" / f"{self.stack.adapter}.mjs")


def lock_of(setup: Setup) -> CommittedLock:
    """Return the lock of a setup, written or not."""
    return CommittedLock(LOCKS, setup.id, setup.language, f"python -m lab bench --lock {setup.id}", f"bench-{setup.id}")


def lock(setup: Setup) -> dict[str, str]:
    """Resolve the requirements of a setup again, write its lock, and return the version of each package it requires."""
    lock_of(setup).write(setup.requirements, interpreter_of(setup))
    return _required(setup)


def interpreter_of(setup: Setup) -> Interpreter | None:
    """Return this machine's newest Python up to the one that the framework works on; None for Node.js."""
    if setup.language == "node":
        return None
    return smoked.newest_of(setup.entry)[0] if setup.entry else python.newest()


def prepare(stack: Stack) -> Environment:
    """Return the installed environment of a stack, new if its lock has changed; raise LabError if it has no lock."""
    setup = SETUPS[stack.setup]
    found, interpreter = lock_of(setup), interpreter_of(setup)
    folder = found.installed(CACHE / "bench", interpreter)
    if interpreter is None:
        _complete_node(folder)
    return Environment(
        stack=stack,
        folder=folder,
        python=folder / "bin" / "python" if interpreter else None,
        lock=found.digest,
        versions=_required(setup),
        runtime=f"CPython {interpreter.version}" if interpreter else f"Node.js {node.version_of_node()}",
    )


def _required(setup: Setup) -> dict[str, str]:
    """Return the locked version of each package that a setup requires."""
    asked = setup.requirements
    names = [*map(python.package_of, asked)] if setup.language == "python" else asked
    versions = lock_of(setup).versions
    return {name: versions[name] for name in names}


def _complete_node(folder: Path) -> None:
    """Give SQLite its compiled part, and put the kit and the adapters where they find the packages."""
    node.complete_sqlite(folder)
    for name in NODE_SOURCES:
        shutil.copy(FOLDER / name, folder / name)
    ignored = shutil.ignore_patterns("*.py", "__*")
    shutil.copytree(FOLDER / "adapters", folder / "adapters", dirs_exist_ok=True, ignore=ignored)
