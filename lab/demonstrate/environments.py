"""The environment of each entry's demonstrations: its package at the newest release, locked, installed once a lock."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lab.core import node, python, smoked
from lab.core.locked import CommittedLock
from lab.core.paths import CACHE
from lab.core.programs import Program, header
from lab.core.tools import bare_variables
from macros.code.demonstrations import DemonstrationFile

FOLDER = Path(__file__).parent
LOCKS = FOLDER / "locks"
HOME = CACHE / "demonstrations"
CLIENT = "httpx"
"""What the test clients of several frameworks need, and a function may ask with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An entry with demonstrations: their file, the entry's small program, and the package that both are about."""

    file: DemonstrationFile
    program: Program
    package: str
    """What pip or npm calls the package."""
    purl: str

    @property
    def id(self) -> str:
        """Return the entry."""
        return self.file.entry

    @property
    def lock(self) -> CommittedLock:
        """Return where its lock is."""
        cure = f"python -m lab demonstrations --lock {self.id}"
        return CommittedLock(LOCKS, self.id, self.program.language, cure, f"demonstrations-{self.id}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Demonstrations that can be run."""

    command: tuple[str, ...]
    """Runs the driver; the report, the file and the names of functions follow."""
    file: Path
    """The copy that is run."""
    folder: Path
    """The working directory of the run, empty but for what is run."""
    variables: Mapping[str, str]
    versions: Mapping[str, str]
    lock: str
    runtime: str


def requirements(subject: Subject, cure: list[str]) -> list[str]:
    """Return what is installed: what the entry's program needs, a client, and what the file's header adds.

    The entry's package is pinned to the newest release, whether or not its other packages can follow.
    """
    more = header(subject.file.text).get("dependencies", [])
    if subject.program.language == "node":
        return list(dict.fromkeys([*subject.program.dependencies, *more]))
    asked = dict.fromkeys([*subject.program.dependencies, CLIENT, *more, *cure])
    return python.pinned([*asked], {subject.package: python.newest_release(subject.package)})


def lock(subject: Subject) -> dict[str, str]:
    """Resolve the requirements again from the newest releases, write the lock, and return the pinned versions."""
    if subject.program.language == "node":
        return subject.lock.write(requirements(subject, []), None)
    interpreter, cure = smoked.newest_of(subject.id)
    return subject.lock.write(requirements(subject, cure), interpreter)


def prepare(subject: Subject) -> Prepared:
    """Return the demonstrations, ready to run; what has no lock yet gets one."""
    if not subject.lock.file.is_file():
        lock(subject)
    return _prepare_node(subject) if subject.program.language == "node" else _prepare_python(subject)


def _prepare_python(subject: Subject) -> Prepared:
    interpreter, _ = smoked.newest_of(subject.id)
    folder = subject.lock.installed(HOME, interpreter)
    copied = _copy(subject, folder / "run", FOLDER / "driver.py")
    return Prepared(
        command=(str(folder / "bin" / "python"), "driver.py"),
        file=copied,
        folder=copied.parent,
        variables=bare_variables(folder / "bin") | {"VIRTUAL_ENV": str(folder)},
        versions=subject.lock.versions,
        lock=subject.lock.digest,
        runtime=f"CPython {interpreter.version}",
    )


def _prepare_node(subject: Subject) -> Prepared:
    installed = node.NodeEnvironment(subject.lock.installed(HOME, None), Path(node.found("node")))
    copied = _copy(subject, installed.path / "run", FOLDER / "driver.mjs")
    return Prepared(
        command=(str(installed.node), "driver.mjs"),
        file=copied,
        folder=copied.parent,
        variables=installed.variables(),
        versions=installed.versions,
        lock=subject.lock.digest,
        runtime=f"Node.js {node.version_of_node()}",
    )


def _copy(subject: Subject, folder: Path, driver: Path) -> Path:
    """Return the file's copy in a fresh folder, in which it finds the packages and what it writes is left."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(driver, folder / driver.name)
    copied = folder / f"demonstration{Path(subject.file.path).suffix}"
    copied.write_bytes(subject.file.text.encode())  # what the digest is of, even if the file has been edited since
    return copied
