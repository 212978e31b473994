"""The time of a run: what is spent, what is left, and whether more work fits."""

from __future__ import annotations

import sys
from typing import TextIO

from lab.core.progress import clock

WIDTH = 24


class Budget:
    """Counts the seconds of a run; what work takes is learned from what was done before, for each kind of work."""

    def __init__(self, seconds: float, spent: float = 0.0, stream: TextIO | None = None) -> None:
        self.seconds, self.spent = seconds, spent
        self.planned = 0.0
        """Estimated seconds of what is still to be done."""
        self._estimated: dict[str, float] = {}
        self._taken: dict[str, float] = {}
        self._stream = stream or sys.stderr

    def expected(self, kind: str, estimate: float) -> float:
        """Return how long work of a kind takes, from its estimate and from how earlier estimates turned out."""
        known = self._estimated.get(kind, 0.0)
        return estimate * (self._taken[kind] / known) if known else estimate

    def fits(self, kind: str, estimate: float) -> bool:
        """Return whether the work ends before the time does."""
        return self.spent + self.expected(kind, estimate) <= self.seconds

    def took(self, kind: str, estimate: float, seconds: float) -> None:
        """Count work that is done."""
        self.spent += seconds
        self.planned = max(self.planned - estimate, 0.0)
        self._estimated[kind] = self._estimated.get(kind, 0.0) + estimate
        self._taken[kind] = self._taken.get(kind, 0.0) + seconds

    def left(self, kind: str) -> float:
        """Return about how many seconds the run still takes: what is planned, or what the time allows if that is less.

        What a run needs is done even if its time is over.
        """
        planned = self.expected(kind, self.planned)
        return min(planned, self.seconds - self.spent) if self.spent < self.seconds else planned

    def say(self, kind: str, label: str) -> None:
        """Write a line of progress with the time that is left."""
        left = self.left(kind)
        filled = round(WIDTH * self.spent / max(self.spent + left, 1.0))
        bar = "#" * filled + "-" * (WIDTH - filled)
        line = f"[{bar}] {clock(self.spent)}, about {clock(left)} left  {label}"
        if self._stream.isatty():
            self._stream.write(f"\r\x1b[K{line}")
        else:
            self._stream.write(f"{line}\n")
        self._stream.flush()
