"""The one loop of the lab: for each name, with progress, and what failed is collected."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TypeVar

from lab.core.errors import reason
from lab.core.output import write_result
from lab.core.processes import terminate_begun
from lab.core.progress import Progress, clock
from macros.schema.measured.base import Result

Done = TypeVar("Done")
LONGEST_LINE = 200
"""Characters of a line of progress."""


def chosen(arguments: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return the names that are asked for, or all known ones; exit with status 2 if one is unknown."""
    unknown = [name for name in arguments if name not in known]
    if unknown:
        sys.stderr.write(f"Unknown: {', '.join(unknown)}. Choose from {', '.join(known)}.\n")
        raise SystemExit(2)
    return list(dict.fromkeys(arguments)) or list(known)


def for_each(
    names: Sequence[str], work: Callable[[str], Done], keep: Callable[[str, Done], str], *, workers: int = 1
) -> dict[str, str]:
    """Do the work for every name and keep what it returns; return the reason for each name that failed.

    `keep` is called in the main thread, one name after the other, and returns a few words for the line of progress.
    A name that fails leaves the others alone. SIGTERM ends the run as an exception, so that no server is left behind.
    """
    progress, failed = Progress(len(names)), dict[str, str]()
    with terminable(), _results(names, work, workers) as results:
        for name, result in results:
            try:
                words = keep(name, result())
            except Exception as error:
                failed[name] = reason(error)[:LONGEST_LINE]
                words = f"failed: {failed[name]}"
            progress.step(f"{name}: {words}" if words else name)
    return failed


@contextmanager
def _results(
    names: Sequence[str], work: Callable[[str], Done], workers: int
) -> Iterator[Iterator[tuple[str, Callable[[], Done]]]]:
    """Yield each name with a function that returns its result or raises its error, as they are ready."""
    if workers <= 1:
        yield ((name, partial(work, name)) for name in names)
        return
    pool = ThreadPoolExecutor(workers)
    try:
        running: dict[Future[Done], str] = {pool.submit(work, name): name for name in names}
        yield ((running[done], done.result) for done in as_completed(running))
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def terminable() -> Iterator[None]:
    """Turn SIGTERM into SystemExit while the block runs."""

    def leave(number: int, _: FrameType | None) -> None:
        terminate_begun()  # one may have started a moment ago, before anything else could stop it
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def measure_each(ids: Sequence[str], work: Callable[[str], tuple[Result, str]], folder: Path) -> int:
    """Write the result of `work` for every id into the folder; return the exit status, 1 if one failed.

    `work` returns the result and a few words for the line of progress. An id that fails keeps its old file.
    """

    def keep(name: str, found: tuple[Result, str]) -> str:
        result, words = found
        write_result(folder / f"{name}.json", result)
        return words[:LONGEST_LINE]

    progress = Progress(len(ids))
    return report(for_each(ids, work, keep), len(ids), progress.elapsed)


def report(failed: dict[str, str], total: int, seconds: float, what: str = "measured") -> int:
    """Write what failed and how many did not; return the exit status, 1 if anything failed."""
    lines = [f"{name}: not {what}: {why}" for name, why in sorted(failed.items())]
    summary = f"{total - len(failed)} of {total} {what} in {clock(seconds)}"
    sys.stderr.write("\n".join([*lines, summary, ""]))
    return 1 if failed else 0
