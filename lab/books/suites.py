"""Runs the suite against one application, in a process of its own, and reads what it found."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lab.books.environments import APPLICATIONS, HOME
from lab.core.errors import LabError, last_line, without_addresses
from lab.core.paths import ROOT
from macros.schema.measured.books import BooksItem

SUITE = Path(__file__).resolve().parent / "suite"
PATIENCE = 900
"""Seconds after which the suite of one application is stopped."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where applications lie, and where they are installed."""

    applications: Path
    home: Path


OURS = Place(APPLICATIONS, HOME)


@dataclass(frozen=True, slots=True)
class Run:
    """The outcome of every item that was asked for, and what pytest printed."""

    outcomes: dict[str, BooksItem]
    output: str


def run_suite(
    name: str,
    place: Place = OURS,
    *,
    only: str = "",
    options: Sequence[str] = (),
    keep: bool = False,
) -> Run:
    """Run the suite against the application `name`; with `only`, the tests of that item alone.

    Raises LabError if it did not finish. `keep` leaves the folders of its servers.
    """
    folder = tempfile.mkdtemp(prefix=f"books-{name}-")
    report = Path(folder) / "report.json"
    command = [sys.executable, "-m", "pytest", str(SUITE), "-q", "--tb=short", "-p", "no:cacheprovider", "-c",
               str(SUITE / "pytest.ini"), f"--rootdir={ROOT}", f"--application={name}",
               f"--folder={place.applications}", f"--home={place.home}", f"--report={report}",
               f"--basetemp={folder}/run", *options]  # fmt: skip
    command += [f"--only={only}", "--maxfail=1"] if only else []
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=False
        )
        if not report.is_file():
            raise LabError(last_line(done.stderr) or last_line(done.stdout))
        outcomes = _outcomes(report.read_text(encoding="utf-8"))
        return Run(outcomes, f"{done.stdout}\n{'logs: ' + folder if keep else ''}\n")
    except subprocess.TimeoutExpired:
        raise LabError(f"the suite took more than {PATIENCE} s") from None
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _outcomes(report_text: str) -> dict[str, BooksItem]:
    """Return the outcome of every item in a report of the suite, without the names of this machine."""
    found: dict[str, dict[str, Any]] = json.loads(report_text)
    return {
        name: BooksItem(**(outcome | {"reason": _redacted(outcome.get("reason", ""))}))
        for name, outcome in found.items()
    }


def _redacted(text: str) -> str:
    for folder in (str(HOME), tempfile.gettempdir()):
        text = text.replace(folder, "…")
    return without_addresses(text)
