"""The pace of the processor: how long work of a known size takes on the server's core, before and after a window.

A virtual processor shares its core with strangers. While they work, everything takes longer, for seconds at a time (1.4
to 1.7 times as long on the machine on which this was written), and none of the clocks that are read shows it. So a
window counts only if the work around it went as fast as it ever did in the run.

Two virtual processors can also be two threads of one core, at times. Then the server is slower while the load works,
and only then. So the processor of the load works as well while the pace is read.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from subprocess import PIPE
from types import TracebackType
from typing import Self

from lab.core.errors import FailedError
from macros.catalog.benchmarks import PROTOCOL

PIECES, MORE, FIRST = 3, 4, 50
"""Pieces of work in a reading; what the other core does meanwhile; readings before the first window."""
WORK = """
import json, sys
from time import process_time

def piece():
    order = {"name": "a b c", "tags": ["x", "y"], "price": 1.5}
    for number in range(2500):
        order["id"] = number
        json.loads(json.dumps(order))
        "".join(sorted(f"path/{number}"))

piece()
for line in sys.stdin:
    begun = process_time()
    for _ in range(int(line)):
        piece()
    print(1000 * (process_time() - begun) / int(line), flush=True)
"""
"""What the server's core does for a reading, in a process of its own: some 10 ms of what servers do, too."""


class Pace:
    """Reads the pace of a core; `fastest` is the least reading so far, in milliseconds of processor time a piece.

    The `other` core does the same work meanwhile, if there is one.
    """

    def __init__(self, core: Sequence[str] = (), other: Sequence[str] = (), first: int = FIRST) -> None:
        self.fastest = float("inf")
        self._cores, self._first = [core, other] if other else [core], first
        self._processes: list[subprocess.Popen[str]] = []

    def __enter__(self) -> Self:
        """Start the processes that work, and read the pace for the first times."""
        for core in self._cores:
            command = [*core, sys.executable, "-I", "-c", WORK]
            self._processes.append(subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True))
        for _ in range(self._first):
            self.read()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End them."""
        for process in self._processes:
            process.kill()
            process.communicate()

    def read(self) -> float:
        """Return the milliseconds of processor time that a piece of work takes now."""
        if not self._processes:
            raise FailedError("the pace is read by nobody")
        core, *others = self._processes
        for process, pieces in [*((other, MORE) for other in others), (core, PIECES)]:
            _ask(process, pieces)
        reading, *_ = map(_said, self._processes)
        self.fastest = min(self.fastest, reading)
        return reading

    def full(self, reading: float) -> bool:
        """Return whether a reading is as fast as the processor ever was in this run, but for noise."""
        return reading <= self.fastest * (1 + (PROTOCOL.pace or 0))


def _ask(process: subprocess.Popen[str], pieces: int) -> None:
    assert process.stdin is not None
    with suppress(BrokenPipeError):  # the answer says so
        process.stdin.write(f"{pieces}\n")
        process.stdin.flush()


def _said(process: subprocess.Popen[str]) -> float:
    assert process.stdout is not None
    said = process.stdout.readline()
    if not said:
        raise FailedError("the process that reads the pace has ended")
    return float(said)
