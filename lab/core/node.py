"""Locked Node.js environments: packages from npm in a folder, installed from a lock with hashes, without hosts."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.core import tools
from lab.core.tools import bare_variables, run

QUIET = ("--ignore-scripts", "--no-audit", "--no-fund")
OPTIONS = (*QUIET, "--omit-lockfile-registry-resolved", "--loglevel=error")


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
