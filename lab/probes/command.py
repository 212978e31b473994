"""The command `python -m lab probes`: locks stacks, runs them, shows what they answered."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TypeVar

from lab.core.python import ROOT
from lab.probes import environments, results, run, stacks
from lab.probes.questions import PROBES
from lab.probes.results import Answer, StackResult
from lab.probes.run import Outcome
from lab.probes.stacks import Stack

MEASURED = ROOT / "data" / "measured" / "probes"
Done = TypeVar("Done")
INTERRUPTED = 130
ANSWERS: tuple[Answer, ...] = ("pass", "opt-in", "absent", "fail")


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status: 0, 1 where a stack did not run, 2 for a wrong use, 130 if stopped."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if options.questions:
        return _questions()
    try:
        chosen = [stacks.by_id(name) for name in options.stack] or list(stacks.ALL)
    except KeyError as error:
        _say(error.args[0], wrong=True)
        return 2
    if options.lock:
        return _for_each(chosen, options.jobs, environments.lock, _locked)
    return _probe(chosen, options.jobs, options.output)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab probes", description="Put the probes to the stacks.")
    parser.add_argument("--stack", action="append", default=[], metavar="ID", help="a stack; all, if none is named")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="stacks at once (2)")
    parser.add_argument("--lock", action="store_true", help="resolve the requirements anew, probe nothing")
    parser.add_argument("--questions", action="store_true", help="list the probes")
    parser.add_argument("--output", type=Path, default=MEASURED, metavar="FOLDER", help="where results are written")
    return parser


def _say(line: str, *, wrong: bool = False) -> None:
    stream = sys.stderr if wrong else sys.stdout
    stream.write(f"{line}\n")
    stream.flush()


def _questions() -> int:
    for probe in PROBES.values():
        _say(f"{probe.subject:12} {probe.id:24} {probe.question}")
    return 0


def _locked(newest: dict[str, str]) -> str:
    environments.keep_latest(newest)
    return "locked: " + ", ".join(f"{name} {version}" for name, version in newest.items())


def _probe(chosen: Sequence[Stack], jobs: int, output: Path) -> int:
    found: list[StackResult] = []

    def done(outcome: Outcome) -> str:
        found.append(outcome.result)
        if outcome.result.stack != stacks.CONTROL.id:
            results.write(output, outcome.result)
        notes = [*outcome.remarks, *(f"{name} is withheld: it may be a vulnerability" for name in outcome.withheld)]
        return _counts(outcome.result) + "".join(f"\n        {note}" for note in notes)

    status = _for_each(chosen, jobs, run.run, done)
    _table(sorted(found, key=lambda result: result.stack))
    return status


def _for_each(chosen: Sequence[Stack], jobs: int, work: Callable[[Stack], Done], done: Callable[[Done], str]) -> int:
    """Do the work for each stack, with a line of progress each; return 1 if it failed for any."""
    begun = time.perf_counter()
    failed = []
    pool = ThreadPoolExecutor(max(1, jobs))
    try:
        running = {pool.submit(work, stack): stack for stack in chosen}
        for number, future in enumerate(as_completed(running), 1):
            stack = running[future]
            try:
                said = done(future.result())
            except Exception as error:
                failed.append(stack.id)
                said = f"FAILED: {type(error).__name__}: {' '.join(str(error).split())[:500]}"
            _say(f"[{number:2}/{len(chosen)}] {time.perf_counter() - begun:5.0f} s  {stack.id:22} {said}")
    except KeyboardInterrupt:
        _say("Interrupted: the stacks that run are stopped, the others are left out, old results stand.", wrong=True)
        return INTERRUPTED
    finally:
        pool.shutdown(cancel_futures=True)
    if failed:
        _say(f"Not run: {', '.join(sorted(failed))}. Their old results stand.", wrong=True)
    _say(f"{len(chosen) - len(failed)} of {len(chosen)} stacks in {time.perf_counter() - begun:.0f} s")
    return 1 if failed else 0


def _counts(result: StackResult) -> str:
    return "  ".join(f"{answer} {result.count(answer):2}" for answer in ANSWERS) + f"  {result.seconds:.1f} s"


def _table(found: Iterable[StackResult]) -> None:
    """Print a row for each stack: one letter for each probe (p pass, o opt-in, - absent, F fail)."""
    letters = {"pass": "p", "opt-in": "o", "absent": "-", "fail": "F"}
    found = list(found)
    if not found:
        return
    width = max(len(result.stack) for result in found)
    for number, probe in enumerate(PROBES, 1):
        column = "".join(letters[result.probes[probe].answer] if probe in result.probes else " " for result in found)
        _say(f"{number:3} {probe:24} {column}")
    for place, result in enumerate(found, 1):
        _say(f"    column {place:2}: {result.stack:{width}}  {_counts(result)}")
