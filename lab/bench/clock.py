"""What processors did in a stretch of time: the server with all its processes, the load generator, everything else."""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass

from lab.core.usage import busy_seconds, processor_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The clocks at one moment, in seconds."""

    moment: float
    server: float
    """Processor time of the server and its living descendants, by the kernel's clock of each process."""
    load: float
    """Processor time of this process, of its children that have ended, and of helpers such as a database."""
    machine: float
    """Time that the machine was busy, all cores together, in steps of 10 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What was used between two readings: seconds, and cores on average."""

    seconds: float
    server: float
    load: float
    """Cores that this process and the load generator kept busy."""
    foreign: float
    """Cores that everything else kept busy."""


def read(server: int, helpers: Sequence[int] = ()) -> Reading:
    """Return the clocks: `server` is the process that leads the server, `helpers` are those that serve it."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = time.process_time() + ended.ru_utime + ended.ru_stime
    return Reading(
        moment=time.monotonic(),
        server=processor_seconds(server),
        load=own + sum(map(processor_seconds, helpers)),
        machine=busy_seconds(),
    )


def between(before: Reading, after: Reading) -> Spent:
    """Return what was used between two readings of the same processes."""
    seconds = after.moment - before.moment
    server, load = after.server - before.server, after.load - before.load
    foreign = after.machine - before.machine - server - load
    return Spent(seconds=seconds, server=server, load=load / seconds, foreign=max(foreign / seconds, 0.0))
