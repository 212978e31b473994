"""Start a stack and look at its answers, without measuring: `python -m lab.bench.trial [--lock] STACK…`.

For PostgreSQL, BENCH_DATABASE names a database in which the table may be made.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from lab.bench import environments, servers
from lab.bench.conformance import Kept, answered
from lab.bench.environments import Environment
from lab.bench.stacks import SETUPS, STACKS, Stack
from lab.bench.workloads import WORKLOADS, Workload, grown
from lab.core.errors import LabError, NoAnswerError
from lab.core.processes import begin, first_answer, free_port, stop

READY_WITHIN = 120.0
READY = "/plaintext"
SIZES = {"routes": (10, 1000), "middleware": (20,), "rows": (200,), "upload": (1024, 16 * 1024 * 1024)}


@contextmanager
def running(stack: Stack, environment: Environment, variables: Mapping[str, str]) -> Iterator[int]:
    """Yield the port of a running server of the stack; raise NoAnswerError with its complaint if it does not start."""
    with tempfile.TemporaryDirectory(prefix=f"bench-{stack.id}-", ignore_cleanup_errors=True) as name:
        folder, port = Path(name), free_port()
        log = folder / "server.log"
        together = servers.variables(stack, environment) | dict(variables)
        with log.open("wb") as output:
            process = begin(servers.command(stack, environment, port), folder, together, output)
        try:
            first_answer(process, port, READY, READY_WITHIN, log)
            yield port
        finally:
            stop(process)


def together(workloads: Iterable[Workload]) -> list[tuple[dict[str, str], list[Workload]]]:
    """Return the workloads with the variables of the server that answers them: the plain ones, then what can share."""
    groups: list[tuple[dict[str, str], list[Workload]]] = []
    for workload in workloads:
        wanted = dict(workload.variables)
        for variables, members in groups:
            if bool(wanted) == bool(variables) and not wanted.keys() & variables.keys():
                variables.update(wanted)
                members.append(workload)
                break
        else:
            groups.append((wanted, [workload]))
    return groups


def tried(stack: Stack, workloads: Iterable[Workload], database: str = "") -> dict[str, Kept]:
    """Return what a stack answers to each workload; without a database those that need PostgreSQL are left out."""
    environment, found = environments.prepare(stack), dict[str, Kept]()
    chosen = [workload for workload in workloads if not stack.declines(workload)]
    on_postgresql = [
        replace(one, variables={"BENCH_DATABASE": database}) for one in chosen if "postgresql" in one.needs
    ]
    others = [workload for workload in chosen if "postgresql" not in workload.needs]
    groups = [*together(others), ({"BENCH_DATABASE": database}, on_postgresql if database else [])]
    for variables, members in groups:
        if members:
            with running(stack, environment, variables) as port:
                found |= answered(port, stack, members)
    return found


def everything() -> list[Workload]:
    """Return all workloads, and those that grow at their smallest and largest sizes."""
    return [*WORKLOADS.values(), *(grown(name, size) for name, sizes in SIZES.items() for size in sizes)]


def main(arguments: list[str]) -> int:
    """Print what is wrong with each stack; return 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stacks", nargs="*", metavar="STACK")
    parser.add_argument("--lock", action="store_true", help="resolve the requirements again first")
    chosen = parser.parse_args(arguments)
    names, wrong = chosen.stacks or [*STACKS], 0
    if chosen.lock:
        for setup in dict.fromkeys(STACKS[name].setup for name in names):
            print(setup, environments.lock(SETUPS[setup]), flush=True)
    for name in names:
        try:
            kept = tried(STACKS[name], everything(), os.environ.get("BENCH_DATABASE", ""))
            found = [f"{workload}: {problem}" for workload, one in kept.items() for problem in one.wrong]
        except (LabError, NoAnswerError) as error:
            kept, found = {}, [str(error)]
        wrong += bool(found)
        print(name, f"{len(kept)} workloads,", "right" if not found else "\n  " + "\n  ".join(found), flush=True)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
