"""The pace of the processor: how long work of a known size takes on the server's core, before and after a window.

A virtual processor shares its core with strangers. While they work, everything takes longer, for seconds at a time (1.7
times as long on the machine on which this was written), and none of the clocks that are read shows it. So a window
counts only if the work around it went as fast as it ever did in the run.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from lab.core.errors import FailedError
from macros.catalog.benchmarks import PROTOCOL

PIECES, FIRST = 3, 50
"""Pieces of work in a reading, and readings before the first window: some of them are at full pace."""
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
    """Reads the pace of a core; `fastest` is the least reading so far, in milliseconds of processor time a piece."""

    def __init__(self, core: Sequence[str] = (), first: int = FIRST) -> None:
        self.fastest = float("inf")
        self._core, self._first = core, first
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        """Start the process that works, and read the pace for the first times."""
        command = [*self._core, sys.executable, "-I", "-c", WORK]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(self._first):
            self.read()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it."""
        if self._process:
            self._process.kill()
            self._process.communicate()

    def read(self) -> float:
        """Return the milliseconds of processor time that a piece of work takes now."""
        if not self._process or not self._process.stdin or not self._process.stdout:
            raise FailedError("the pace is read by nobody")
        self._process.stdin.write(f"{PIECES}\n")
        self._process.stdin.flush()
        said = self._process.stdout.readline()
        if not said:
            raise FailedError("the process that reads the pace has ended")
        reading = float(said)
        self.fastest = min(self.fastest, reading)
        return reading

    def full(self, reading: float) -> bool:
        """Return whether a reading is as fast as the processor ever was in this run, but for noise."""
        return reading <= self.fastest * (1 + (PROTOCOL.pace or 0))
