"""A bar for long work: done, total and elapsed time, on the standard error stream."""

from __future__ import annotations

import sys
import time
from typing import TextIO

WIDTH = 24


def clock(seconds: float) -> str:
    """Return a duration as minutes and seconds, such as `3:07`."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


class Progress:
    """Counts steps of `total`; draws in place on a terminal, and a line a step elsewhere."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self.total, self.done = total, 0
        self.stream = stream or sys.stderr
        self.started = time.monotonic()

    @property
    def elapsed(self) -> float:
        """Return the seconds since the first step could begin."""
        return time.monotonic() - self.started

    def step(self, label: str) -> None:
        """Count one step and show it with its label."""
        self.done += 1
        filled = WIDTH * self.done // max(self.total, 1)
        line = f"[{'#' * filled}{'-' * (WIDTH - filled)}] {self.done}/{self.total} {clock(self.elapsed)} {label}"
        if self.stream.isatty():
            self.stream.write(f"\r\x1b[K{line}" + ("\n" if self.done == self.total else ""))
        else:
            self.stream.write(f"{line}\n")
        self.stream.flush()
