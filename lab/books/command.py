"""`python -m lab books [APPLICATION …]`: the suite against every application, several at a time."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from lab.books.environments import APPLICATIONS, HOME, Prepared, lock, prepare
from lab.books.items import items
from lab.core.output import MEASURED, chosen, machine, moment, write
from lab.core.progress import Progress, clock
from lab.core.python import ROOT, LabError, RefusedError, last_line, without_addresses
from macros.code import applications
from macros.code.applications import Application

SUITE = Path(__file__).resolve().parent / "suite"
WORKERS = 3
"""Applications at a time: most of a suite is waiting."""
PATIENCE = 420
"""Seconds after which the suite of one application is ended."""


def main(arguments: list[str]) -> int:
    """Return 0 if every item of every application passed or is declared absent, 1 otherwise, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    found, problems = applications.load(APPLICATIONS)
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    ids = chosen(options.application, list(found))
    if options.lock:
        return _lock_all([found[name] for name in ids])
    progress = Progress(len(ids))
    with ThreadPoolExecutor(options.workers) as pool:
        results = list(pool.map(lambda name: _one(found[name], options, progress), ids))
    whole = sum(1 for result in results if result and not _failed(result))
    sys.stderr.write(f"{whole} of {len(ids)} applications conform, in {clock(progress.elapsed)}\n")
    return 0 if whole == len(ids) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab books", description=__doc__)
    parser.add_argument("application", nargs="*", help="ids of lab/apps/; all of them where none is named")
    parser.add_argument("--check", action="store_true", help="write no results")
    parser.add_argument("--lock", action="store_true", help="write the locks of the applications, and run nothing")
    parser.add_argument("--keep", action="store_true", help="print what the suite says, and leave its folders")
    parser.add_argument("-k", metavar="WORDS", help="only the tests that pytest's -k selects; writes no results")
    parser.add_argument("--workers", type=int, default=WORKERS, help=f"applications at a time; {WORKERS}")
    return parser


def _lock_all(chosen_ones: Sequence[Application]) -> int:
    progress = Progress(len(chosen_ones))
    for application in chosen_ones:
        lock(application)
        progress.step(f"{application.id}: locked")
    return 0


def _one(application: Application, options: argparse.Namespace, progress: Progress) -> dict[str, Any] | None:
    """Run the suite against one application, write what it found, and tell it on the line of progress."""
    began = progress.elapsed
    try:
        prepared = prepare(application)
        outcomes, output = _suite(prepared, options)
    except (LabError, RefusedError, OSError) as error:
        progress.step(f"{application.id}: could not be run: {last_line(str(error))}")
        return None
    result = _result(prepared, outcomes, round(progress.elapsed - began, 1))
    if not (options.check or options.k):
        write(MEASURED / "books" / f"{application.id}.json", result)
    progress.step(_told(application.id, result))
    if options.keep:
        sys.stderr.write(output)
    return result


def _suite(prepared: Prepared, options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Return the outcome of every item, and what pytest said; raise LabError where it did not come to an end."""
    folder = tempfile.mkdtemp(prefix=f"books-{prepared.id}-")
    report = Path(folder) / "report.json"
    try:
        command = [sys.executable, "-m", "pytest", str(SUITE), "-q", "--tb=short", "-p", "no:cacheprovider", "-c",
                   str(SUITE / "pytest.ini"), f"--rootdir={ROOT}", f"--application={prepared.id}",
                   f"--report={report}", f"--basetemp={folder}/run"]  # fmt: skip
        command += ["-k", options.k] if options.k else []
        try:
            done = subprocess.run(
                command, cwd=ROOT, capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            raise LabError(f"the suite took more than {PATIENCE} s") from None
        if not report.is_file():
            raise LabError(last_line(done.stderr) or last_line(done.stdout))
        outcomes: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
        if options.k:
            outcomes = {name: outcome for name, outcome in outcomes.items() if outcome["tests"]}
        return outcomes, f"{done.stdout}\n{'logs: ' + folder if options.keep else ''}\n"
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


def _result(prepared: Prepared, outcomes: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Return what is written: the outcomes in the order of the contract, and what they were found with."""
    application = prepared.application
    for outcome in outcomes.values():
        if "reason" in outcome:
            outcome["reason"] = _redacted(outcome["reason"])
    return {
        "entry": application.id,
        "items": {name: outcomes[name] for name in items() if name in outcomes},
        "files": applications.digest(application.folder),
        "packages": _packages(prepared),
        "runtime": prepared.runtime,
        "machine": machine(),
        "command": f"python -m lab books {application.id}",
        "moment": moment(),
        "seconds": seconds,
    }


def _redacted(text: str) -> str:
    for folder in (str(HOME), tempfile.gettempdir()):
        text = text.replace(folder, "…")
    return without_addresses(text)


def _packages(prepared: Prepared) -> dict[str, str]:
    """Return the locked version of every direct dependency."""
    if prepared.environment:
        versions = prepared.environment.lock.versions
    else:
        locked = json.loads((prepared.folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        versions = {
            name.removeprefix("node_modules/"): package["version"]
            for name, package in locked.items()
            if name.count("node_modules/") == 1
        }
    return {name: versions[name] for name in applications.direct_dependencies(prepared.application) if name in versions}


def _failed(result: dict[str, Any]) -> dict[str, Any]:
    return {name: outcome for name, outcome in result["items"].items() if outcome["outcome"] == "failed"}


def _told(name: str, result: dict[str, Any]) -> str:
    """Return the line of progress of an application: how many items passed, and why others did not."""
    counts = dict.fromkeys(("passed", "absent", "failed"), 0)
    for outcome in result["items"].values():
        counts[outcome["outcome"]] += 1
    head = f"{name}: {counts['passed']} passed, {counts['absent']} absent, {counts['failed']} failed"
    reasons = [f"    {item}: {outcome.get('reason', '')}" for item, outcome in _failed(result).items()]
    return "\n".join([f"{head}, {result['seconds']:.0f} s", *reasons])
