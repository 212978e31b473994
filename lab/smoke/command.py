"""Use every Python package of the catalog for what it is for, on the newest Python that its latest release runs on.

`python -m lab smoke [ID …]` writes data/measured/smoke/ID.json. An import proves nothing: see lab/programs/.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packageurl import PackageURL

from lab.core import programs, python
from lab.core.output import MEASURED, chosen, each, entries, machine, moment
from lab.core.processes import NoAnswerError, serving, stop
from lab.core.programs import SmokeTest
from lab.core.python import CACHE, Environment, Interpreter, Lock, RefusedError, last_line
from macros.schema.entries import Entry

ATTEMPTS = 2
"""A test that fails is repeated once, so that a busy machine is not taken for a broken package."""
LONGEST = 60.0
"""Seconds that a test may take."""


class FailedError(Exception):
    """The test ran and did not pass; the text is the last line of what it said."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a test came to on one Python: pass, fail, or refused where the release cannot be installed."""

    version: str
    outcome: str
    error: str = ""
    lock: Lock = field(default_factory=lambda: Lock(""))

    def as_json(self) -> dict[str, str]:
        """Return it as the result file states it."""
        return {"version": self.version, "outcome": self.outcome, "error": self.error}


def run_command(command: list[str], environment: Environment, folder: Path) -> None:
    """Run the command in the folder; raise FailedError with the last line it wrote where its status is not 0."""
    with (folder / "output.log").open("w+b") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=environment.variables(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
        try:
            status = process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            raise FailedError(f"no end after {LONGEST:g} s") from None
        finally:
            stop(process)
        log.seek(0)
        if status:
            said = last_line(log.read().decode(errors="replace"))
            raise FailedError(said or f"exit status {status}")


def try_once(test: SmokeTest, environment: Environment, folder: Path) -> None:
    """Run the test as its header says; raise FailedError where it does not pass."""
    test.put_into(folder)
    if test.setup:
        run_command(shlex.split(test.setup), environment, folder)
    if test.serve is None:
        run_command(["python", test.name], environment, folder)
        return
    try:
        with serving(test.serve, folder, environment.variables()) as server:
            if not programs.is_answer(server.body):
                raise FailedError(f"answered {server.body[:80]!r}")
    except NoAnswerError as error:
        raise FailedError(str(error)) from error


def outcome_on(test: SmokeTest, requirements: list[str], interpreter: Interpreter) -> Outcome:
    """Return what the test comes to on one Python, in a fresh environment."""
    lock = Lock("")
    try:
        lock = python.resolve(requirements, interpreter)
        path = CACHE / "smoke" / f"{test.entry}-{interpreter.series}"
        environment = python.make(path, lock, interpreter)
    except RefusedError as error:
        return Outcome(interpreter.version, "refused", reason(str(error)), lock)
    said = ""
    for _ in range(ATTEMPTS):
        try:
            try_once(test, environment, path / "test")
        except FailedError as error:
            said = str(error)
        else:
            return Outcome(interpreter.version, "pass", "", lock)
    return Outcome(interpreter.version, "fail", said, lock)


def reason(complaint: str) -> str:
    """Return the first cause that the installer states, on one line of at most 300 characters."""
    cause = complaint.partition("cause: ")[2] or complaint.partition("╰─▶ ")[2] or complaint
    return " ".join(cause.split())[:300]


def outcomes_of(test: SmokeTest, requirements: list[str]) -> list[Outcome]:
    """Return what the test comes to on each Python, newest first, down to the first on which it passes."""
    found: list[Outcome] = []
    for interpreter in python.interpreters():
        found.append(outcome_on(test, requirements, interpreter))
        if found[-1].outcome == "pass":
            break
    return found


def measure(entry: str, test: SmokeTest, package: str) -> tuple[dict[str, Any], str]:
    """Return the result for an entry, and the same in a few words.

    `cured` says what the test comes to with what it does not declare, where it passes nowhere without;
    `older_release` what an older release comes to, where the latest asks for a Python that is not here.
    """
    latest = python.newest_release(package)
    requirements = python.pinned(test.dependencies, {package: latest})
    outcomes = outcomes_of(test, requirements)
    passed = outcomes[-1] if outcomes[-1].outcome == "pass" else None
    result: dict[str, Any] = {
        "entry": entry,
        "package": package,
        "latest": latest,
        "outcomes": [outcome.as_json() for outcome in outcomes],
        "newest_python": passed.version if passed else None,
        "versions": (passed or outcomes[0]).lock.versions,
        "machine": machine(),
        "command": f"python -m lab smoke {entry}",
        "measured": moment(),
    }
    newest = python.interpreters()[0]
    if not passed and test.cure:
        cured = outcome_on(test, [*requirements, *test.cure], newest)
        result["cured"] = {**cured.as_json(), "with": list(test.cure), "versions": cured.lock.versions}
    if all(outcome.outcome == "refused" for outcome in outcomes):
        older = outcome_on(test, list(test.dependencies), newest)
        result["older_release"] = {**older.as_json(), "versions": older.lock.versions}
    return result, in_words(outcomes, f"{package} {latest}")


def in_words(outcomes: list[Outcome], what: str) -> str:
    """Return the outcomes as one line."""
    tried = ", ".join(f"{o.version} {o.outcome}{f' ({o.error[:90]})' if o.error else ''}" for o in outcomes)
    return f"{what}: {tried}"


def packages(tests: Mapping[str, SmokeTest]) -> dict[str, str]:
    """Return the package that each test is about: the entry's own, or the first it installs where it has none."""
    found = {}
    for entry, record in python_entries().items():
        if entry in tests:
            own = PackageURL.from_string(record.package).name if record.package else tests[entry].dependencies[0]
            found[entry] = python.canonical(own)
    return found


def python_entries() -> dict[str, Entry]:
    """Return the record of every entry written in Python, by id."""
    return {entry: record for entry, (_, record) in entries().items() if record.language == "Python"}


def main(arguments: list[str]) -> int:
    """Run the tests of the entries asked for, or of all; return 0, or 1 where one could not be run or is missing."""
    tests = programs.all_tests()
    about = packages(tests)
    packaged = [entry for entry, record in python_entries().items() if record.package]
    untested = [entry for entry in packaged if entry not in tests and not arguments]
    asked = chosen(arguments, list(about))
    status = each(asked, lambda entry: measure(entry, tests[entry], about[entry]), MEASURED / "smoke")
    if untested:
        sys.stderr.write(f"No smoke test: {', '.join(untested)}. Write lab/programs/ID.py.\n")
    return 1 if untested else status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
