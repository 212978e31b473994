"""The command `python -m lab bench`: measures the stacks, goes on where it was interrupted, writes a new result."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from zlib import crc32

from lab.bench import environments, results
from lab.bench.budget import Budget
from lab.bench.environments import Environment
from lab.bench.plan import CORE, Part, parts
from lab.bench.rounds import COUNTED, REPEATS, Run
from lab.bench.stacks import SETUPS, STACKS, Stack
from lab.bench.state import CHECK, FOLDER, State
from lab.bench.workloads import WORKLOADS, Request
from lab.core.errors import LabError, RefusedError, reason
from lab.core.output import machine, moment
from lab.core.paths import MEASURED, ROOT
from lab.core.processes import terminate_begun
from lab.core.runner import for_each, report, terminable
from lab.core.tools import found, run
from macros.reading.documents import count_of
from macros.schema.measured.benchmarks import BenchmarkRun, BenchStack, BenchWorkload, Conformance, Instructions, Visit

WHOLE, QUICK = 90.0, 5.0
"""Minutes of the whole and of the quick run."""
QUICK_STACKS = ("raw-asgi", "raw-wsgi", "raw-node", "starlette", "fastapi", "flask", "django", "express", "fastify")
QUICK_CORE = ("json", "post")


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status: 0, 1 if nothing could be measured or the run is void, 2 if wrong."""
    options = _parser().parse_args(arguments)
    if wrong := _wrong(options):
        sys.stderr.write(f"{wrong}\n")
        return 2
    if options.lock is not None:
        return _lock(options.lock)
    if options.quick:
        options.minutes = min(options.minutes, QUICK)
        options.stacks = options.stacks or [name for name in QUICK_STACKS if name in STACKS]
    with ExitStack() as resources, terminable():
        resources.callback(terminate_begun)
        return _measure(options, resources)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab bench", description="Measure what a request costs the stacks.")
    listed: Any = {"type": lambda text: text.split(","), "metavar": "A,B"}
    parser.add_argument("--minutes", type=float, default=WHOLE, metavar="N",
                        help="the time that there is (90); what a run needs is done anyway")  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="a few stacks and workloads, in about 5 minutes")
    parser.add_argument("--stacks", default=[], help="only these stacks", **listed)
    parser.add_argument("--parts", default=[], help=f"only these parts: {', '.join(parts())}, instructions", **listed)
    parser.add_argument("--workloads", default=[], help=f"ranked by processor time ({','.join(CORE)})", **listed)
    parser.add_argument("--repeats", type=int, default=REPEATS, metavar="N",
                        help=f"processes of a stack whose instructions are counted ({REPEATS})")  # fmt: skip
    parser.add_argument("--check", action="store_true", help="install everything, look at all answers, measure nothing")
    parser.add_argument("--fresh", action="store_true", help="begin anew, even if an interrupted run could go on")
    parser.add_argument("--lock", nargs="*", metavar="ID", help="resolve the requirements again, and measure nothing")
    parser.add_argument("--output", type=Path, default=MEASURED / "benchmarks", metavar="FOLDER")
    return parser


def _wrong(options: argparse.Namespace) -> str:
    """Return what is wrong with the call, or nothing."""
    known = {
        "stack": (options.stacks, STACKS),
        "stack or setup": (options.lock or (), {**STACKS, **SETUPS}),
        "part": (options.parts, {**parts(), "instructions": None}),
        "workload": (options.workloads, WORKLOADS),
    }
    for what, (asked, choices) in known.items():
        if unknown := [name for name in asked if name not in choices]:
            return f"No {what} is called {', '.join(unknown)}. Choose from {', '.join(choices)}."
    return ""


def _lock(names: Sequence[str]) -> int:
    setups = [*dict.fromkeys(STACKS[name].setup if name in STACKS else name for name in names or STACKS)]
    failed = for_each(setups, lambda name: environments.lock(SETUPS[name]), lambda _, versions: str(versions))
    return report(failed, len(setups), 0.0, "locked")


def _measure(options: argparse.Namespace, resources: ExitStack) -> int:
    stacks = [STACKS[name] for name in options.stacks or STACKS]
    ready, broken = _prepared(stacks)
    chosen = _parts(options)
    counting = not options.parts or "instructions" in options.parts
    about = {
        "stacks": {name: environment.lock for name, environment in ready.items()},
        "minutes": options.minutes, "parts": list(chosen), "quick": options.quick, "counting": counting,
        "workloads": options.workloads, "repeats": options.repeats,
    }  # fmt: skip
    state = State(about, CHECK if options.check else FOLDER, fresh=options.fresh or options.check)
    if state.continued:
        sys.stderr.write(f"Going on with the run that began at {state.began} (--fresh begins anew).\n")
    measured = Run(
        stacks=[stack for stack in stacks if stack.id in ready], environments=ready, parts=chosen,
        counted=(QUICK_CORE if options.quick else COUNTED) if counting else (), repeats=options.repeats, state=state,
        budget=Budget(options.minutes * 60, state.spent), seed=crc32(state.began.encode()),
        resources=resources,
    )  # fmt: skip
    if options.check:
        measured.conform([*WORKLOADS])
        return _answers(measured.answers(), broken)
    measured()
    made = _concluded(measured, stacks, broken, options)
    file = results.write(made, options.output)
    state.close()
    _say(made, file)
    return 0 if made.valid else 1


def _answers(found: Mapping[str, Mapping[str, Conformance]], broken: Mapping[str, str]) -> int:
    """Print what is wrong with each stack; return 1 if anything is."""
    lines = [f"{stack}: {why}" for stack, why in broken.items()]
    for stack, answers in found.items():
        lines += [f"{stack}, {name}: {problem}" for name, answer in answers.items() for problem in answer.wrong]
    lines.append(f"{count_of(len(found), 'stack')} asked; {count_of(len(lines), 'problem')}.")
    sys.stdout.write("\n".join([*lines, ""]))
    return int(len(lines) > 1)


