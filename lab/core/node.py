"""Locked Node.js environments: packages from npm in a folder, installed from a lock with hashes, without hosts."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.core import tools
from lab.core.paths import CACHE
from lab.core.tools import bare_variables, run

QUIET = ("--ignore-scripts", "--no-audit", "--no-fund")
OPTIONS = (*QUIET, "--omit-lockfile-registry-resolved", "--loglevel=error")
COMPILED_WITHIN = 1800.0
"""Seconds that a busy machine may take to compile SQLite."""


@dataclass(frozen=True, slots=True)
class NodeEnvironment:
    """A folder in which a lock of npm has been installed."""

    path: Path
    node: Path
    """The executable."""

    @property
    def packages(self) -> Path:
        """Return the folder with the installed packages."""
        return self.path / "node_modules"

    @property
    def _lock(self) -> str:
        return (self.path / "package-lock.json").read_text(encoding="utf-8")

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the lock."""
        return hashlib.sha256(self._lock.encode()).hexdigest()

    @property
    def versions(self) -> dict[str, str]:
        """Return the pinned version of every package; of one that is there twice, the one at the top."""
        pinned = json.loads(self._lock)["packages"]
        top_last = sorted(filter(None, pinned), key=lambda place: -place.count("node_modules/"))
        return {place.rpartition("node_modules/")[2]: pinned[place]["version"] for place in top_last}

    def variables(self) -> dict[str, str]:
        """Return the variables that its programs run with."""
        return bare_variables(self.packages / ".bin", self.node.parent) | {"NODE_ENV": "production"}


def found(program: str) -> str:
    """Return the path of a program of Node.js; raise LabError if it is not on the PATH."""
    return tools.found(program, "Install Node.js.")


def newest_release(package: str) -> str:
    """Return the version that npm installs if none is asked for."""
    return str(json.loads(run([found("npm"), "view", package, "version", "--json"])))


def version_of_node() -> str:
    """Return the version of this machine's Node.js: `20.20.2`."""
    return run([found("node"), "--version"]).strip().removeprefix("v")


def complete_sqlite(folder: Path) -> None:
    """Give the better-sqlite3 that is installed in the folder its compiled part, if it has none.

    To compile it takes minutes: it is done once for each release and each Node.js, and kept.
    """
    package = folder / "node_modules" / "better-sqlite3"
    built = package / "build" / "Release" / "better_sqlite3.node"
    if not package.is_dir() or built.is_file():
        return
    release = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    kept = CACHE / f"better-sqlite3-{release}-node-{version_of_node()}.node"
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.with_suffix(".lock").open("w") as lock:  # of several that ask for it at once, one compiles
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.is_file():
            headers = Path(found("node")).resolve().parent.parent
            options = ("--build-from-source", f"--nodedir={headers}")
            run([found("npm"), "rebuild", "better-sqlite3", *options], cwd=folder, seconds=COMPILED_WITHIN)
            half = kept.with_suffix(".half")
            shutil.copy(built, half)
            half.rename(kept)
    built.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(kept, built)


def make(path: Path, packages: Sequence[str]) -> NodeEnvironment:
    """Return a fresh environment in `path` with the newest release of every package; what was there is removed."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    wanted = {"private": True, "dependencies": {package: newest_release(package) for package in packages}}
    (path / "package.json").write_text(json.dumps(wanted, indent=1), encoding="utf-8")
    npm = found("npm")
    run([npm, "install", "--package-lock-only", *OPTIONS], cwd=path)
    run([npm, "ci", "--omit=dev", *OPTIONS], cwd=path)
    return NodeEnvironment(path, Path(found("node")))
