"""What a run does: parts in the order of their worth, each of rounds, each of steps: one fresh process of a stack."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from lab.bench.stacks import Stack
from lab.bench.workloads import WORKLOADS, Workload, grown
from macros.catalog.benchmarks import PROTOCOL, chosen
from macros.schema.measured.benchmarks import Growing

Load = Literal["closed", "steady"]
CONNECTIONS, WINDOW = PROTOCOL.connections, round(PROTOCOL.window)
"""Connections at once, and whole seconds, unless a task says otherwise."""
SLICE, SLICES = PROTOCOL.slice or WINDOW, PROTOCOL.slices or 1
"""Seconds of a slice of a ranked window, and how many it has: a spell of strangers is longer than a slice."""
STEADY_RATE, STEADY_SECONDS = 200.0, 4
"""Requests a second at which latency is measured: one that every stack keeps to on one processor."""
WARM_UP: Mapping[str, float] = {"python": PROTOCOL.warm_up, "node": PROTOCOL.warm_up_node}
WARM_UP_FURTHER = PROTOCOL.warm_up_further
"""The share of the warm-up before each further workload of the same process."""
START_AND_STOP = 2.5
"""Seconds that a process costs besides its windows, as a first guess; the run learns the true figure."""
CROWD, CROWD_SECONDS = 500, 3
"""From so many connections on, a window is so long: it takes a while until all are open."""
HELD = (0, 100, 500)
"""Connections that are held while memory is read."""
WAITS = (1, 50, 500)
"""Requests at once to the handler that waits."""
CORE = ("json", "items", "post", "rows")
CONTROLS = ("fastapi", "flask", "starlette", "raw-asgi")
"""The stack that is measured twice is the first of these that takes part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A window: a workload, and how it is asked."""

    workload: Workload
    base: str
    """The workload whose right answer was seen before."""
    name: str = ""
    """What the window is filed under, if not under `base`."""
    load: Load = "closed"
    connections: int = CONNECTIONS
    seconds: int = WINDOW
    growing: Growing | None = None
    at: float | None = None
    sliced: bool = False
    """Whether the window is cut into slices. What is slow is not: too much of it is under way when a slice ends."""

    @property
    def slices(self) -> int:
        """Return how many loads the window has."""
        return SLICES if self.sliced else 1

    @property
    def length(self) -> float:
        """Return the seconds of each of them."""
        return SLICE if self.sliced else self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a run: its tasks, how many rounds it needs at least, and how many it may have."""

    id: str
    title: str
    tasks: tuple[Task, ...] = ()
    held: tuple[int, ...] = ()
    least: int
    most: int
    needed: bool = False
    """Whether a run without it is none; the others are done if there is time."""
    restarts: int = 0
    """In how many rounds the process is killed at the end and started again."""
    chief: bool = False
    """Whether one stack of each framework takes part, on the server that is recommended, and the floors of these."""
    floors: bool = True
    """Whether these floors do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One fresh process of a stack in a round of a part."""

    part: str
    round: int
    place: int
    stack: Stack
    again: bool = False
    group: int = 0
    tasks: tuple[Task, ...] = ()
    held: tuple[int, ...] = ()
    restart: bool = False

    @property
    def key(self) -> str:
        """Return what tells it from all other steps of a run."""
        return f"{self.part} {self.round} {self.stack.id}{' again' if self.again else ''} {self.group}"

    @property
    def estimate(self) -> float:
        """Return about how many seconds it takes."""
        warm = WARM_UP[self.stack.language]
        windows = sum(map(_seconds, self.tasks))
        warming = warm * (1 + WARM_UP_FURTHER * max(len(self.tasks) - 1, 0)) if self.tasks else 0.0
        return START_AND_STOP + (1.0 if self.restart else 0.0) + windows + warming + 0.4 * len(self.held)


def _seconds(task: Task) -> float:
    return STEADY_SECONDS + 0.7 if task.load == "steady" else task.slices * (task.length + 0.15)


def _closed(*names: str, sliced: bool = False) -> tuple[Task, ...]:
    return tuple(Task(workload=WORKLOADS[name], base=name, sliced=sliced) for name in names)


def _waiting(at_once: int) -> Task:
    name = f"wait-{at_once}"
    return Task(workload=WORKLOADS["wait"], base="wait", name=name, connections=at_once, seconds=_length(at_once))


def _length(connections: int) -> int:
    return CROWD_SECONDS if connections >= CROWD else WINDOW


