"""What the smallest useful server of each web framework costs: time to its first response, memory, disk.

`python -m lab footprint [ID …]` writes data/measured/footprint/ID.json. The servers are those of lab/programs/:
one JSON route, the framework's usual server, one worker.
"""

from __future__ import annotations

import json
import re
import shlex
import statistics
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packageurl import PackageURL

from lab.core import node, programs, python
from lab.core.output import MEASURED, chosen, each, entries, machine, moment
from lab.core.processes import NoAnswerError, busy_seconds, proportional_size, serving
from lab.core.programs import SmokeTest
from lab.core.python import CACHE, LabError
from lab.smoke.command import FailedError, run_command

STARTS = 5
WEIGHINGS = 3
"""Of the starts, how many are left idle and then weighed."""
IDLE = 2.0
"""Seconds between the first response and the weighing."""
QUIET = 0.3
"""Cores that others may keep busy before a start."""
PATIENCE = 8.0
"""Seconds that a start waits for that; then it is made all the same, and `foreign_load` tells."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A framework installed with its usual server, ready to be started."""

    test: SmokeTest
    folder: Path
    variables: Mapping[str, str]
    packages: Path
    about: Mapping[str, Any]
    """What the result says of it: versions, and the Python or Node.js."""


def python_of(entry: str) -> tuple[python.Interpreter, list[str]]:
    """Return the Python on which the entry's smoke test passes, and what must be installed besides."""
    file = MEASURED / "smoke" / f"{entry}.json"
    if not file.is_file():
        raise LabError(f"it is not known which Python it runs on. Run: python -m lab smoke {entry}")
    smoke = json.loads(file.read_text(encoding="utf-8"))
    cured = smoke.get("cured", {})
    version = smoke["newest_python"] or (cured["version"] if cured.get("outcome") == "pass" else None)
    fitting = [found for found in python.interpreters() if found.version == version]
    if not fitting:
        raise LabError(f"its smoke test passes on no Python of this machine ({version or 'on none at all'})")
    return fitting[0], [] if smoke["newest_python"] else list(cured["with"])


def prepare(test: SmokeTest, package: str) -> Stack:
    """Return the stack, freshly installed with the newest release of the package."""
    path = CACHE / "footprint" / test.entry
    if test.file.suffix == ".mjs":
        made = node.make(path, test.dependencies)
        test.put_into(path / "test")
        about = {"node": node.version_of_node(), "versions": made.versions, "lock": made.digest}
        return Stack(test, path / "test", made.variables(), made.packages, about)
    interpreter, more = python_of(test.entry)
    requirements = python.pinned(test.dependencies, {package: python.newest_release(package)})
    lock = python.resolve([*requirements, *more], interpreter)
    environment = python.make(path, lock, interpreter)
    test.put_into(path / "test")
    if test.setup:
        run_command(shlex.split(test.setup), environment, path / "test")
    about = {"python": interpreter.version, "versions": lock.versions, "lock": lock.digest}
    return Stack(test, path / "test", environment.variables(), environment.packages, about)


@dataclass(frozen=True, slots=True)
class Start:
    """One fresh start: milliseconds to the first response, those of processor time, foreign cores, idle PSS in MiB."""

    elapsed: float
    processor: float
    others: float
    memory: float | None


def start(stack: Stack, weigh: bool) -> Start:
    """Return what one fresh start came to; it is weighed after some idle seconds, if asked."""
    assert stack.test.serve
    wait_for_quiet(PATIENCE)
    with serving(stack.test.serve, stack.folder, stack.variables) as server:
        if not programs.is_answer(server.body):
            raise NoAnswerError(f"answered {server.body[:80]!r}")
        if weigh:
            time.sleep(IDLE)
        memory = proportional_size(server.pid) if weigh else None
        return Start(server.seconds * 1000, server.processor * 1000, server.others, memory)


def wait_for_quiet(most: float, sample: float = 0.4) -> bool:
    """Wait until this machine is quiet over a `sample` of seconds, or `most` seconds; return whether it is."""
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


def measure(entry: str, test: SmokeTest, package: str) -> tuple[dict[str, Any], str]:
    """Return the result for an entry, and the same in a few words.

    The first start of all fills the disk's cache and compiles bytecode; it is not counted.
    """
    try:
        stack = prepare(test, package)
        size = python.bytes_in(stack.packages)
        start(stack, weigh=False)
        starts = [start(stack, weigh=attempt < WEIGHINGS) for attempt in range(STARTS)]
    except (NoAnswerError, FailedError) as error:
        raise LabError(str(error)) from error
    versions = stack.about["versions"]
    result = {
        **stack.about,
        "entry": entry,
        "package": package,
        "version": versions[package],
        "server": server_of(test, package),
        "start": test.serve,
        "first_response": figures((one.elapsed for one in starts), "ms"),
        "first_response_processor": figures((one.processor for one in starts), "ms of processor time"),
        "foreign_load": figures((one.others for one in starts), "cores", 2),
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


def server_of(test: SmokeTest, package: str) -> str:
    """Return the package that serves: the one besides the framework, or the framework itself."""
    if test.file.suffix == ".mjs":
        return "node:http"
    others = [name for name in test.dependencies if python.canonical(re.split(r"[\[<=>]", name)[0]) != package]
    return others[0] if others else package


def main(arguments: list[str]) -> int:
    """Measure the frameworks asked for, or all; return 0, or 1 where one could not be measured."""
    tests = programs.all_tests(suffixes=(".py", ".mjs"))
    packages = {
        entry: PackageURL.from_string(record.package)
        for entry, (kind, record) in entries().items()
        if kind == "frameworks" and record.package and entry in tests
    }
    names = {entry: "/".join(filter(None, (url.namespace, url.name))) for entry, url in packages.items()}
    asked = chosen(arguments, list(names))
    return each(asked, lambda entry: measure(entry, tests[entry], names[entry]), MEASURED / "footprint")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
