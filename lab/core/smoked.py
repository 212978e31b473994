"""What the smoke tests found: the Python on which the program of an entry passes, and what it needs besides."""

from __future__ import annotations

from lab.core import python
from lab.core.errors import LabError
from lab.core.output import read_result
from lab.core.paths import MEASURED
from lab.core.python import Interpreter
from macros.schema.measured.smoke import Smoke


def python_of(entry: str) -> tuple[Interpreter, list[str]]:
    """Return the Python on which the entry's program passes, and what must be installed as well.

    Raises LabError if it passes on no Python of this machine, or if there is no smoke test yet.
    """
    version, cure = _newest(entry)
    fitting = [found for found in python.interpreters() if found.version == version]
    if not fitting:
        raise LabError(f"its program passes on no Python of this machine ({version or 'on none at all'})")
    return fitting[0], cure


def newest_of(entry: str) -> tuple[Interpreter, list[str]]:
    """Return this machine's newest Python up to the one on which the program passes, and what must be installed too.

    Raises LabError as `python_of` does.
    """
    version, cure = _newest(entry)
    if version is None:
        raise LabError("its program passes on no Python at all")
    return python.newest(at_most=".".join(version.split(".")[:2])), cure


def _newest(entry: str) -> tuple[str | None, list[str]]:
    file = MEASURED / "smoke" / f"{entry}.json"
    if not file.is_file():
        raise LabError(f"nobody knows yet which Python it runs on. Run: python -m lab smoke {entry}")
    smoke = read_result(file, Smoke)
    cure = smoke.cured if smoke.cured and smoke.cured.outcome == "pass" else None
    version = smoke.newest_python or (cure.python if cure else None)
    return version, [] if smoke.newest_python or not cure else list(cure.added)
