"""Runs the demonstrations of an entry, in one process, and says how each ended."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from lab.core.errors import LONGEST as LONGEST_MESSAGE
from lab.core.errors import FailedError, without_addresses
from lab.core.output import moment
from lab.core.processes import finish
from lab.demonstrate.environments import Prepared, Subject, prepare
from macros.schema.measured.demonstrations import DemonstrationOutcome, DemonstrationsRun

LONGEST = 60.0
"""Seconds that the functions of an entry may take together."""
Ended = tuple[float, str]
"""The seconds that a function took, and why it failed; empty if it did not."""


def measure(subject: Subject) -> tuple[DemonstrationsRun, str]:
    """Return how the demonstrations of an entry ended, and the same in a few words."""
    prepared = prepare(subject)
    known = {one.function: one for one in subject.file.demonstrations.values()}
    ended = run(prepared, list(known))
    outcomes = {
        known[name].id: DemonstrationOutcome(
            outcome="failed" if message else "passed", claim=known[name].claim, seconds=seconds, message=message
        )
        for name, (seconds, message) in ended.items()
    }
    result = DemonstrationsRun(
        entry=subject.id,
        package=subject.purl,
        version=prepared.versions[subject.package],
        file=subject.file.path,
        digest=subject.file.digest,
        functions=outcomes,
        packages=dict(prepared.versions),
        lock=prepared.lock,
        runtime=prepared.runtime,
        command=f"python -m lab demonstrations {subject.id}",
        moment=moment(),
    )
    return result, in_words(result)


def run(prepared: Prepared, names: Sequence[str], seconds: float = LONGEST) -> dict[str, Ended]:
    """Return how each function ended, in the order of their names.

    They share a process. A function that ends it, or does not end in time, has failed; those after it get a new one.
    """
    found: dict[str, Ended] = {}
    while waiting := [name for name in names if name not in found]:
        report, why = prepared.folder / "report.jsonl", "it ended the process"
        report.unlink(missing_ok=True)
        try:
            finish([*prepared.command, str(report), str(prepared.file), *waiting], prepared.folder,
                   prepared.variables, seconds)  # fmt: skip
        except FailedError as error:
            why = str(error)
        found |= read(report)
        if missing := [name for name in waiting if name not in found]:
            found[missing[0]] = (0.0, why)
    return {name: (took, _redacted(message, prepared.folder)) for name, (took, message) in found.items()}


def read(report: Path) -> dict[str, Ended]:
    """Return how the functions in a report ended."""
    lines = report.read_text(encoding="utf-8").splitlines() if report.is_file() else []
    ended = map(json.loads, lines)
    return {one["name"]: (one["seconds"], one["message"]) for one in ended}


def _redacted(message: str, folder: Path) -> str:
    """Return a message without what differs from run to run: folders, and places in memory."""
    steady = re.sub(r" at 0x[0-9a-f]+", "", message.replace(str(folder), "…"))
    return without_addresses(steady)[:LONGEST_MESSAGE]


def in_words(result: DemonstrationsRun) -> str:
    """Return the outcomes as one line, with the reasons of those that failed."""
    failed: Mapping[str, str] = {name: one.message for name, one in result.functions.items() if one.message}
    why = "".join(f"; {name}: {message}" for name, message in failed.items())
    return f"{result.version}: {result.count('passed')} passed, {len(failed)} failed{why}"
