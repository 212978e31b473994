"""Environments from committed locks: NAME.txt for Python, NAME/package-lock.json for Node.js."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lab.core import node, python
from lab.core.errors import LabError
from lab.core.output import write_json, write_text
from lab.core.python import Interpreter, Lock
from lab.core.tools import run


@dataclass(frozen=True, slots=True)
class CommittedLock:
    """The lock of an environment, with hashes and without hosts, in the folder of a measurement."""

    folder: Path
    name: str
    language: Literal["python", "node"]
    cure: str
    """The command that writes it."""
    title: str
    """What npm calls the folder."""

    @property
    def file(self) -> Path:
        """Return where it is."""
        if self.language == "node":
            return self.folder / self.name / "package-lock.json"
        return self.folder / f"{self.name}.txt"

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the file; raise LabError with the cure if there is none."""
        if not self.file.is_file():
            raise LabError(f"{self.name} has no lock file. Run: {self.cure}")
        return hashlib.sha256(self.file.read_bytes()).hexdigest()

    @property
    def versions(self) -> dict[str, str]:
        """Return the pinned version of every package."""
        if self.language == "node":
            return node.NodeEnvironment(self.file.parent, Path(node.found("node"))).versions
        return Lock(self.file.read_text(encoding="utf-8")).versions

    def write(self, requirements: Sequence[str], interpreter: Interpreter | None) -> dict[str, str]:
        """Resolve the requirements again, write the lock, and return the pinned version of every package.

        `interpreter` is the Python to resolve for; None for Node.js.
        """
        if interpreter:
            write_text(self.file, python.resolve(requirements, interpreter).text)
        else:
            self._write_of_node(requirements)
        return self.versions

    def _write_of_node(self, requirements: Sequence[str]) -> None:
        folder = self.file.parent
        folder.mkdir(parents=True, exist_ok=True)
        write_json(folder / "package.json", {"name": self.title, "private": True, "version": "0.0.0"})
        self.file.unlink(missing_ok=True)
        options = ("--package-lock-only", "--omit-lockfile-registry-resolved", *node.QUIET)
        run(["npm", "install", *options, *requirements], cwd=folder)

    def installed(self, home: Path, interpreter: Interpreter | None) -> Path:
        """Return the folder below `home` in which exactly this lock is installed, made if it is not there yet."""
        series = f"-{interpreter.series}" if interpreter else ""
        folder = home / f"{self.name}{series}-{self.digest[:12]}"
        if not (folder / "complete").is_file():
            folder.parent.mkdir(parents=True, exist_ok=True)
            if interpreter:
                python.make(folder, Lock(self.file.read_text(encoding="utf-8")), interpreter)
            else:
                self._install_node(folder)
            (folder / "complete").touch()
        return folder

    def _install_node(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copy(self.file.with_name(name), folder / name)
        run(["npm", "ci", *node.QUIET], cwd=folder)
