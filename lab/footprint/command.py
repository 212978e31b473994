"""What the smallest useful server of each web framework costs: time to its first response, memory, disk.

`python -m lab footprint [ID …]` writes data/measured/footprint/ID.json. The servers are those of lab/programs/:
one JSON route, the framework's usual server, one worker.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packageurl import PackageURL

from lab.core import node, programs, python
from lab.core.entries import entries
from lab.core.errors import FailedError, LabError, NoAnswerError
from lab.core.output import machine, moment
from lab.core.paths import CACHE, MEASURED
from lab.core.processes import serving
from lab.core.programs import Program
from lab.core.runner import chosen, measure_each
from lab.core.usage import busy_seconds, proportional_size

STARTS = 5
MEMORY_SAMPLES = 3
"""Of the starts, how many are left idle before their memory is read."""
IDLE = 2.0
"""Seconds between the first response and the reading of the memory."""
QUIET = 0.3
"""Cores that other programs may keep busy before a start."""
PATIENCE = 8.0
"""Seconds that a start waits for a quiet machine. Then it is made anyway, and the background load is in the result."""
BACKGROUND_LOAD = "foreign_load"
"""The key of the background load in a result file."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A framework installed with its usual server, ready to be started."""

    program: Program
    folder: Path
    variables: Mapping[str, str]
    packages: Path
    about: Mapping[str, Any]
    """What the result says about it: versions, and the Python or Node.js."""


def python_of(entry: str) -> tuple[python.Interpreter, list[str]]:
    """Return the Python on which the entry's program passes, and what must be installed as well."""
    file = MEASURED / "smoke" / f"{entry}.json"
    if not file.is_file():
        raise LabError(f"nobody knows yet which Python it runs on. Run: python -m lab smoke {entry}")
    smoke = json.loads(file.read_text(encoding="utf-8"))
    cured = smoke.get("cured", {})
    version = smoke["newest_python"] or (cured["version"] if cured.get("outcome") == "pass" else None)
    fitting = [found for found in python.interpreters() if found.version == version]
    if not fitting:
        raise LabError(f"its program passes on no Python of this machine ({version or 'on none at all'})")
    return fitting[0], [] if smoke["newest_python"] else list(cured["with"])


def prepare(program: Program, package: str) -> Stack:
    """Return the stack, freshly installed with the newest release of the package."""
    path = CACHE / "footprint" / program.entry
    environment: node.NodeEnvironment | python.Environment
    if program.language == "node":
        environment = node.make(path, program.dependencies)
        about = {
            "node": node.version_of_node(),
            "versions": environment.versions,
            "lock": environment.digest,
        }
    else:
        interpreter, more = python_of(program.entry)
        requirements = python.pinned(program.dependencies, {package: python.newest_release(package)})
        lock = python.resolve([*requirements, *more], interpreter)
        environment = python.make(path, lock, interpreter)
        about = {"python": interpreter.version, "versions": lock.versions, "lock": lock.digest}
    program.put_into(path / "test", environment.variables())
    return Stack(program, path / "test", environment.variables(), environment.packages, about)


@dataclass(frozen=True, slots=True)
class Start:
    """One fresh start: ms to the first response, ms of processor time, background cores, idle PSS in MiB."""

    elapsed: float
    processor: float
    background: float
    memory: float | None


def start(stack: Stack, sample_memory: bool) -> Start:
    """Return what one fresh start took; its memory is read after some idle seconds, if asked."""
    assert stack.program.serve
    wait_for_quiet(PATIENCE)
    with serving(stack.program.serve, stack.folder, stack.variables) as server:
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


def figures(values: Iterable[float], unit: str, digits: int = 1) -> dict[str, Any]:
    """Return the raw values and their median, as the result file states them."""
    rounded = [round(value, digits) for value in values]
    return {"unit": unit, "values": rounded, "median": round(statistics.median(rounded), digits)}


def measure(entry: str, program: Program, package: str) -> tuple[dict[str, Any], str]:
    """Return the result for an entry, and the same in a few words.

    The first start of all fills the disk's cache and compiles bytecode; it is not counted.
    """
    try:
        stack = prepare(program, package)
        size = python.bytes_in(stack.packages)
        start(stack, sample_memory=False)
        starts = [start(stack, sample_memory=attempt < MEMORY_SAMPLES) for attempt in range(STARTS)]
    except (NoAnswerError, FailedError) as error:
        raise LabError(str(error)) from error
    versions = stack.about["versions"]
    result = {
        **stack.about,
        "entry": entry,
        "package": package,
        "version": versions[package],
        "server": server_of(program, package),
        "start": program.serve,
        "first_response": figures((one.elapsed for one in starts), "ms"),
        "first_response_processor": figures((one.processor for one in starts), "ms of processor time"),
        BACKGROUND_LOAD: figures((one.background for one in starts), "cores", 2),
        "idle_pss": figures((one.memory for one in starts if one.memory is not None), "MiB", 2),
        "installed": {"unit": "bytes", "value": size, "packages": len(versions)},
        "machine": machine(),
        "command": f"python -m lab footprint {entry}",
        "measured": moment(),
    }
    return result, in_words(result)


def in_words(result: Mapping[str, Any]) -> str:
    """Return the figures as one line."""
    medians = [result[name]["median"] for name in ("first_response", "first_response_processor", "idle_pss")]
    return "{:.0f} ms ({:.0f} of processor), {:.1f} MiB, {:.1f} MB".format(*medians, result["installed"]["value"] / 1e6)


def server_of(program: Program, package: str) -> str:
    """Return the package that serves: the first one besides the framework, or the framework itself."""
    if program.language == "node":
        return "node:http"
    return next((name for name in program.dependencies if python.package_of(name) != package), package)


def main(arguments: list[str]) -> int:
    """Measure the frameworks asked for, or all; return 1 if one could not be measured."""
    known = programs.all_programs(suffixes=(".py", ".mjs"))
    packages = {
        entry: PackageURL.from_string(record.package)
        for entry, (kind, record) in entries().items()
        if kind == "frameworks" and record.package and entry in known
    }
    names = {entry: "/".join(filter(None, (url.namespace, url.name))) for entry, url in packages.items()}
    asked = chosen(arguments, list(names))
    return measure_each(asked, lambda entry: measure(entry, known[entry], names[entry]), MEASURED / "footprint")
