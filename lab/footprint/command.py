"""What the smallest useful server of each web framework costs: time to its first response, memory, disk.

`python -m lab footprint [ID …]` writes data/measured/footprint/ID.json. The servers are those of lab/programs/:
one JSON route, the framework's usual server, one worker.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from lab.core import node, programs, python
from lab.core.calls import named
from lab.core.entries import entries
from lab.core.errors import FailedError, LabError, NoAnswerError
from lab.core.output import machine, moment
from lab.core.paths import CACHE, MEASURED
from lab.core.processes import serving
from lab.core.programs import Program
from lab.core.runner import chosen, measure_each
from lab.core.smoked import python_of
from lab.core.usage import busy_seconds, proportional_size
from macros.schema.fields import package_name
from macros.schema.measured.footprint import Footprint, Median

STARTS = 5
MEMORY_SAMPLES = 3
"""Of the starts, how many are left idle before their memory is read."""
IDLE = 2.0
"""Seconds between the first response and the reading of the memory."""
QUIET = 0.3
"""Cores that other programs may keep busy before a start."""
PATIENCE = 8.0
"""Seconds that a start waits for a quiet machine. Then it is made anyway, and the background load is in the result."""


class Origin(TypedDict):
    """What a result says about an installed setup."""

    packages: dict[str, str]
    lock: str
    runtime: str


@dataclass(frozen=True, slots=True)
class Setup:
    """A framework installed with its usual server, ready to be started."""

    program: Program
    folder: Path
    variables: Mapping[str, str]
    modules: Path
    """The folder with the installed packages."""
    origin: Origin


def prepare(program: Program, package: str) -> Setup:
    """Return the setup, freshly installed with the newest release of the package."""
    path = CACHE / "footprint" / program.entry
    environment: node.NodeEnvironment | python.Environment
    if program.language == "node":
        environment = node.make(path, program.dependencies)
        origin = Origin(
            packages=environment.versions, lock=environment.digest, runtime=f"Node.js {node.version_of_node()}"
        )
    else:
        interpreter, more = python_of(program.entry)
        requirements = python.pinned(program.dependencies, {package: python.newest_release(package)})
        lock = python.resolve([*requirements, *more], interpreter)
        environment = python.make(path, lock, interpreter)
        origin = Origin(packages=lock.versions, lock=lock.digest, runtime=f"CPython {interpreter.version}")
    program.put_into(path / "test", environment.variables())
    return Setup(program, path / "test", environment.variables(), environment.packages, origin)


@dataclass(frozen=True, slots=True)
class Start:
    """One fresh start: ms to the first response, ms of processor time, background cores, idle PSS in MiB."""

    elapsed: float
    processor: float
    background: float
    memory: float | None


def start(setup: Setup, sample_memory: bool) -> Start:
    """Return what one fresh start took; its memory is read after some idle seconds, if asked."""
    assert setup.program.serve
    wait_for_quiet(PATIENCE)
    with serving(setup.program.serve, setup.folder, setup.variables) as server:
        if not programs.is_answer(server.body):
            raise NoAnswerError(f"answered {server.body[:80]!r}")
        if sample_memory:
            time.sleep(IDLE)
        memory = proportional_size(server.pid) if sample_memory else None
        return Start(server.seconds * 1000, server.processor * 1000, server.background, memory)


def wait_for_quiet(most: float, sample: float = 0.4) -> bool:
    """Wait until this machine is quiet over a `sample` of seconds, at most `most` seconds; return whether it is."""
    deadline = time.monotonic() + most
    while time.monotonic() < deadline:
        busy, start = busy_seconds(), time.monotonic()
        time.sleep(sample)
        if busy_seconds() - busy < QUIET * (time.monotonic() - start):
            return True
    return False


def median_of(values: Iterable[float], unit: str, digits: int = 1) -> Median:
    """Return the values and their median, rounded."""
    rounded = tuple(round(value, digits) for value in values)
    return Median(unit=unit, values=rounded, median=round(statistics.median(rounded), digits))


def measure(entry: str, program: Program, package: str) -> tuple[Footprint, str]:
    """Return the result for an entry and its package URL, and the same in a few words.

    The first start of all fills the disk's cache and compiles bytecode; it is not counted.
    """
    try:
        setup = prepare(program, package_name(package))
        size = python.bytes_in(setup.modules)
        start(setup, sample_memory=False)
        starts = [start(setup, sample_memory=attempt < MEMORY_SAMPLES) for attempt in range(STARTS)]
    except (NoAnswerError, FailedError) as error:
        raise LabError(str(error)) from error
    assert program.serve
    result = Footprint(
        entry=entry,
        package=package,
        version=setup.origin["packages"][package_name(package)],
        server=server_of(program, package_name(package)),
        start=program.serve,
        first_response=median_of((one.elapsed for one in starts), "ms"),
        first_response_processor=median_of((one.processor for one in starts), "ms of processor time"),
        background_load=median_of((one.background for one in starts), "cores", 2),
        idle_pss=median_of((one.memory for one in starts if one.memory is not None), "MiB", 2),
        installed_bytes=size,
        **setup.origin,
        machine=machine(),
        command=f"python -m lab footprint {entry}",
        moment=moment(),
    )
    return result, in_words(result)


def in_words(result: Footprint) -> str:
    """Return the figures as one line."""
    medians = [one.median for one in (result.first_response, result.first_response_processor, result.idle_pss)]
    return "{:.0f} ms ({:.0f} of processor), {:.1f} MiB, {:.1f} MB".format(*medians, result.installed_bytes / 1e6)


def server_of(program: Program, package: str) -> str:
    """Return the package that serves: the first one besides the framework, or the framework itself."""
    if program.language == "node":
        return "node:http"
    return next((name for name in program.dependencies if python.package_of(name) != package), package)


def main(arguments: list[str]) -> int:
    """Measure the frameworks asked for, or all; return 1 if one could not be measured."""
    asked = named("footprint", __doc__, arguments)
    known = programs.all_programs(suffixes=(".py", ".mjs"))
    packages = {
        entry: record.package
        for entry, (kind, record) in entries().items()
        if kind == "frameworks" and record.package and entry in known
    }
    ids = chosen(asked, list(packages))
    return measure_each(ids, lambda entry: measure(entry, known[entry], packages[entry]), MEASURED / "footprint")
