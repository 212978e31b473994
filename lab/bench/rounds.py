"""The protocol: conformance, instructions, then rounds of fresh processes in shuffled order, as many as time allows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from lab.bench import instructions, servers, visits
from lab.bench.budget import Budget
from lab.bench.conformance import look
from lab.bench.environments import Environment
from lab.bench.instructions import Started
from lab.bench.pace import Pace
from lab.bench.plan import Part, Step, control_of, steps
from lab.bench.stacks import Stack
from lab.bench.state import State
from lab.bench.visits import Database, running
from lab.bench.workloads import WORKLOADS, Request, Workload
from lab.core import postgres
from lab.core.errors import reason
from lab.core.output import as_data
from lab.core.processes import free_port
from macros.schema.measured.benchmarks import Conformance, Instructions

COUNTED = ("json", "items", "post")
"""The workloads whose instructions are counted."""
REPEATS, AT_ONCE = 3, 2
"""Processes of a stack that are counted, and how many stacks at once: another process changes no instruction."""
COUNTING, ASKING = 14.0, 4.0
"""Seconds of a process under callgrind and of one that is looked at, as a first guess."""


@dataclass(kw_only=True)
class Run:
    """A run: its stacks with their environments, its parts, its time, and what is done."""

    stacks: Sequence[Stack]
    environments: Mapping[str, Environment]
    parts: Mapping[str, Part]
    counted: Sequence[str]
    repeats: int
    state: State
    budget: Budget
    seed: int
    resources: ExitStack
    _pace: Pace | None = None
    _server: postgres.Server | None = None
    _server_database: str = ""

    def __call__(self) -> None:
        """Do everything that is needed, and what else there is time for."""
        self.budget.planned = sum(self._all_rounds(part) for part in self.parts.values())
        if self.counted:
            self.budget.planned += len(self.stacks) * self.repeats * COUNTING / AT_ONCE
        self.conform([name for part in self.parts.values() if part.needed for name in _bases(part)] or ["json"])
        if self.counted:
            self._count()
        for part in self.parts.values():
            self._part(part)

    def _all_rounds(self, part: Part) -> float:
        everything = {stack.id: {*WORKLOADS} for stack in self.stacks}
        return part.most * sum(step.estimate for step in steps(part, 0, self.stacks, everything, 0))

    def conform(self, names: Sequence[str]) -> None:
        """Look at the answers of every stack to these workloads, unless that is done."""
        # All workloads of a server without variables are looked at together: the process is there anyway.
        plain = [name for name, workload in WORKLOADS.items() if not _group(workload)]
        wanted = dict.fromkeys([*(plain if any(name in plain for name in names) else []), *names])
        for _, group in groupby(wanted, lambda name: _group(WORKLOADS[name])):
            workloads = [WORKLOADS[name] for name in group]
            for stack in self.stacks:
                key = f"answers {stack.id} {workloads[0].id if _group(workloads[0]) else 'plain'}"
                if key in self.state.done or stack.id not in self.environments:
                    continue
                begun = time.monotonic()
                found = self._look(stack, workloads)
                self._keep(key, "answers", {"stack": stack.id, "workloads": found}, begun, ASKING)
                wrong = [name for name, answer in found.items() if answer.get("wrong")]
                self.budget.say(
                    "answers", f"{stack.id}: {'wrong: ' + ', '.join(wrong) if wrong else 'answers rightly'}"
                )

    def _look(self, stack: Stack, workloads: Sequence[Workload]) -> dict[str, Any]:
        """Return what the stack answers to workloads that share a server."""
        declined = {workload.id: stack.declines(workload) for workload in workloads}
        found = {name: Conformance(without=why) for name, why in declined.items() if why}
        asked = [workload for workload in workloads if not declined[workload.id]]
        try:
            if asked:
                with running(stack, self.environments[stack.id], asked[0], self.database(asked[0])) as server:
                    found |= {workload.id: _seen(server.port, workload) for workload in asked}
        except Exception as error:  # whatever a server makes of it, the others are measured
            found |= {workload.id: Conformance(wrong=(reason(error),)) for workload in asked}
        return {name: as_data(one) for name, one in found.items()}

    @property
    def settings(self) -> dict[str, str]:
        """Return release and settings of PostgreSQL, also if it ran before an interruption; nothing if it never did."""
        return next(iter(self.state.records("settings")), {})

    def answers(self) -> dict[str, dict[str, Conformance]]:
        """Return what the stacks answered so far, by stack and workload."""
        found: dict[str, dict[str, Conformance]] = {}
        for record in self.state.records("answers"):
            read = {name: Conformance.model_validate(one, by_name=False) for name, one in record["workloads"].items()}
            found.setdefault(record["stack"], {}).update(read)
        return found

    def right(self) -> dict[str, set[str]]:
        """Return the workloads that each stack answers rightly."""
        return {
            stack: {name for name, one in answers.items() if one.right} for stack, answers in self.answers().items()
        }

    @property
    def pace(self) -> Pace:
        """Return what reads the pace of the server's core; it starts when it is asked for first."""
        if self._pace is None:
            self._pace = self.resources.enter_context(Pace(*visits.cores()))
        return self._pace

    def database(self, workload: Workload) -> Database | None:
        """Return a fresh database for a workload that needs one; PostgreSQL starts when the first is asked for.

        The one before it goes, so there is one at a time.
        """
        if "postgresql" not in workload.needs:
            return None
        if self._server is None:
            self._server = self.resources.enter_context(postgres.serving())
            settings = {"release": self._server.version, **self._server.settings}
            self.state.keep("settings", "settings", settings, 0.0)
        else:
            self._server.drop(self._server_database)
        address = self._server.create()
        self._server_database = address.rpartition("/")[2]
        return Database(address=address, pid=self._server.process.pid)

    def _keep(self, key: str, kind: str, record: Any, begun: float, estimate: float) -> None:
        seconds = time.monotonic() - begun
        self.state.keep(key, kind, record, seconds)
        self.budget.took(key.partition(" ")[0], estimate, seconds)

    def _count(self) -> None:
        """Count instructions: every repeat of every stack that callgrind reaches, and the control once more."""
        answers = self.answers()
        work = []
        for made in self._to_count():
            key = f"instructions {made.round} {made.stack}{' again' if made.again else ''}"
            requests = _requests(self.counted, answers.get(made.stack, {}))
            if requests and key not in self.state.done:
                work.append((key, partial(self._counted, made, requests)))
        for key, record, seconds in _at_once(work):
            self.state.keep(key, "instructions", as_data(record), seconds)
            self.budget.took("instructions", COUNTING / AT_ONCE, seconds)
            self.budget.say("instructions", f"{key}: {record.failed or _thousands(record)}")

    def _to_count(self) -> Iterator[Instructions]:
        """Yield a record without counts for every process that is to be counted."""
        counted = [stack for stack in self.stacks if stack.callgrind]
        control = control_of(counted)
        for number in range(self.repeats):
            for stack in counted:
                for again in (False, True) if stack is control else (False,):
                    yield Instructions(stack=stack.id, round=number, again=again, requests=instructions.COUNTED)

    def _counted(self, made: Instructions, requests: Mapping[str, tuple[Request, int]]) -> Instructions:
        """Return the instructions of a fresh process of the stack, or why there are none."""
        environment, port = self.environments[made.stack], free_port()
        stack = environment.stack
        command = servers.command(stack, environment, port)
        start = Started(command=command, variables=servers.variables(stack, environment), port=port)
        try:
            return made.model_copy(update={"counted": instructions.count(start, requests)})
        except Exception as error:  # as above
            return made.model_copy(update={"failed": reason(error)})

    def _part(self, part: Part) -> None:
        """Do the rounds of a part: those it needs, then as many as fit; a part that is not needed only if it fits."""
        looked = False
        for number in range(part.most):
            everything = {stack.id: {*WORKLOADS} for stack in self.stacks}
            guess = sum(step.estimate for step in steps(part, number, self.stacks, everything, self.seed))
            needed = part.needed and number < part.least
            rounds = 1 if number or part.needed else part.least
            if not needed and not self.budget.fits(part.id, guess * rounds):
                return
            if not looked:
                self.conform(_bases(part))
                looked = True
            todo = steps(part, number, self.stacks, self.right(), self.seed)
            for step in todo:
                self._step(step, len(todo), part)

    def _step(self, step: Step, of: int, part: Part) -> None:
        if step.key in self.state.done:
            return
        begun = time.monotonic()
        database = self.database(step.tasks[0].workload) if step.tasks else None
        made = visits.visit(step, self.environments[step.stack.id], self.pace, database)
        self._keep(step.key, "visit", as_data(made), begun, step.estimate)
        failed = made.failed or next((window.failed for window in made.windows if window.failed), None)
        what = f"{part.title}, round {step.round + 1}, {step.place + 1} of {of}: {step.stack.id}"
        self.budget.say(part.id, f"{what}{': ' + failed if failed else ''}")


