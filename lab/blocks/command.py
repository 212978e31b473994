"""Run the code blocks of an article as they are printed, and the tests of today's forms, in the newest releases.

`python -m lab blocks [NN …]` writes data/measured/blocks.json; `--lock` resolves the newest releases anew first.
A printed block runs twice: alone, pasted where it belongs, and with the names that it takes for granted.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from lab.blocks import places
from lab.blocks.places import HERE, PLACES
from lab.core import python
from lab.core.output import MEASURED, chosen, machine, moment, write
from lab.core.processes import stop
from lab.core.progress import Progress, clock
from lab.core.python import CACHE, Environment, Interpreter, LabError, Lock, last_line

LOCKS = HERE / "locks"
FILE = MEASURED / "blocks.json"
LONGEST = 120.0
"""Seconds that one run may take."""
PYTHON = "3.13"
"""The series that the locks are for."""
REQUIREMENTS: Mapping[str, tuple[str, ...]] = {
    "django-printed": ("django", "psycopg[binary]", "redis"),
    "django-today": ("django", "psycopg[binary]", "redis", "pytest"),
    "fastapi-printed": (
        "fastapi", "httpx", "sqlalchemy[asyncio]", "aiosqlite", "asyncpg", "databases[aiosqlite]", "python-jose",
        "uvicorn", "gunicorn",
    ),
    "fastapi-today": (
        "fastapi", "email-validator", "httpx2", "sqlalchemy[asyncio]", "aiosqlite", "asyncpg", "pyjwt", "uvicorn",
        "pytest",
    ),
    "flask-printed": (
        "flask", "flask-sqlalchemy", "flask-migrate", "flask-caching", "flask-wtf", "psycopg2-binary", "redis",
        "gunicorn",
    ),
    "flask-today": (
        "flask", "flask-sqlalchemy", "flask-migrate", "flask-caching", "flask-wtf", "psycopg[binary]", "redis",
        "gunicorn", "pytest",
    ),
}  # fmt: skip
"""What is installed, by framework and form: for printed blocks what they import, with the driver that was meant."""


class NoOutcomeError(Exception):
    """A run ended without saying how; the text is the last line that it printed."""


def interpreter() -> Interpreter:
    """Return the Python that the locks are for; raise LabError where this machine has none."""
    for found in python.interpreters():
        if found.series == PYTHON:
            return found
    raise LabError(f"There is no Python {PYTHON}. Install one, by pyenv for example.")


def lock_file(name: str) -> Path:
    """Return where the locked requirements stand."""
    return LOCKS / f"{name}.txt"


def write_locks() -> None:
    """Resolve the newest releases anew."""
    LOCKS.mkdir(exist_ok=True)
    progress = Progress(len(REQUIREMENTS))
    for name, requirements in REQUIREMENTS.items():
        lock_file(name).write_text(python.resolve(requirements, interpreter()).text, encoding="utf-8")
        progress.step(f"locked {name}")


def installed(name: str) -> Environment:
    """Return the environment of a lock, made anew where the lock has changed."""
    if not lock_file(name).is_file():
        raise LabError(f"{name} has no lock file. Run: python -m lab blocks --lock")
    lock = Lock(lock_file(name).read_text(encoding="utf-8"))
    path = CACHE / "blocks" / f"{name}-{lock.digest[:12]}"
    if not (path / "complete").is_file():
        python.make(path, lock, interpreter())
        (path / "complete").touch()
    return Environment(path, interpreter(), lock)


def place(folder: Path, framework: str, environment: Environment, put: Callable[[Path], None]) -> None:
    """Make the folder that a reader of the block starts from, and put the files into it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    templates = folder / ("books/templates" if framework == "django" else "templates")
    if framework == "django":
        django_project(folder, environment)
        with (folder / "config/settings.py").open("a", encoding="utf-8") as settings:
            settings.write('\nINSTALLED_APPS += ["books"]\n\n')
        urls = (
            "from importlib.util import find_spec\n\nfrom django.contrib import admin\n"
            "from django.urls import include, path\n\nurlpatterns = [path('admin/', admin.site.urls)]\n"
            "if find_spec('books.urls'):\n    urlpatterns.append(path('', include('books.urls')))\n"
        )
        (folder / "config/urls.py").write_text(urls, encoding="utf-8")
    shutil.copytree(HERE / "support" / "templates", templates)
    put(folder)
    for name in ("kit.py", "drive.py"):
        shutil.copy(HERE / name, folder / name)


def django_project(folder: Path, environment: Environment) -> None:
    """Copy a project with one app into the folder, as `startproject` and `startapp` make them."""
    made = environment.path / "project"
    if not (made / "books").is_dir():
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
        run(["django-admin", "startproject", "config", "."], made, environment)
        run(["python", "manage.py", "startapp", "books"], made, environment)
    shutil.copytree(made, folder, dirs_exist_ok=True)


def run(command: list[str], folder: Path, environment: Environment) -> str:
    """Return what the command prints; raise NoOutcomeError where its status is neither 0 nor, of pytest, 1."""
    with (folder / "output.log").open("w+b") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=environment.variables(), stdin=subprocess.DEVNULL, stdout=log,
            stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            status = process.wait(LONGEST)
        except subprocess.TimeoutExpired:
            raise NoOutcomeError(f"no end after {LONGEST:g} s") from None
        finally:
            stop(process)
        log.seek(0)
        said = log.read().decode(errors="replace")
    if status not in ((0, 1) if "pytest" in command else (0,)):
        raise NoOutcomeError(last_line(said) or f"exit status {status}")
    return said


