"""Locked Python environments: a Python of this machine, requirements with hashes, the folder they are installed in.

`make` is all that a measurement needs; the rest says which Pythons this machine has and what the newest release is.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from lab.core.errors import LabError
from lab.core.tools import bare_variables, uv

SERIES = ("3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15")
"""Every series of CPython that the lab knows, oldest first. There is no second list."""
LOCKED = "3.13"
"""The series that committed locks are resolved for, unless they say otherwise."""
AFTER_ALL = "3.99"
"""A Python later than any other: what can be installed on it is the newest release."""


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A CPython of this machine: its full version and its executable."""

    version: str
    path: Path

    @property
    def series(self) -> str:
        """Return its first two numbers: `3.13`."""
        return ".".join(self.version.split(".")[:2])


@dataclass(frozen=True, slots=True)
class Lock:
    """Requirements resolved for one Python: the text with hashes and without hosts, and what it pins."""

    text: str

    @property
    def versions(self) -> dict[str, str]:
        """Return the pinned version of every package."""
        lines = (line.rstrip(" \\") for line in self.text.splitlines() if line[:1].isalnum())
        return {canonicalize_name(pin.name): _pinned_version(pin) for pin in map(Requirement, lines)}

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def _pinned_version(pin: Requirement) -> str:
    return next(part.version for part in pin.specifier)


@dataclass(frozen=True, slots=True)
class Environment:
    """A folder in which a lock has been installed."""

    path: Path
    interpreter: Interpreter
    lock: Lock

    @property
    def python(self) -> Path:
        """Return its own interpreter."""
        return self.path / "bin" / "python"

    @property
    def packages(self) -> Path:
        """Return the folder with the installed packages."""
        return self.path / "lib" / f"python{self.interpreter.series}" / "site-packages"

    def variables(self) -> dict[str, str]:
        """Return the variables that its programs run with: nothing of this machine's but what they need."""
        return bare_variables(self.path / "bin") | {"VIRTUAL_ENV": str(self.path)}


@cache
def interpreters() -> tuple[Interpreter, ...]:
    """Return the finished CPythons of this machine from SERIES[0] on, the newest of each series, newest first.

    uv looks on the PATH and among its own. pyenv's are added to the PATH, since its shims run only the selected ones.
    """
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *map(str, sorted(pyenv.glob("versions/*/bin")))])
    listed = json.loads(uv("python", "list", "--only-installed", "--output-format", "json", variables={"PATH": path}))
    return newest_of_each(listed)


def newest_of_each(listed: Sequence[Mapping[str, str]]) -> tuple[Interpreter, ...]:
    """Return the interpreters in the answer of `uv python list`: the newest of each series, newest first.

    An executable that is called `python` is preferred to others beside it: installed scripts name the executable, and
    their bytes are part of a package's size.
    """
    usual = [item for item in listed if (item["implementation"], item["variant"]) == ("cpython", "default")]
    places = {(item["version"], Path(item["path"])) for item in usual}
    found: dict[str, Interpreter] = {}
    for item in sorted(usual, key=lambda one: Version(one["version"]), reverse=True):
        version, path = item["version"], Path(item["path"])
        plain = path.with_name("python")
        interpreter = Interpreter(version, plain if (version, plain) in places else path)
        if not Version(version).is_prerelease and Version(version) >= Version(SERIES[0]):
            found.setdefault(interpreter.series, interpreter)
    return tuple(found.values())


def newest(at_least: str = SERIES[0], at_most: str | None = None) -> Interpreter:
    """Return the newest Python of this machine whose series lies between two; raise LabError if there is none."""
    highest = Version(at_most) if at_most else None
    for found in interpreters():
        series = Version(found.series)
        if series >= Version(at_least) and (highest is None or series <= highest):
            return found
    wanted = at_least if at_least == at_most else f"{at_least} or later" + (f", up to {at_most}" if at_most else "")
    raise LabError(f"This machine has no Python {wanted}. Install one, for example with uv or pyenv.")


def later_series() -> tuple[str, ...]:
    """Return the known series after this machine's newest: their packages can be read as installed, not run."""
    return tuple(series for series in SERIES if Version(series) > Version(newest().series))


@cache
def newest_release(package: str) -> str:
    """Return the newest release of a Python package, for whichever Python it needs."""
    asked = ("--no-deps", "--python-version", AFTER_ALL)
    return Lock(_compile([package], newest(), *asked)).versions[canonicalize_name(package)]


def resolve(requirements: Sequence[str], interpreter: Interpreter, for_python: str | None = None) -> Lock:
    """Return the lock of the requirements; raise RefusedError if that Python cannot meet them.

    `for_python` resolves for another series than the interpreter's own: to be read, not to be run.
    """
    return Lock(_compile(requirements, interpreter, *(["--python-version", for_python] if for_python else [])))


def _compile(requirements: Sequence[str], interpreter: Interpreter, *options: str) -> str:
    asked = ["--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header", "--quiet"]
    command = ["pip", "compile", "-", "--python", str(interpreter.path), *asked, *options]
    return uv(*command, text="\n".join(requirements))


def make(path: Path, lock: Lock, interpreter: Interpreter, for_python: str | None = None) -> Environment:
    """Return a fresh environment in `path` with exactly what the lock says; what was there before is removed."""
    environment = Environment(path, interpreter, lock)
    shutil.rmtree(path, ignore_errors=True)
    uv("venv", "--quiet", "--python", str(interpreter.path), str(path))
    requirements = path / "requirements.txt"
    requirements.write_text(lock.text, encoding="utf-8")
    target = ["--python-version", for_python] if for_python else []
    uv("pip", "sync", "--quiet", "--require-hashes", "--python", str(environment.python), *target, str(requirements))
    return environment


def package_of(requirement: str) -> str:
    """Return the name of the package that a requirement asks for, as registries compare it."""
    return canonicalize_name(Requirement(requirement).name)


def pinned(requirements: Sequence[str], versions: Mapping[str, str]) -> list[str]:
    """Return the requirements, with those in `versions` pinned to their version; extras are kept."""
    found = []
    for asked in map(Requirement, requirements):
        if version := versions.get(canonicalize_name(asked.name)):
            asked.specifier = SpecifierSet(f"=={version}")
        found.append(str(asked))
    return found


def bytes_in(folder: Path) -> int:
    """Return the bytes of all files below the folder, without compiled bytecode and without links."""
    files = (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return sum(file.stat().st_size for file in files if file.suffix != ".pyc")
