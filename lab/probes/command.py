"""The command `python -m lab probes`: locks setups, runs them, shows what they answered."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from lab.core.output import write_result
from lab.core.paths import MEASURED
from lab.core.progress import Progress
from lab.core.runner import for_each, report
from lab.probes import environments, run, setups
from lab.probes.questions import PROBES
from lab.probes.results import Outcome
from lab.probes.setups import Setup
from macros.schema.measured.probes import Answer, SetupRun

Done = TypeVar("Done")
ANSWERS: tuple[Answer, ...] = ("pass", "opt-in", "absent", "not-present", "fail")


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status: 0, 1 if a setup did not run, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    if options.questions:
        return _questions()
    try:
        chosen = [setups.by_id(name) for name in options.setup] or list(setups.ALL)
    except KeyError as error:
        sys.stderr.write(f"{error.args[0]}\n")
        return 2
    if options.lock:
        return _lock(chosen, options.jobs)
    return _probe(chosen, options.jobs, options.output)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab probes", description="Ask the setups the probes.")
    parser.add_argument("--setup", action="append", default=[], metavar="ID", help="a setup; all if none is named")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="setups at once (2)")
    parser.add_argument("--lock", action="store_true", help="resolve the requirements again, and probe nothing")
    parser.add_argument("--questions", action="store_true", help="list the probes")
    parser.add_argument(
        "--output", type=Path, default=MEASURED / "probes", metavar="FOLDER", help="where results are written"
    )
    return parser


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _questions() -> int:
    for probe in PROBES.values():
        _say(f"{probe.subject:12} {probe.id:24} {probe.question}")
    return 0


def _lock(chosen: Sequence[Setup], jobs: int) -> int:
    def keep(_: str, versions: dict[str, str]) -> str:
        return "locked: " + ", ".join(f"{name} {version}" for name, version in versions.items())

    return _for_each(chosen, jobs, environments.lock, keep, "locked")


def _probe(chosen: Sequence[Setup], jobs: int, output: Path) -> int:
    found: list[SetupRun] = []

    def keep(_: str, outcome: Outcome) -> str:
        found.append(outcome.result)
        if outcome.result.setup != setups.CONTROL.id:
            write_result(output / f"{outcome.result.setup}.json", outcome.result)
        notes = [*outcome.remarks, *(f"{name} is withheld: it may be a vulnerability" for name in outcome.withheld)]
        return f"{_counts(outcome.result)}  {outcome.seconds:.1f} s" + "".join(f"\n        {note}" for note in notes)

    status = _for_each(chosen, jobs, run.run, keep, "probed")
    _table(sorted(found, key=lambda result: result.setup))
    return status


def _for_each(
    chosen: Sequence[Setup], jobs: int, work: Callable[[Setup], Done], keep: Callable[[str, Done], str], what: str
) -> int:
    by_id, progress = {setup.id: setup for setup in chosen}, Progress(len(chosen))
    failed = for_each(list(by_id), lambda name: work(by_id[name]), keep, workers=jobs)
    return report(failed, len(by_id), progress.elapsed, what)


def _counts(result: SetupRun) -> str:
    return "  ".join(f"{answer} {result.count(answer):2}" for answer in ANSWERS)


def _table(found: Iterable[SetupRun]) -> None:
    """Print a row for each setup: one letter for each probe (p pass, o opt-in, - absent, n not present, F fail)."""
    letters = {"pass": "p", "opt-in": "o", "absent": "-", "not-present": "n", "fail": "F"}
    found = list(found)
    if not found:
        return
    width = max(len(result.setup) for result in found)
    for number, probe in enumerate(PROBES, 1):
        column = "".join(letters[result.probes[probe].answer] if probe in result.probes else " " for result in found)
        _say(f"{number:3} {probe:24} {column}")
    for place, result in enumerate(found, 1):
        _say(f"    column {place:2}: {result.setup:{width}}  {_counts(result)}")
