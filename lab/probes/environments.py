"""The environment of each setup: locked requirements with hashes, installed in .cache/lab/probes/."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from lab.core import python
from lab.core.locked import CommittedLock
from lab.core.paths import CACHE
from lab.core.python import LOCKED, Interpreter
from lab.probes.setups import Setup

FOLDER = Path(__file__).parent
LOCKS = FOLDER / "setups"
NODE_SOURCES = ("kit.mjs", "describe.mjs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Where a setup is installed, and what its processes are started with."""

    setup: Setup
    folder: Path
    python: Path | None = None
    """The interpreter; None for Node.js, which is not part of an environment."""
    lock: str | None = None
    """SHA-256 of the lock file; None if nothing is installed for the setup."""

    @property
    def bin(self) -> Path:
        """Return the folder of its command-line tools."""
        return self.python.parent if self.python else self.folder / "node_modules" / ".bin"

    @property
    def module(self) -> str:
        """Return what names the adapter to the interpreter."""
        return self.setup.module if self.python else str(self.folder / "adapters" / f"{self.setup.adapter}.mjs")


def here(setup: Setup) -> Environment:
    """Return the environment that this process runs in, for a setup whose packages are installed here."""
    return Environment(setup=setup, folder=Path(sys.prefix), python=Path(sys.executable).absolute())


def prepare(setup: Setup) -> Environment:
    """Return the installed environment of a setup, new if its lock has changed; raise LabError if it has no lock."""
    if not setup.requirements:
        return here(setup)
    found = _lock_of(setup)
    folder = found.installed(CACHE / "probes", interpreter() if setup.language == "python" else None)
    if setup.language == "node":
        _copy_sources(folder)
    executable = folder / "bin" / "python" if setup.language == "python" else None
    return Environment(setup=setup, folder=folder, python=executable, lock=found.digest)


def _lock_of(setup: Setup) -> CommittedLock:
    cure = f"python -m lab probes --lock --setup {setup.id}"
    return CommittedLock(LOCKS, setup.id, setup.language, cure, f"probe-{setup.id}")


def lock_file(setup: Setup) -> Path:
    """Return the file of the locked requirements of a setup."""
    return _lock_of(setup).file


def lock(setup: Setup) -> dict[str, str]:
    """Resolve the requirements of a setup again, write its lock, and return the locked version of each package."""
    versions = _lock_of(setup).write(setup.requirements, interpreter() if setup.language == "python" else None)
    return {name: versions[name] for name in _packages(setup)}


def interpreter() -> Interpreter:
    """Return the newest Python of this machine; raise LabError if it is older than the one of the locks."""
    return python.newest(LOCKED)


def _packages(setup: Setup) -> list[str]:
    """Return the names of the packages that a setup requires."""
    return [*map(python.package_of, setup.requirements)] if setup.language == "python" else [*setup.requirements]


def _copy_sources(folder: Path) -> None:
    """Put the kit and the adapters beside node_modules, where they find the packages."""
    for name in NODE_SOURCES:
        shutil.copy(FOLDER / name, folder / name)
    for name in ("files", "adapters"):
        shutil.copytree(FOLDER / name, folder / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "__*"))
