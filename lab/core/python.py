"""Locked environments: a Python of this machine, requirements with hashes, and the folder they are installed in.

`make` is all that a module needs; the rest says which Pythons there are and what the newest release is.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "lab"
PYTHONS = ("3.13", "3.12", "3.11", "3.10", "3.9", "3.8")
"""Series of CPython that are looked for, newest first."""
AFTER_ALL = "3.99"
"""A Python later than any: what can be installed on it is the newest release."""
PATIENCE = 600
"""Seconds after which an installer is ended."""

REFUSALS = ("No solution found", "Failed to build", "no wheels with a matching", "has no usable wheels")
NETWORK = ("error sending request", "Failed to fetch", "dns error", "timed out", "Connection re", "os error")


class LabError(Exception):
    """The lab itself could not work: nothing can be said of the package."""


class RefusedError(Exception):
    """The package cannot be installed there; the text is the installer's reason."""


@dataclass(frozen=True, slots=True, order=True)
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
        return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^\s;]+)", self.text, re.MULTILINE))

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


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
        """Return the variables that programs in it are run with: nothing of this machine's but what they need."""
        return bare_variables(self.path / "bin") | {"VIRTUAL_ENV": str(self.path)}


def bare_variables(*folders: Path) -> dict[str, str]:
    """Return variables for a program that is to find only `folders` and the system's own commands."""
    path = os.pathsep.join([*map(str, folders), "/usr/local/bin", "/usr/bin", "/bin"])
    kept = {name: os.environ[name] for name in ("LANG", "HOME", "TMPDIR") if name in os.environ}
    return kept | {"PATH": path, "PYTHONNOUSERSITE": "1", "PYTHONUNBUFFERED": "1"}


def run(command: Sequence[str], *, cwd: Path | None = None, seconds: float = PATIENCE, text: str = "") -> str:
    """Return what the command prints; raise RefusedError or LabError with what it complains of.

    It is ended after `seconds`, and then counts as a failure of the lab.
    """
    variables = os.environ | {"UV_PYTHON_DOWNLOADS": "never", "NO_COLOR": "1"}
    try:
        done = subprocess.run(
            command, cwd=cwd, env=variables, input=text, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise LabError(f"{command[0]} took more than {seconds:g} s") from None
    if done.returncode == 0:
        return done.stdout
    complaint = done.stderr.strip() or done.stdout.strip() or f"exit status {done.returncode}"
    refused = any(sign in complaint for sign in REFUSALS) and not any(sign in complaint for sign in NETWORK)
    raise (RefusedError if refused else LabError)(without_addresses(complaint))


def without_addresses(text: str) -> str:
    """Return the text without addresses and without the folders of this machine."""
    plain = re.sub(r"\b(?:https?|file)://[^\s`'\")]+", "…", text)
    for folder in (str(ROOT), str(Path.home()), sys.prefix):
        plain = plain.replace(folder, "…")
    return plain


def last_line(text: str, most: int = 300) -> str:
    """Return the last line that says something, at most `most` characters of it."""
    lines = [line.strip() for line in text.splitlines() if line.strip(" \t─╰╯│^~")]
    return without_addresses(lines[-1])[:most] if lines else ""


def uv(*arguments: str, text: str = "") -> str:
    """Return what uv prints; it is the one beside this Python, or the one on the path."""
    beside = Path(sys.executable).with_name("uv")
    found = str(beside) if beside.is_file() else shutil.which("uv")
    if not found:
        raise LabError("uv is missing. Install it: python -m pip install uv")
    return run([found, *arguments], text=text)


@cache
def interpreters() -> tuple[Interpreter, ...]:
    """Return the Pythons of this machine, one a series, newest first: from the path, and from pyenv."""
    found = (_interpreter(series) for series in PYTHONS)
    return tuple(interpreter for interpreter in found if interpreter)


def _interpreter(series: str) -> Interpreter | None:
    candidates = [shutil.which(f"python{series}"), *_of_pyenv(series)]
    for candidate in filter(None, candidates):
        version = _version_of(candidate)
        if version and version.startswith(f"{series}."):
            return Interpreter(version, Path(candidate))
    return None


def _of_pyenv(series: str) -> Iterable[str]:
    pyenv = shutil.which("pyenv")
    if not pyenv:
        return []
    versions = run([pyenv, "versions", "--bare"], seconds=20).split()
    root = Path(run([pyenv, "root"], seconds=20).strip())
    fitting = [version for version in versions if version.startswith(f"{series}.")]
    return [str(root / "versions" / version / "bin" / "python") for version in reversed(fitting)]


def _version_of(executable: str) -> str:
    """Return the version that the executable says it has, or nothing where it does not run."""
    question = "import platform; print(platform.python_version())"
    try:
        return run([executable, "-I", "-c", question], seconds=20).strip()
    except (LabError, RefusedError, OSError):
        return ""


@cache
def newest_release(package: str) -> str:
    """Return the newest release of a Python package, whichever Python it asks for."""
    asked = ("--no-deps", "--python-version", AFTER_ALL)
    return Lock(_compile([package], interpreters()[0], *asked)).versions[canonical(package)]


def canonical(package: str) -> str:
    """Return the name as the registry compares it: lower case, hyphens."""
    return re.sub(r"[-_.]+", "-", package).lower()


def resolve(requirements: Sequence[str], interpreter: Interpreter, for_python: str | None = None) -> Lock:
    """Return the lock of the requirements; raise RefusedError where they cannot be met on that Python.

    `for_python` resolves for another series than the interpreter's own: to be read, not to be run.
    """
    return Lock(_compile(requirements, interpreter, *(["--python-version", for_python] if for_python else [])))


def _compile(requirements: Sequence[str], interpreter: Interpreter, *options: str) -> str:
    asked = ["--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header", "--quiet"]
    command = ["pip", "compile", "-", "--python", str(interpreter.path), *asked, *options]
    return uv(*command, text="\n".join(requirements))


def make(path: Path, lock: Lock, interpreter: Interpreter, for_python: str | None = None) -> Environment:
    """Return a fresh environment in `path` with exactly what the lock says; whatever stood there is gone."""
    environment = Environment(path, interpreter, lock)
    shutil.rmtree(path, ignore_errors=True)
    uv("venv", "--quiet", "--python", str(interpreter.path), str(path))
    requirements = path / "requirements.txt"
    requirements.write_text(lock.text, encoding="utf-8")
    target = ["--python-version", for_python] if for_python else []
    uv("pip", "sync", "--quiet", "--require-hashes", "--python", str(environment.python), *target, str(requirements))
    return environment


def pinned(requirements: Sequence[str], versions: Mapping[str, str]) -> list[str]:
    """Return the requirements, those in `versions` pinned to their version; extras stay."""
    names = {requirement: canonical(requirement.split("[")[0]) for requirement in requirements}
    return [f"{asked}=={versions[name]}" if name in versions else asked for asked, name in names.items()]


def bytes_in(folder: Path) -> int:
    """Return the bytes of all files below the folder, without compiled bytecode and without links."""
    files = (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return sum(file.stat().st_size for file in files if file.suffix != ".pyc")
