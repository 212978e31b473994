"""Use every Python package of the catalog for its purpose, on the newest Python that its latest release runs on.

`python -m lab smoke [ID …]` writes data/measured/smoke/ID.json. An import proves nothing, so each package has a small
program in lab/programs/.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from lab.core import programs, python
from lab.core.calls import named
from lab.core.entries import entries
from lab.core.errors import FailedError, NoAnswerError, RefusedError
from lab.core.output import machine, moment
from lab.core.paths import CACHE, MEASURED
from lab.core.processes import finish, serving
from lab.core.programs import LONGEST, Program
from lab.core.python import Environment, Interpreter, Lock
from lab.core.runner import chosen, measure_each
from macros.schema.measured.smoke import Cure, OlderRelease, Outcome, Smoke

ATTEMPTS = 2
"""A program that fails is repeated once, so that a busy machine does not count as a broken package."""


def try_once(program: Program, environment: Environment, folder: Path) -> None:
    """Run the program as its header says; raise FailedError if it does not pass."""
    variables = environment.variables()
    program.put_into(folder, variables)
    if program.serve is None:
        finish(["python", program.name], folder, variables, LONGEST)
        return
    try:
        with serving(program.serve, folder, variables) as server:
            if not programs.is_answer(server.body):
                raise FailedError(f"answered {server.body[:80]!r}")
    except NoAnswerError as error:
        raise FailedError(str(error)) from error


def outcome_on(program: Program, requirements: list[str], interpreter: Interpreter) -> tuple[Outcome, Lock]:
    """Return how the program ends on one Python, in a fresh environment, and the lock that was installed in it."""
    lock = Lock("")
    try:
        lock = python.resolve(requirements, interpreter)
        path = CACHE / "smoke" / f"{program.entry}-{interpreter.series}"
        environment = python.make(path, lock, interpreter)
    except RefusedError as error:
        return Outcome(python=interpreter.version, outcome="refused", error=cause(str(error))), lock
    said = ""
    for _ in range(ATTEMPTS):
        try:
            try_once(program, environment, path / "test")
        except FailedError as error:
            said = str(error)
        else:
            return Outcome(python=interpreter.version, outcome="pass"), lock
    return Outcome(python=interpreter.version, outcome="fail", error=said), lock


def cause(complaint: str) -> str:
    """Return the first cause that the installer states, on one line of at most 300 characters."""
    stated = complaint.partition("cause: ")[2] or complaint.partition("╰─▶ ")[2] or complaint
    return " ".join(stated.split())[:300]


def outcomes_of(program: Program, requirements: list[str]) -> list[tuple[Outcome, Lock]]:
    """Return how the program ends on each Python, newest first, down to the first on which it passes."""
    found: list[tuple[Outcome, Lock]] = []
    for interpreter in python.interpreters():
        found.append(outcome_on(program, requirements, interpreter))
        if found[-1][0].outcome == "pass":
            break
    return found


def measure(entry: str, program: Program, package: str) -> tuple[Smoke, str]:
    """Return the result for an entry, and the same in a few words."""
    latest = python.newest_release(package)
    requirements = python.pinned(program.dependencies, {package: latest})
    tried = outcomes_of(program, requirements)
    outcomes = tuple(outcome for outcome, _ in tried)
    passed = outcomes[-1].outcome == "pass"
    result = Smoke(
        entry=entry,
        package=f"pkg:pypi/{package}",
        version=latest,
        outcomes=outcomes,
        newest_python=outcomes[-1].python if passed else None,
        cured=cure(program, requirements) if not passed and program.cure else None,
        older_release=older(program) if all(outcome.outcome == "refused" for outcome in outcomes) else None,
        packages=tried[-1 if passed else 0][1].versions,
        machine=machine(),
        command=f"python -m lab smoke {entry}",
        moment=moment(),
    )
    return result, in_words(outcomes, f"{package} {latest}")


def cure(program: Program, requirements: list[str]) -> Cure:
    """Return how the program ends on the newest Python with what its package does not declare."""
    outcome, lock = outcome_on(program, [*requirements, *program.cure], python.newest())
    return Cure(**dict(outcome), added=program.cure, packages=lock.versions)


def older(program: Program) -> OlderRelease:
    """Return how the program ends on the newest Python with the newest release that can be installed there."""
    outcome, lock = outcome_on(program, list(program.dependencies), python.newest())
    return OlderRelease(**dict(outcome), packages=lock.versions)


def in_words(outcomes: Sequence[Outcome], what: str) -> str:
    """Return the outcomes as one line."""
    tried = ", ".join(f"{o.python} {o.outcome}{f' ({o.error[:90]})' if o.error else ''}" for o in outcomes)
    return f"{what}: {tried}"


def main(arguments: list[str]) -> int:
    """Run the programs of the entries asked for, or of all; return 1 if one could not be run or is missing."""
    asked = named("smoke", __doc__, arguments)
    known = programs.all_programs()
    records = {entry: record for entry, (_, record) in entries().items() if record.language == "Python"}
    about = programs.packages(known, records)
    missing = [entry for entry, record in records.items() if record.package and entry not in known and not asked]
    ids = chosen(asked, list(about))
    status = measure_each(ids, lambda entry: measure(entry, known[entry], about[entry]), MEASURED / "smoke")
    if missing:
        sys.stderr.write(f"Without a program: {', '.join(missing)}. Write lab/programs/ID.py.\n")
    return 1 if missing else status