def outcome_of(steps: list[dict[str, str]], warnings: list[dict[str, str]]) -> dict[str, Any]:
    """Return how a run ended: fails, warns or runs, with the error, the warnings and the steps."""
    errors = [step["error"] for step in steps if step["kind"] == "run" and step["error"]]
    ended = "fails" if errors else "warns" if warnings else "runs"
    return {"ended": ended, "error": errors[0] if errors else "", "warnings": warnings, "steps": steps}


def run_printed(number: str, environment: Environment, in_context: bool) -> dict[str, Any]:
    """Return how the printed block ends, alone or with what it takes for granted."""
    folder = CACHE / "blocks" / "run" / f"{number}-{'context' if in_context else 'alone'}"
    framework = PLACES[number].framework
    place(folder, framework, environment, lambda path: places.place_printed(number, path, in_context))
    shutil.copy(HERE / number / "steps.py", folder / "steps.py")
    last = in_context or not places.has_context(number)
    run(["python", "drive.py", "steps.py", "all" if last else "run"], folder, environment)
    found = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return outcome_of(found["steps"], found["warnings"])


def run_today(number: str, environment: Environment) -> dict[str, Any]:
    """Return the tests of today's form with how each ended."""
    folder = CACHE / "blocks" / "run" / f"{number}-today"
    place(folder, PLACES[number].framework, environment, lambda path: places.place_today(number, path))
    shutil.copy(HERE / "tests" / f"test_{number}.py", folder / "test_block.py")
    shutil.copy(HERE / "tests" / "conftest.py", folder / "conftest.py")
    options = ["-q", "-W", "error", "-p", "no:cacheprovider", "--junit-xml=report.xml"]
    run(["python", "-m", "pytest", "test_block.py", *options], folder, environment)
    cases = ElementTree.parse(folder / "report.xml").getroot().iter("testcase")  # noqa: S314 - written a moment ago
    return {"tests": [_test(case) for case in cases]}


def _test(case: ElementTree.Element) -> dict[str, str]:
    failure = next((found for found in case if found.tag in ("failure", "error")), None)
    error = "" if failure is None else (failure.get("message") or failure.tag).splitlines()[0][:300]
    return {"name": case.get("name", ""), "error": error}


def files_of(number: str) -> dict[str, str]:
    """Return what stands beside today's form and is not shown elsewhere, by file."""
    beside = PLACES[number].beside
    return {name: (HERE / "support" / source).read_text(encoding="utf-8") for name, source in beside.items()}


def measure(number: str) -> tuple[dict[str, Any], str]:
    """Return the result for a block, and the same in a few words."""
    place_ = PLACES[number]
    printed, today = (installed(f"{place_.framework}-{form}") for form in ("printed", "today"))
    alone = run_printed(number, printed, False)
    context = run_printed(number, printed, True) if places.has_context(number) else None
    tested = run_today(number, today)
    result = {
        "framework": place_.framework,
        "language": "python",
        "files": list(place_.parts),
        "printed": places.printed(number),
        "alone": alone,
        "context": context,
        "given": places.context(number),
        "after": [f"block-{earlier}" for earlier in place_.after_printed],
        "today": places.today(number),
        "today_files": list(place_.today_parts),
        "today_after": [f"block-{earlier}" for earlier in place_.after],
        "beside": files_of(number),
        **tested,
    }
    failed = [test for test in tested["tests"] if test["error"]]
    words = f"alone {alone['ended']}, in context {context['ended'] if context else 'the same'}"
    return result, f"{words}; today {len(tested['tests']) - len(failed)} of {len(tested['tests'])} tests pass"


def versions(name: str) -> dict[str, str]:
    """Return what the lock of that name pins, of what it asks for by name."""
    pinned = Lock(lock_file(name).read_text(encoding="utf-8")).versions
    asked = (python.canonical(re.split(r"\[", requirement)[0]) for requirement in REQUIREMENTS[name])
    return {package: pinned[package] for package in sorted({*asked, *_shown(name)} & {*pinned})}


def _shown(name: str) -> tuple[str, ...]:
    return ("pydantic", "starlette") if name.startswith("fastapi") else ("sqlalchemy", "werkzeug", "wtforms", "click")


def main(arguments: list[str]) -> int:
    """Run the blocks asked for, or all; return 0, or 1 where one could not be run or a test of today's form fails."""
    if arguments == ["--lock"]:
        write_locks()
        return 0
    numbers = chosen(arguments, list(PLACES))
    old = json.loads(FILE.read_text(encoding="utf-8"))["blocks"] if FILE.is_file() and arguments else {}
    found, failed, progress = dict(old), [], Progress(len(numbers))
    for number in numbers:
        try:
            found[f"block-{number}"], words = measure(number)
            failed += [
                f"block {number}: {t['name']}: {t['error']}" for t in found[f"block-{number}"]["tests"] if t["error"]
            ]
        except (LabError, NoOutcomeError, OSError, ValueError) as error:
            words = f"not run: {last_line(str(error))}"
            failed.append(f"block {number}: {words}")
        progress.step(f"block {number}: {words}")
    result = {
        "blocks": found,
        "versions": {name: versions(name) for name in REQUIREMENTS},
        "runtime": f"CPython {interpreter().version}",
        "machine": machine(),
        "command": "python -m lab blocks",
        "measured": moment(),
    }
    if not any(name not in found for name in (f"block-{number}" for number in PLACES)):
        write(FILE, result)
    summary = f"{len(numbers)} blocks in {clock(progress.elapsed)}; {len(failed)} failures"
    sys.stderr.write("\n".join([*failed, summary, ""]))
    return 1 if failed else 0
