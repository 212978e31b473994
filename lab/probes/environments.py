"""The environment of each stack: locked requirements with hashes, installed in .cache/lab/probes/."""

from __future__ import annotations

import hashlib
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from lab.core import node, python
from lab.core.errors import LabError
from lab.core.output import write_json, write_text
from lab.core.paths import CACHE
from lab.core.python import LOCKED, Interpreter, Lock
from lab.core.tools import run
from lab.probes.stacks import Stack

FOLDER = Path(__file__).parent
LOCKS = FOLDER / "stacks"
NODE_SOURCES = ("kit.mjs", "describe.mjs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Where a stack is installed, and what its processes are started with."""

    stack: Stack
    folder: Path
    python: Path | None = None
    """The interpreter; None for Node.js, which is not part of an environment."""
    lock: str | None = None
    """SHA-256 of the lock file; None if nothing is installed for the stack."""

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
    """Return the installed environment of a stack, new if its lock has changed; raise LabError if it has no lock."""
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
    executable = folder / "bin" / "python" if stack.language == "python" else None
    return Environment(stack=stack, folder=folder, python=executable, lock=digest)


def lock_file(stack: Stack) -> Path:
    """Return the file of the locked requirements of a stack."""
    if stack.language == "node":
        return LOCKS / stack.id / "package-lock.json"
    return LOCKS / f"{stack.id}.txt"


def lock(stack: Stack) -> dict[str, str]:
    """Resolve the requirements of a stack again, write its lock, and return the locked version of each package."""
    if stack.language == "node":
        _lock_node(stack)
        versions = node.NodeEnvironment(lock_file(stack).parent, Path(node.found("node"))).versions
    else:
        found = python.resolve(stack.requirements, interpreter())
        write_text(lock_file(stack), found.text)
        versions = found.versions
    return {name: versions[name] for name in _packages(stack)}


def interpreter() -> Interpreter:
    """Return the newest Python of this machine; raise LabError if it is older than the one of the locks."""
    return python.newest(LOCKED)


def _packages(stack: Stack) -> list[str]:
    """Return the names of the packages that a stack requires."""
    return [*map(python.package_of, stack.requirements)] if stack.language == "python" else [*stack.requirements]


def _install(stack: Stack, folder: Path, file: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    if stack.language == "python":
        python.make(folder, Lock(file.read_text(encoding="utf-8")), interpreter())
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(file.with_name(name), folder / name)
    run(["npm", "ci", *node.QUIET], cwd=folder)


def _lock_node(stack: Stack) -> None:
    folder = lock_file(stack).parent
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / "package.json", {"name": f"probe-{stack.id}", "private": True, "version": "0.0.0"})
    lock_file(stack).unlink(missing_ok=True)
    options = ("--package-lock-only", "--omit-lockfile-registry-resolved", *node.QUIET)
    run(["npm", "install", *options, *stack.requirements], cwd=folder)


def _copy_sources(folder: Path) -> None:
    """Put the kit and the adapters beside node_modules, where they find the packages."""
    for name in NODE_SOURCES:
        shutil.copy(FOLDER / name, folder / name)
    for name in ("files", "adapters"):
        shutil.copytree(FOLDER / name, folder / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "__*"))
