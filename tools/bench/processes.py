"""Runs a command and says what it cost."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_UNIT = 1 if platform.system() == "Darwin" else 1024
"""Bytes in the unit of the largest memory that the system reports."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took: seconds of processor time, seconds on the clock, and its largest memory in MiB."""

    cpu: float
    wall: float
    memory: float


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Run:
    """Run the command in the folder and return its cost; end the program with the command's output if it fails.

    The system counts the memory of a process from before it is given its program, when it still has that of the
    process which starts it. So whoever calls this must stay small; the catalogs are written by another process.
    """
    with tempfile.TemporaryFile() as output:
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(f"{output.read().decode(errors='replace')}\nThis failed: {' '.join(command)}")
    return Run(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * _UNIT / 2**20)


def middle(runs: Sequence[Run]) -> Run:
    """Return the median of each figure."""
    return Run(median(run.cpu for run in runs), median(run.wall for run in runs), median(run.memory for run in runs))


def say(text: str) -> None:
    """Show progress, beside the tables that go to the standard output."""
    print(text, file=sys.stderr, flush=True)
