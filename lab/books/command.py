"""`python -m lab books [APPLICATION …]`: the suite against every application, several at a time."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lab.books.environments import APPLICATIONS, HOME, Prepared, lock, prepare
from lab.books.items import items
from lab.books.newest import move
from lab.core.errors import LabError, last_line, without_addresses
from lab.core.output import machine, moment, write_result
from lab.core.paths import MEASURED, ROOT
from lab.core.progress import Progress, clock
from lab.core.runner import chosen, for_each, report
from macros.code import applications
from macros.code.applications import Application
from macros.schema.measured.books import BooksItem, BooksRun

SUITE = Path(__file__).resolve().parent / "suite"
WORKERS = 3
"""Applications at a time: most of a suite is waiting."""
PATIENCE = 420
"""Seconds after which the suite of one application is stopped."""


class Tested(NamedTuple):
    """What the suite found in one application, and what pytest printed."""

    result: BooksRun
    seconds: float
    output: str


def main(arguments: list[str]) -> int:
    """Return 0 if every item of every application passed or is declared absent, 1 otherwise, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    found, problems = applications.load(APPLICATIONS)
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    ids = chosen(options.application, list(found))
    if options.lock or options.newest:
        return _lock_all(found, ids, newest=options.newest)
    return _test_all(found, ids, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab books", description=__doc__)
    parser.add_argument("application", nargs="*", help="ids of lab/apps/; all if none is named")
    parser.add_argument("--check", action="store_true", help="write no results")
    parser.add_argument("--lock", action="store_true", help="write the locks of the applications, and run nothing")
    parser.add_argument("--newest", action="store_true", help="the same, with the newest direct dependencies")
    parser.add_argument("--keep", action="store_true", help="print what the suite prints, and keep its folders")
    parser.add_argument("-k", metavar="WORDS", help="only the tests that pytest's -k selects; writes no results")
    parser.add_argument("--workers", type=int, default=WORKERS, help=f"applications at a time; {WORKERS}")
    return parser


def _lock_all(found: Mapping[str, Application], ids: list[str], *, newest: bool) -> int:
    """Lock the applications, with their newest direct dependencies if asked; return 1 if one could not be locked."""
    progress = Progress(len(ids))
    failed = for_each(ids, lambda name: _lock(found[name], newest=newest), lambda _, stay: "; ".join(["locked", *stay]))
    return report(failed, len(ids), progress.elapsed, "locked")


def _lock(application: Application, *, newest: bool) -> list[str]:
    """Lock an application; return the dependencies that stay at a release, with the reason of each."""
    if newest:
        return move(application)
    lock(application)
    return []


def _test_all(found: Mapping[str, Application], ids: list[str], options: argparse.Namespace) -> int:
    conforming = []

    def keep(name: str, tested: Tested) -> str:
        if not (options.check or options.k):
            write_result(MEASURED / "books" / f"{name}.json", tested.result)
        if options.keep:
            sys.stderr.write(tested.output)
        if not tested.result.count("failed"):
            conforming.append(name)
        return _in_words(tested)

    progress = Progress(len(ids))
    for_each(ids, lambda name: _test(found[name], options), keep, workers=options.workers)
    sys.stderr.write(f"{len(conforming)} of {len(ids)} applications conform, in {clock(progress.elapsed)}\n")
    return 0 if len(conforming) == len(ids) else 1


def _test(application: Application, options: argparse.Namespace) -> Tested:
    """Return what the suite finds in one application; raise LabError or RefusedError if it cannot be run."""
    began = time.monotonic()
    prepared = prepare(application)
    outcomes, output = _suite(prepared, options)
    return Tested(_result(prepared, outcomes), time.monotonic() - began, output)


def _suite(prepared: Prepared, options: argparse.Namespace) -> tuple[dict[str, BooksItem], str]:
    """Return the outcome of every item, and what pytest printed; raise LabError if it did not finish."""
    folder = tempfile.mkdtemp(prefix=f"books-{prepared.id}-")
    report_file = Path(folder) / "report.json"
    try:
        command = [sys.executable, "-m", "pytest", str(SUITE), "-q", "--tb=short", "-p", "no:cacheprovider", "-c",
                   str(SUITE / "pytest.ini"), f"--rootdir={ROOT}", f"--application={prepared.id}",
                   f"--report={report_file}", f"--basetemp={folder}/run"]  # fmt: skip
        command += ["-k", options.k] if options.k else []
        try:
            done = subprocess.run(
                command, cwd=ROOT, capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            raise LabError(f"the suite took more than {PATIENCE} s") from None
        if not report_file.is_file():
            raise LabError(last_line(done.stderr) or last_line(done.stdout))
        outcomes = _outcomes(report_file.read_text(encoding="utf-8"))
        if options.k:
            outcomes = {name: outcome for name, outcome in outcomes.items() if outcome.tests}
        return outcomes, f"{done.stdout}\n{'logs: ' + folder if options.keep else ''}\n"
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


def _outcomes(report_text: str) -> dict[str, BooksItem]:
    """Return the outcome of every item in a report of the suite, without the names of this machine."""
    found: dict[str, dict[str, Any]] = json.loads(report_text)
    return {
        name: BooksItem(**(outcome | {"reason": _redacted(outcome.get("reason", ""))}))
        for name, outcome in found.items()
    }


def _result(prepared: Prepared, outcomes: Mapping[str, BooksItem]) -> BooksRun:
    """Return what is written: the outcomes in the order of the contract, and what was tested."""
    application = prepared.application
    direct, versions = application.dependencies, prepared.versions
    return BooksRun(
        entry=application.id,
        items={name: outcomes[name] for name in items() if name in outcomes},
        files=applications.digest(application.folder),
        packages={name: versions[name] for name in direct if name in versions},
        runtime=prepared.runtime,
        machine=machine(),
        command=f"python -m lab books {application.id}",
        moment=moment(),
    )


def _redacted(text: str) -> str:
    for folder in (str(HOME), tempfile.gettempdir()):
        text = text.replace(folder, "…")
    return without_addresses(text)


def _in_words(tested: Tested) -> str:
    """Return how many items passed, and why others did not."""
    run = tested.result
    head = f"{run.count('passed')} passed, {run.count('absent')} absent, {run.count('failed')} failed"
    failed = {name: item for name, item in run.items.items() if item.outcome == "failed"}
    reasons = [f"    {name}: {item.reason}" for name, item in failed.items()]
    return "\n".join([f"{head}, {tested.seconds:.0f} s", *reasons])
