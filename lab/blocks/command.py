"""Run the code blocks of an article as they are printed, and the tests of their current forms, in the newest releases.

`python -m lab blocks [NN …]` writes data/measured/blocks.json; `--lock` resolves the newest releases again instead.
A printed block runs twice: alone, pasted where it belongs, and together with the names that it assumes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from lab.blocks import environments, places
from lab.blocks.places import HERE, PLACES
from lab.core.output import machine, moment, read_result, write_result
from lab.core.paths import CACHE, MEASURED
from lab.core.processes import finish
from lab.core.progress import Progress
from lab.core.python import Environment
from lab.core.runner import chosen, for_each, report
from macros.schema.measured.blocks import BlockOutcome, BlockRun, BlockRuns, BlockStep, BlockTest, BlockWarning

FILE = MEASURED / "blocks.json"
LONGEST = 120.0
"""Seconds that one run may take."""
TESTS_FAILED = 1
"""The exit status of pytest if tests failed."""


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


def run(command: list[str], folder: Path, environment: Environment, *other_successes: int) -> str:
    """Return what the command prints; raise FailedError if its status is neither 0 nor one of the others."""
    return finish(command, folder, environment.variables(), LONGEST, (0, *other_successes))


def outcome_of(result: str) -> BlockOutcome:
    """Return how a run ended, from the result.json that it left: fails, warns or runs, with the first error."""
    found = json.loads(result)
    steps = tuple(BlockStep(**step) for step in found["steps"])
    warnings = tuple(BlockWarning(**warning) for warning in found["warnings"])
    errors = [step.error for step in steps if step.kind == "run" and step.error]
    return BlockOutcome(
        ended="fails" if errors else "warns" if warnings else "runs",
        error=errors[0] if errors else "",
        warnings=warnings,
        steps=steps,
    )


def run_printed(number: str, environment: Environment, in_context: bool) -> BlockOutcome:
    """Return how the printed block ends, alone or with what it assumes."""
    folder = CACHE / "blocks" / "run" / f"{number}-{'context' if in_context else 'alone'}"
    framework = PLACES[number].framework
    place(folder, framework, environment, lambda path: places.place_printed(number, path, in_context))
    shutil.copy(HERE / number / "steps.py", folder / "steps.py")
    last = in_context or not places.has_context(number)
    run(["python", "drive.py", "steps.py", "all" if last else "run"], folder, environment)
    return outcome_of((folder / "result.json").read_text(encoding="utf-8"))


def run_today(number: str, environment: Environment) -> tuple[BlockTest, ...]:
    """Return the tests of the current form with how each ended."""
    folder = CACHE / "blocks" / "run" / f"{number}-today"
    place(folder, PLACES[number].framework, environment, lambda path: places.place_today(number, path))
    shutil.copy(HERE / "tests" / f"test_{number}.py", folder / "test_block.py")
    shutil.copy(HERE / "tests" / "conftest.py", folder / "conftest.py")
    options = ["-q", "-W", "error", "-p", "no:cacheprovider", "--junit-xml=report.xml"]
    run(["python", "-m", "pytest", "test_block.py", *options], folder, environment, TESTS_FAILED)
    cases = ElementTree.parse(folder / "report.xml").getroot().iter("testcase")  # noqa: S314 - written a moment ago
    return tuple(_test(case) for case in cases)


def _test(case: ElementTree.Element) -> BlockTest:
    failure = next((found for found in case if found.tag in ("failure", "error")), None)
    error = "" if failure is None else (failure.get("message") or failure.tag).splitlines()[0][:300]
    return BlockTest(name=case.get("name", ""), error=error)


def files_of(number: str) -> dict[str, str]:
    """Return the files beside the current form that are shown nowhere else, by name."""
    beside = PLACES[number].beside
    return {name: (HERE / "support" / source).read_text(encoding="utf-8") for name, source in beside.items()}


def measure(number: str) -> tuple[BlockRun, str]:
    """Return the result for a block, and the same in a few words."""
    place_ = PLACES[number]
    printed, today = (environments.installed(f"{place_.framework}-{form}") for form in ("printed", "today"))
    alone = run_printed(number, printed, False)
    context = run_printed(number, printed, True) if places.has_context(number) else None
    tests = run_today(number, today)
    result = BlockRun(
        language="python",
        files=tuple(place_.parts),
        printed=places.printed(number),
        alone=alone,
        context=context,
        given=places.context(number),
        after=tuple(f"block-{earlier}" for earlier in place_.after_printed),
        today=places.today(number),
        today_files=tuple(place_.today_parts),
        today_after=tuple(f"block-{earlier}" for earlier in place_.after),
        beside=files_of(number),
        tests=tests,
    )
    passed = sum(1 for test in tests if not test.error)
    words = f"alone {alone.ended}, in context {context.ended if context else 'the same'}"
    return result, f"{words}; current form: {passed} of {len(tests)} tests pass"


def main(arguments: list[str]) -> int:
    """Run the blocks asked for, or all; return 1 if one could not be run or a test of its current form fails."""
    asked = _parsed(arguments)
    if asked.lock:
        return _lock()
    numbers = chosen(asked.numbers, list(PLACES))
    old = read_result(FILE, BlockRuns).blocks if FILE.is_file() and asked.numbers else {}
    blocks, failing = dict(old), list[str]()

    def keep(number: str, found: tuple[BlockRun, str]) -> str:
        result, words = found
        blocks[f"block-{number}"] = result
        failing.extend(f"{number}: {test.name}: {test.error}" for test in result.tests if test.error)
        return words

    progress = Progress(len(numbers))
    status = report(for_each(numbers, measure, keep), len(numbers), progress.elapsed)
    sys.stderr.write("".join(f"{line}\n" for line in failing))
    if all(f"block-{number}" in blocks for number in PLACES):
        write_result(FILE, _results(blocks))
    return 1 if failing else status


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m lab blocks", description=__doc__)
    parser.add_argument("numbers", nargs="*", metavar="NN", help="blocks, such as 02; all if none is named")
    parser.add_argument("--lock", action="store_true", help="resolve the newest releases again, and run nothing")
    asked = parser.parse_args(arguments)
    if asked.lock and asked.numbers:
        parser.error("--lock takes no blocks: their environments are shared.")
    return asked


def _lock() -> int:
    names, progress = list(environments.REQUIREMENTS), Progress(len(environments.REQUIREMENTS))
    return report(for_each(names, environments.lock, lambda *_: "locked"), len(names), progress.elapsed, "locked")


def _results(blocks: dict[str, BlockRun]) -> BlockRuns:
    return BlockRuns(
        blocks=blocks,
        environments={name: environments.versions(name) for name in environments.REQUIREMENTS},
        runtime=f"CPython {environments.interpreter().version}",
        machine=machine(),
        command="python -m lab blocks",
        moment=moment(),
    )
