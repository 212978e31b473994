"""Runs the suite against one application, in a process of its own, and reads what it found."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from lab.books.environments import APPLICATIONS, HOME
from lab.core.errors import LabError, last_line, without_addresses
from lab.core.paths import ROOT
from macros.schema.measured.books import BooksItem

SUITE = Path(__file__).resolve().parent / "suite"
BARE = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
"""The suite uses no plugin of pytest; to load all that are installed takes longer than some of its runs."""
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
        said, complained = _run(command)
        if not report.is_file():
            raise LabError(last_line(complained) or last_line(said))
        outcomes = _outcomes(report.read_text(encoding="utf-8"))
        return Run(outcomes, f"{said}\n{'logs: ' + folder if keep else ''}\n")
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def _run(command: Sequence[str]) -> tuple[str, str]:
    """Return what pytest prints; raise LabError if it takes too long, and leave no server of it behind."""
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | BARE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        errors="replace",
    ) as running:  # fmt: skip
        try:
            return running.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            for child in psutil.Process(running.pid).children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    child.kill()
            running.kill()
            raise LabError(f"the suite took more than {PATIENCE} s") from None


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