def _seen(port: int, workload: Workload) -> Conformance:
    """Return what a server answers to a workload; what it breaks in this program is wrong as well."""
    try:
        one = look(port, workload)
    except Exception as error:
        return Conformance(wrong=(reason(error),))
    return Conformance(
        wrong=one.wrong, status=one.status or None, content_type=one.content_type or None, body=one.body or None
    )


def _bases(part: Part) -> list[str]:
    return [*dict.fromkeys([task.base for task in part.tasks] or ["json"])]


def _group(workload: Workload) -> str:
    """Return what distinguishes the server that the workload needs; nothing for the plain one."""
    stored = "postgresql" if "postgresql" in workload.needs else ""
    return f"{stored}{sorted(workload.variables.items()) or ''}"


def _requests(names: Sequence[str], answers: Mapping[str, Conformance]) -> dict[str, tuple[Request, int]]:
    """Return the request and the right status of each workload that was answered rightly."""
    found = {}
    for name in names:
        request, answer = WORKLOADS[name].request, answers.get(name)
        if request and answer and answer.right and answer.status:
            found[name] = (request, answer.status)
    return found


def _thousands(record: Instructions) -> str:
    return ", ".join(f"{name} {count // record.requests // 1000:,}k" for name, count in record.counted.items())


def _at_once(
    work: Sequence[tuple[str, Callable[[], Instructions]]],
) -> Iterator[tuple[str, Instructions, float]]:
    """Yield the key, the record and the share of the time of each piece of work, as they are done."""
    pool, before = ThreadPoolExecutor(AT_ONCE), time.monotonic()
    try:
        running_work = {pool.submit(task): key for key, task in work}
        waiting = set(running_work)
        while waiting:
            ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for done in ready:
                now = time.monotonic()
                yield running_work[done], done.result(), now - before
                before = now
    finally:
        pool.shutdown(cancel_futures=True)