def _grow(growing: Growing, name: str, sizes: Iterable[int], plain: str = "") -> Iterator[Task]:
    """Yield a task for each size; size 0 is the workload `plain` as it is."""
    for size in sizes:
        workload = grown(name, size) if size else WORKLOADS[plain]
        yield Task(workload=workload, base=name if size else plain, growing=growing, at=size)


def _connected(sizes: Iterable[int]) -> Iterator[Task]:
    for size in sizes:
        yield Task(
            workload=WORKLOADS["json"], base="json", connections=size, seconds=_length(size), growing="connections",
            at=size,
        )  # fmt: skip


def parts(core: Sequence[str] = CORE) -> dict[str, Part]:
    """Return the parts by id, in the order of their worth."""
    waits = tuple(map(_waiting, WAITS))
    growth = (
        *_connected((1, 10, 100, 1000)),
        *_grow("body", "upload", (1024, 16_384, 262_144, 4_194_304)),
        *_grow("rows", "rows", (2, 20, 200, 2000)),
        *_grow("routes", "routes", (10, 100, 1000)),
        *_grow("middleware", "middleware", (0, 5, 20), plain="json"),
    )
    others = [name for name in WORKLOADS if name not in {*core, "wait", "routes", "middleware"}]
    more = [name for name in others if "postgresql" not in WORKLOADS[name].needs]
    stored = [name for name in others if "postgresql" in WORKLOADS[name].needs]
    ranked = _closed(*core, sliced=True)
    steady = Task(workload=WORKLOADS["json"], base="json", load="steady", connections=64)
    every = (
        Part(id="core", title="processor time", tasks=ranked, least=5, most=5, needed=True, restarts=2),
        Part(id="memory", title="connections held", held=HELD, least=1, most=1),
        Part(id="wait", title="a handler that waits", tasks=waits, least=1, most=1, chief=True),
        Part(id="growth", title="growth", tasks=growth, least=1, most=1, chief=True, floors=False),
        Part(id="more", title="other workloads", tasks=_closed(*more), least=2, most=2, chief=True),
        Part(id="postgresql", title="PostgreSQL", tasks=_closed(*stored), least=2, most=2, chief=True),
        Part(id="latency", title="latency", tasks=(steady,), least=1, most=2, chief=True),
    )
    return {part.id: part for part in every}


def steps(part: Part, number: int, stacks: Sequence[Stack], right: Mapping[str, set[str]], seed: int) -> list[Step]:
    """Return the steps of a round in a shuffled order; `right` has the workloads that each stack answers rightly.

    Tasks whose servers start with the same variables share a process. One stack is there twice, as its own control.
    """
    control = control_of(stacks)
    taking_part = [(stack, False) for stack in _of(part, stacks)]
    taking_part += [(control, True)] if control and part.id == "core" else []
    random.Random(f"{seed} {part.id} {number}").shuffle(taking_part)  # noqa: S311 - an order
    found: list[Step] = []
    for stack, again in taking_part:
        tasks = [task for task in part.tasks if task.base in right.get(stack.id, set())]
        together = groupby(sorted(tasks, key=_variables), _variables)
        groups = [tuple(group) for _, group in together] or ([()] if part.held else [])
        for index, group in enumerate(groups):
            found.append(
                Step(
                    part=part.id, round=number, place=len(found), stack=stack, again=again, group=index, tasks=group,
                    held=part.held, restart=number < part.restarts,
                )
            )  # fmt: skip
    return found


def _variables(task: Task) -> str:
    stored = "postgresql" in task.workload.needs
    return f"{sorted(task.workload.variables.items())} {stored}"


def _of(part: Part, stacks: Sequence[Stack]) -> Sequence[Stack]:
    if not part.chief:
        return stacks
    return [stack for stack in chiefs(stacks) if part.floors or stack.entry]


def chiefs(stacks: Sequence[Stack]) -> list[Stack]:
    """Return the stack that stands for each framework, and the floors of these."""
    standing = {*chosen((stack.id, stack.entry, stack.lane) for stack in stacks).values()}
    floors = {stack.floor for stack in stacks if stack.id in standing}
    return [stack for stack in stacks if stack.id in standing | floors]


def control_of(stacks: Sequence[Stack]) -> Stack | None:
    """Return the stack that is measured twice; None if there is no stack."""
    by_id = {stack.id: stack for stack in stacks}
    named = [by_id[name] for name in CONTROLS if name in by_id]
    return next(iter(named or stacks), None)
