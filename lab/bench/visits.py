"""A visit: one fresh process of a stack, warmed and measured, its memory, and its start after it was killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain, repeat
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from lab.bench import clock, load, rows, servers
from lab.bench.conformance import look
from lab.bench.environments import Environment
from lab.bench.pace import Pace
from lab.bench.plan import STEADY_RATE, STEADY_SECONDS, WARM_UP, WARM_UP_FURTHER, Step, Task
from lab.bench.stacks import Stack
from lab.bench.workloads import WORKLOADS, Workload
from lab.core.errors import FailedError, reason
from lab.core.processes import Process, begin, first_answer, free_port, stop
from lab.core.usage import proportional_size
from macros.schema.measured.benchmarks import Held, Visit, Window

READY, READY_WITHIN = "/plaintext", 120.0
AGAIN = 10.0
"""Seconds after which a window is left as it is, if strangers slow the processor all the time."""
REFUSED = 400
"""The first status of a refusal."""


Slice = tuple[float, load.Counted, clock.Spent]
"""The pace around a slice of a window, what was counted in it, and what was used."""


class Cores(NamedTuple):
    """What is put before a command, so that the server and the load have a processor each."""

    server: tuple[str, ...]
    load: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """PostgreSQL for the stacks: the address of the database and the process that leads the server."""

    address: str
    pid: int


def cores() -> Cores:
    """Return the processors of the server (the last) and of the load (the first); nothing where there is only one."""
    there = sorted(os.sched_getaffinity(0))
    if len(there) < 2:
        return Cores((), ())
    return Cores(("taskset", "-c", str(there[-1])), ("taskset", "-c", str(there[0])))


@dataclass(slots=True)
class Running:
    """A server that has answered."""

    process: Process
    port: int
    folder: Path
    start: float
    restart: Started


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """How a server is started, so that it can be started again."""

    command: Sequence[str]
    variables: Mapping[str, str]
    folder: Path
    port: int

    def __call__(self) -> tuple[Process, float]:
        """Start it and wait for its first answer; return the process and the seconds that it took."""
        log = self.folder / "server.log"
        with log.open("ab") as output:
            moment = time.monotonic()
            process = begin(self.command, self.folder, self.variables, output)
        try:
            first_answer(process, self.port, READY, READY_WITHIN, log)
        except BaseException:
            stop(process)
            raise
        return process, time.monotonic() - moment


@contextmanager
def running(
    stack: Stack, environment: Environment, workload: Workload | None = None, database: Database | None = None
) -> Iterator[Running]:
    """Run the server of a stack with the variables of a workload; yield it once it answers."""
    with tempfile.TemporaryDirectory(prefix=f"bench-{stack.id}-", ignore_cleanup_errors=True) as name:
        folder, port = Path(name), free_port()
        variables = servers.variables(stack, environment, workload)
        if database and workload and "postgresql" in workload.needs:
            variables["BENCH_DATABASE"] = database.address
        else:
            fill(folder)
        command = [*cores().server, *servers.command(stack, environment, port)]
        start = Started(command=command, variables=variables, folder=folder, port=port)
        process, seconds = start()
        server = Running(process, port, folder, seconds, start)
        try:
            yield server
        finally:
            stop(server.process)


def fill(folder: Path) -> None:
    """Put the filled SQLite table where the server finds it, so that its start has not to make it."""
    with closing(sqlite3.connect(folder / rows.FILE.name, isolation_level=None)) as connection:
        connection.executescript(rows.SQLITE_TABLE)
        connection.execute(rows.FILL)


def visit(step: Step, environment: Environment, pace: Pace, database: Database | None = None) -> Visit:
    """Return what one fresh process of the step's stack showed; what failed is said, and the rest is kept."""
    made = Visit(part=step.part, round=step.round, place=step.place, stack=step.stack.id, again=step.again)
    workload = step.tasks[0].workload if step.tasks else None
    try:
        with running(step.stack, environment, workload, database) as server:
            made = made.model_copy(update={"start": _short(server.start), "idle": _mebibytes(server)})
            warms = chain([1.0], repeat(WARM_UP_FURTHER))
            windows = [_window(task, server, pace, database, WARM_UP[step.stack.language] * warm) for task, warm in
                       zip(step.tasks, warms, strict=False)]  # fmt: skip
            held = [_held(server, count) for count in step.held]
            loaded = _mebibytes(server) if windows else None
            made = made.model_copy(update={"windows": tuple(windows), "held": tuple(held), "loaded": loaded})
            if step.restart:
                made = made.model_copy(update={"restart": _short(_restart(server))})
    except Exception as error:  # whatever a server makes of it, the others are measured
        return made.model_copy(update={"failed": reason(error)})
    return made


