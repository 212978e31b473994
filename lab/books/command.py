"""`python -m lab books [APPLICATION …]`: the suite against every application, several at a time."""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lab.books.databases import NAMES, settings_of
from lab.books.environments import APPLICATIONS, Prepared, lock, prepare
from lab.books.items import items
from lab.books.mutate import Planted, catcher, caught, result, sample
from lab.books.mutate import load as load_mutations
from lab.books.newest import move
from lab.books.suites import run_suite
from lab.core import postgres
from lab.core.errors import LabError
from lab.core.output import machine, moment, write_result
from lab.core.paths import MEASURED
from lab.core.progress import Progress, clock
from lab.core.runner import chosen, for_each, report
from macros.code import applications
from macros.code.applications import Application
from macros.schema.measured.books import BooksItem, BooksRun
from macros.schema.measured.mutations import PlantedBug

WORKERS = 4
"""Applications at a time: on two processors, since half of a suite is waiting."""

RESULTS = {"sqlite": "books", "postgresql": "books-postgresql"}
"""The folder of data/measured/ for the results on each database."""


class Tested(NamedTuple):
    """What the suite found in one application, and what pytest printed."""

    result: BooksRun
    seconds: float
    output: str


def main(arguments: list[str]) -> int:
    """Return 0 if every item of every application passed or is declared absent, 1 otherwise, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    found, problems = applications.load(APPLICATIONS)
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    ids = chosen(options.application, [name for name, one in found.items() if _keeps_in(options.database, one)])
    if options.mutations:
        planted, wrong = load_mutations(found)
        sys.stderr.writelines(f"{problem}\n" for problem in wrong)
        planted = [one for one in planted if one.application.id in ids]
        if wrong:
            return 1
        if options.sample:
            return _mutate(sample(planted, options.sample), workers=options.workers, write=False)
        return _mutate(planted, workers=options.workers, write=not options.check)
    if options.lock or options.newest:
        return _lock_all(found, ids, newest=options.newest)
    return _test_all(found, ids, options)


def _keeps_in(database: str, application: Application) -> bool:
    """Return whether the application can keep its books there."""
    on = application.record.postgresql
    return database == "sqlite" or bool(on and on.driver)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab books", description=__doc__)
    parser.add_argument("application", nargs="*", help="ids of lab/apps/; all if none is named")
    parser.add_argument("--check", action="store_true", help="write no results")
    parser.add_argument("--database", default="sqlite", choices=NAMES, help="what keeps the books; sqlite")
    parser.add_argument("--lock", action="store_true", help="write the locks of the applications, and run nothing")
    parser.add_argument("--newest", action="store_true", help="the same, with the newest direct dependencies")
    parser.add_argument("--mutations", action="store_true", help="plant the bugs of mutations/: each must be caught")
    parser.add_argument("--sample", type=int, metavar="N", help="so many of these bugs; writes no results")
    parser.add_argument("--keep", action="store_true", help="print what the suite prints, and keep its folders")
    parser.add_argument("-k", metavar="WORDS", help="only the tests that pytest's -k selects; writes no results")
    parser.add_argument("--workers", type=int, default=WORKERS, help=f"applications at a time; {WORKERS}")
    return parser


def _lock_all(found: Mapping[str, Application], ids: list[str], *, newest: bool) -> int:
    """Lock the applications, with their newest direct dependencies if asked; return 1 if one could not be locked."""
    progress = Progress(len(ids))
    failed = for_each(ids, lambda name: _lock(found[name], newest=newest), lambda _, stay: "; ".join(["locked", *stay]))
    return report(failed, len(ids), progress.elapsed, "locked")


def _lock(application: Application, *, newest: bool) -> list[str]:
    """Lock an application; return the dependencies that stay at a release, with the reason of each."""
    if newest:
        return move(application)
    lock(application)
    return []


def _test_all(found: Mapping[str, Application], ids: list[str], options: argparse.Namespace) -> int:
    conforming = []
    if options.database == "postgresql":
        try:
            postgres.find()
        except LabError as error:
            sys.stderr.write(f"{error}\n")
            return 1

    def keep(name: str, tested: Tested) -> str:
        if not (options.check or options.k):
            write_result(MEASURED / RESULTS[options.database] / f"{name}.json", tested.result)
        if options.keep:
            sys.stderr.write(tested.output)
        if not tested.result.count("failed"):
            conforming.append(name)
        return _in_words(tested)

    progress = Progress(len(ids))
    for_each(ids, lambda name: _test(found[name], options), keep, workers=options.workers)
    sys.stderr.write(f"{len(conforming)} of {len(ids)} applications conform, in {clock(progress.elapsed)}\n")
    return 0 if len(conforming) == len(ids) else 1


def _test(application: Application, options: argparse.Namespace) -> Tested:
    """Return what the suite finds in one application; raise LabError or RefusedError if it cannot be run."""
    began = time.monotonic()
    prepared = prepare(application)
    selected = ["-k", options.k] if options.k else []
    run = run_suite(prepared.id, options=[f"--database={options.database}", *selected], keep=options.keep)
    outcomes = {name: outcome for name, outcome in run.outcomes.items() if outcome.tests or not options.k}
    return Tested(_result(prepared, outcomes, options.database), time.monotonic() - began, run.output)


def _mutate(planted: Sequence[Planted], *, workers: int, write: bool) -> int:
    """Run the suite against every bug and write what became of them; return 1 if one survived or was not run."""
    applications_ = {one.application.id: one.application for one in planted}
    for application in applications_.values():
        prepare(application)
    by_name = {one.name: one for one in planted}
    ended = defaultdict[str, dict[str, PlantedBug]](dict)

    def keep(name: str, test: str) -> str:
        one = by_name[name]
        ended[one.application.id][one.id] = PlantedBug(bug=one.mutation.bug, item=one.mutation.item, test=test)
        if not test:
            raise LabError(f"survived all tests of {one.mutation.item}: {one.mutation.bug}")
        return f"caught by {test}"

    progress = Progress(len(by_name))
    failed = for_each(
        list(by_name), lambda name: catcher(caught(by_name[name]), by_name[name].mutation.item), keep, workers=workers
    )
    for entry, bugs in ended.items() if write else ():
        wanted = [one.id for one in planted if one.application.id == entry]
        if set(wanted) == set(bugs):  # else some could not be run, and the old result stays
            found = result(applications_[entry], {name: bugs[name] for name in wanted})
            write_result(MEASURED / "mutations" / f"{entry}.json", found)
    return report(failed, len(by_name), progress.elapsed, "caught")


def _result(prepared: Prepared, outcomes: Mapping[str, BooksItem], database: str) -> BooksRun:
    """Return what is written: the outcomes in the order of the contract, and what was tested."""
    application = prepared.application
    direct, versions = application.dependencies, prepared.versions
    asked = [] if database == "sqlite" else [f"--database {database}"]
    return BooksRun(
        entry=application.id,
        items={name: outcomes[name] for name in items() if name in outcomes},
        files=applications.digest(application.folder),
        packages={name: versions[name] for name in direct if name in versions},
        runtime=prepared.runtime,
        machine=machine(),
        database=prepared.release_of(database),
        server=settings_of(database),
        command=" ".join(["python -m lab books", *asked, application.id]),
        moment=moment(),
    )


def _in_words(tested: Tested) -> str:
    """Return how many items passed, and why others did not."""
    run = tested.result
    head = f"{run.count('passed')} passed, {run.count('absent')} absent, {run.count('failed')} failed"
    failed = {name: item for name, item in run.items.items() if item.outcome == "failed"}
    reasons = [f"    {name}: {item.reason}" for name, item in failed.items()]
    return "\n".join([f"{head}, {tested.seconds:.0f} s", *reasons])
