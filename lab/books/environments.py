"""Where an application runs: a copy of its folder, and what its lock installs, made once for each lock."""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lab.books.sqlite_store import SQLITE
from lab.books.stores import Database
from lab.core import node, postgres, python
from lab.core.paths import CACHE, ROOT
from lab.core.python import Environment, Interpreter, Lock
from lab.core.tools import run, uv
from macros.code.applications import Application, files_of
from macros.code.dependencies import requirement_files

APPLICATIONS = ROOT / "lab" / "apps"
HOME = CACHE / "books"
OLDEST = "3.11"
"""The oldest Python of an application that names none."""
ASKS_SQLITE = "require('better-sqlite3')(':memory:').prepare('SELECT sqlite_version()').pluck().get()"
MARK = "installed"
"""A file in an environment that is complete: the digest of what it was made from."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An application that can be run."""

    application: Application
    folder: Path
    """The copy in which its processes run."""
    environment: Environment | None
    """Of Python; None for Node.js, whose packages are in the copy."""
    database: Database = SQLITE
    """What keeps its books."""

    @property
    def id(self) -> str:
        """Return the entry that it is written in."""
        return self.application.id

    @property
    def processes(self) -> Mapping[str, str]:
        """Return the commands of the Procfile by name."""
        return self.application.processes

    def variables(self) -> dict[str, str]:
        """Return the variables that its processes run with."""
        return self.environment.variables() if self.environment else self._node.variables()

    @property
    def versions(self) -> dict[str, str]:
        """Return the locked version of every package."""
        return self.environment.lock.versions if self.environment else self._node.versions

    @property
    def runtime(self) -> str:
        """Return what runs it: `CPython 3.13.0`, `Node.js 20.20.2`."""
        if self.environment:
            return f"CPython {self.environment.interpreter.version}"
        return f"Node.js {node.version_of_node()}"

    def release_of(self, database: str) -> str:
        """Return the release of the database that it runs on: `SQLite 3.45.3`, `PostgreSQL 15.14`."""
        if database == "postgresql":
            return f"PostgreSQL {postgres.find().version}"
        if self.environment:
            asked = [str(self.environment.python), "-c", "import sqlite3; print(sqlite3.sqlite_version)"]
        else:
            asked = [str(self._node.node), "-p", ASKS_SQLITE]
        return f"SQLite {run(asked, cwd=self.folder).strip()}"

    @property
    def _node(self) -> node.NodeEnvironment:
        return node.NodeEnvironment(self.folder, Path(node.found("node")))


def interpreter_of(application: Application) -> Interpreter:
    """Return the newest Python of this machine that the application is for; raise LabError if there is none."""
    return python.newest(application.record.python or OLDEST, application.record.python_at_most)


def lock(application: Application) -> None:
    """Write the lock of an application from its requirements: hashes, no hosts."""
    if application.language == "node":
        run([node.found("npm"), "install", "--package-lock-only", *node.OPTIONS], cwd=application.folder)
        return
    wanted, target = requirement_files(application.folder), application.folder / "requirements.txt"
    options = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header", "--quiet"]
    asked = ["--python", str(interpreter_of(application).path), "--python-version", application.record.python or OLDEST]
    uv("pip", "compile", *map(str, wanted), "--upgrade", *options, *asked, "-o", str(target))


def prepare(application: Application, home: Path = HOME) -> Prepared:
    """Return the application, copied and with everything installed; raise LabError or RefusedError if that fails."""
    place = home / application.id
    place.mkdir(parents=True, exist_ok=True)
    with _alone(place):
        return _prepare(application, place)


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Wait until no other process prepares the same application."""
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prepare(application: Application, place: Path) -> Prepared:
    if application.language == "node":
        copied = _copy(application, place / "application")
        _install_node(copied, place)
        return Prepared(application, copied, None)
    copied = _copy(application, place / f"application-{os.getpid()}")  # another process may be running its own
    atexit.register(shutil.rmtree, copied, ignore_errors=True)
    text = (application.folder / "requirements.txt").read_text(encoding="utf-8")
    interpreter, mark = interpreter_of(application), place / "environment" / MARK
    fingerprint = hashlib.sha256(f"{interpreter.version}\n{text}".encode()).hexdigest()
    if mark.is_file() and mark.read_text(encoding="utf-8") == fingerprint:
        return Prepared(application, copied, Environment(mark.parent, interpreter, Lock(text)))
    environment = python.make(mark.parent, Lock(text), interpreter)
    mark.write_text(fingerprint, encoding="utf-8")
    return Prepared(application, copied, environment)


def _copy(application: Application, target: Path) -> Path:
    """Copy the files of the application, so that what it writes beside them stays out of the repository."""
    modules = target / "node_modules"
    kept = target.with_name("node_modules.kept")
    if modules.is_dir():
        shutil.rmtree(kept, ignore_errors=True)
        modules.rename(kept)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    if kept.is_dir():
        kept.rename(modules)
    for file in files_of(application.folder):
        copy = target / file.relative_to(application.folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    return target


def _install_node(folder: Path, place: Path) -> None:
    """Install what the lock says, build what is written in C, and run the application's own build."""
    lock_text = (folder / "package-lock.json").read_text(encoding="utf-8")
    fingerprint = hashlib.sha256(f"{node.version_of_node()}\n{lock_text}".encode()).hexdigest()
    mark, npm = place / MARK, node.found("npm")
    if not (mark.is_file() and mark.read_text(encoding="utf-8") == fingerprint and (folder / "node_modules").is_dir()):
        mark.unlink(missing_ok=True)
        run([npm, "ci", *node.OPTIONS], cwd=folder)
        node.complete_sqlite(folder)
        mark.write_text(fingerprint, encoding="utf-8")
    if "build" in json.loads((folder / "package.json").read_text(encoding="utf-8")).get("scripts", {}):
        run([npm, "run", "build"], cwd=folder)