def _parts(options: argparse.Namespace) -> Mapping[str, Part]:
    every = parts(options.workloads or (QUICK_CORE if options.quick else CORE))
    if options.quick:
        core = every["core"]
        return {"core": Part(id=core.id, title=core.title, tasks=core.tasks, least=3, most=5, needed=True, restarts=1)}
    return {name: part for name, part in every.items() if not options.parts or name in options.parts}


def _prepared(stacks: Sequence[Stack]) -> tuple[dict[str, Environment], dict[str, str]]:
    """Return the environment of every stack that can be installed, and why the others can not."""
    ready: dict[str, Environment] = {}
    by_id = {stack.id: stack for stack in stacks}

    def keep(name: str, environment: Environment) -> str:
        ready[name] = environment
        return environment.runtime

    broken = for_each(list(by_id), lambda name: environments.prepare(by_id[name]), keep)
    return {name: ready[name] for name in by_id if name in ready}, broken


def _concluded(
    measured: Run, stacks: Sequence[Stack], broken: Mapping[str, str], options: argparse.Namespace
) -> BenchmarkRun:
    answers = measured.answers()
    for name, why in broken.items():
        answers[name] = {"json": Conformance(wrong=(f"it could not be installed: {why}",))}
    visits = tuple(Visit.model_validate(one, by_name=False) for one in measured.state.records("visit"))
    counts = measured.state.records("instructions")
    rounds = 1 + max((visit.round for visit in visits if visit.part == "core"), default=-1)
    whole = "quick" if options.quick else "whole" if options.minutes >= WHOLE and not options.parts else "part"
    made = BenchmarkRun(
        command=f"python -m lab bench{' --quick' if options.quick else f' --minutes {options.minutes:g}'}",
        moment=moment(), began=measured.state.began, profile=whole,
        revision=run([found("git", "Install git."), "rev-parse", "HEAD"], cwd=ROOT).strip(),
        machine=machine(), tools=_tools(), settings=measured.settings,
        protocol=results.protocol(rounds, measured.seed),
        stacks={stack.id: _stack(stack, measured.environments.get(stack.id)) for stack in stacks},
        workloads=_workloads({window.workload for visit in visits for window in visit.windows}, answers),
        answers=answers, visits=visits,
        instructions=tuple(Instructions.model_validate(one, by_name=False) for one in counts),
    )  # fmt: skip
    return results.concluded(made)


def _stack(stack: Stack, environment: Environment | None) -> BenchStack:
    return BenchStack(
        entry=stack.entry or None, title=stack.title, language="Python" if stack.language == "python" else "JavaScript",
        lanes=tuple(lane for lane in ("same", "recommended") if lane in stack.lane), server=stack.server,
        interface=stack.interface, floor=stack.floor or None,
        packages=dict(environment.versions) if environment else {},
        lock=environment.lock if environment else None, runtime=environment.runtime if environment else "none",
    )  # fmt: skip


def _workloads(measured: set[str], answers: Mapping[str, Mapping[str, Any]]) -> dict[str, BenchWorkload]:
    """Return every workload that was measured or looked at, with its request in words."""
    names = [*dict.fromkeys([*(name for kept in answers.values() for name in kept), *sorted(measured)])]
    found_workloads = {}
    for name in names:
        workload = WORKLOADS.get(name) or WORKLOADS[name.rpartition("-")[0]]
        more = "" if name in WORKLOADS else f", {name.rpartition('-')[2]} at once"
        request = _in_words(workload.request)
        found_workloads[name] = BenchWorkload(title=f"{workload.title}{more}", request=request)
    return found_workloads


def _in_words(request: Request | None) -> str:
    if request is None:
        return "WebSocket /ws"
    size = f" with {len(request.body):,} bytes" if request.body else ""
    return f"{request.method} {request.path}{size}"


def _tools() -> dict[str, str]:
    """Return the releases of the tools."""
    said = {"valgrind": ["valgrind", "--version"], "gcc": ["gcc", "-dumpfullversion"]}
    releases = {"Python of the load": sys.version.split()[0]}
    for name, command in said.items():
        try:
            releases[name] = run(command).strip().removeprefix("valgrind-")
        except (LabError, RefusedError, OSError) as error:
            releases[name] = f"not there: {reason(error)}"
    try:
        run(["wrk", "--version"])
    except (LabError, RefusedError) as error:  # it prints its version and fails
        releases["wrk"] = str(error).split("[")[0].removeprefix("wrk ").strip()
    return releases


def _say(made: BenchmarkRun, file: Path) -> None:
    for control in made.controls:
        middle, low, high = control.ratio
        verdict = "holds" if control.valid else "VOID"
        sys.stdout.write(f"A/A {control.stack} {control.metric} {control.workload}: "
                         f"{middle:.3f} ({low:.3f} to {high:.3f}) {verdict}\n")  # fmt: skip
    for order in made.orders:
        sys.stdout.write(f"{order.metric} {order.workload}\n")
        for band in order.bands:
            line = (f"{name} {order.estimates[name].median:,.4g}" for name in band.stacks)
            sys.stdout.write(f"    {' = '.join(line)}\n")
    for agreed in made.agreements:
        sys.stdout.write(f"agreement {agreed.workload}: tau {agreed.tau} of {agreed.stacks}\n")
    state = f"VOID: {made.void}" if made.void else "valid"
    sys.stdout.write(f"{file.name} is written. The run is {state}.\n")