def _short(seconds: float) -> float:
    return round(seconds, 3)


def _mebibytes(server: Running) -> float:
    return round(proportional_size(server.process.pid), 2)


def _restart(server: Running) -> float:
    """Kill the server without warning, start it again, and return the seconds from the kill to its first answer."""
    moment = time.monotonic()
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait()
    server.process, _ = server.restart()
    return time.monotonic() - moment


def _held(server: Running, count: int) -> Held:
    request = WORKLOADS["json"].request
    assert request is not None
    with load.held(server.port, request, count) as kept:
        if kept < count:
            raise FailedError(f"the server keeps {kept} of {count} connections")
        time.sleep(0.2)
        return Held(connections=count, pss=_mebibytes(server))


def _window(task: Task, server: Running, pace: Pace, database: Database | None, warm: float) -> Window:
    """Return the window of a task, after a right answer and a warm-up of so many seconds."""
    made = Window(
        workload=task.name or task.base, growing=task.growing, at=task.at, connections=task.connections,
        rate=STEADY_RATE if task.load == "steady" else None,
    )  # fmt: skip
    helpers = [database.pid] if database and "postgresql" in task.workload.needs else []
    try:
        answer = look(server.port, task.workload)
        if answer.wrong:
            return made.model_copy(update={"failed": f"a wrong answer: {answer.wrong[0]}"[:300]})
        _load(task, server, answer.status, warm)
        slices = _measured(task, server, answer.status, helpers, pace)
        return _at_full_pace(slices, pace, task.slices, made)
    except Exception as error:  # as above, and the other windows are kept
        return made.model_copy(update={"failed": reason(error)})


def _measured(task: Task, server: Running, status: int, helpers: Sequence[int], pace: Pace) -> Iterator[Slice]:
    """Yield one slice of a window after the other."""
    before = pace.read()
    while True:
        begun = clock.read(server.process.pid, helpers)
        counted = _load(task, server, status, None)
        spent = clock.between(begun, clock.read(server.process.pid, helpers))
        after = pace.read()
        yield max(before, after), counted, spent
        before = after


def _at_full_pace(slices: Iterator[Slice], pace: Pace, wanted: int, made: Window) -> Window:
    """Return the window with so many slices at full pace; after some seconds with those there are, or the best one.

    What is chosen by is the pace around a slice, not what was measured in it.
    """
    until, measured = time.monotonic() + AGAIN, list[Slice]()
    while not measured or time.monotonic() < until:
        measured.append(next(slices))
        full = [one for one in measured if pace.full(one[0])]
        if len(full) == wanted:
            break
    return with_figures(made, full or [min(measured, key=itemgetter(0))])


def with_figures(made: Window, slices: Sequence[Slice]) -> Window:
    """Return the window with what was counted and what was used in its slices, and the slowest pace around them."""
    paces, counts, spent = zip(*slices, strict=True)
    seconds = sum(one.seconds for one in spent)
    figures = {
        "requests": sum(one.requests for one in counts),
        "seconds": round(sum(one.seconds for one in counts), 4),
        "processor": round(sum(one.server for one in spent), 6),
        "load": round(sum(one.load * one.seconds for one in spent) / seconds, 3),
        "foreign": round(sum(one.foreign * one.seconds for one in spent) / seconds, 3),
        "pace": round(max(paces), 3),
        "slices": tuple(round(1e6 * used.server / count.requests, 3) for _, count, used in slices),
        "latency": dict(counts[0].latency),
    }
    return made.model_copy(update=figures)


def _load(task: Task, server: Running, status: int, warm: float | None) -> load.Counted:
    """Ask what the task says, for its window or for `warm` seconds."""
    at = load.Target(port=server.port, folder=server.folder, core=cores().load)
    request = task.workload.request
    if request is None:
        return load.echo(at, "/ws", task.connections, task.seconds if warm is None else warm)
    if warm is not None:
        return load.warm(at, request, task.connections, warm)
    if task.load == "steady":
        pace = load.Pace(rate=STEADY_RATE, seconds=STEADY_SECONDS, connections=task.connections)
        return load.steady(at, request, status, pace)
    return load.wrk(at, request, task.connections, task.length, refused=status >= REFUSED)
