"""The rules of the Books applications: one function each, and its docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.checks.rules import Scope, rule
from macros.code.application_code import ApplicationCode
from macros.reading.documents import Location, Problem, quoted, suggestion


def _problem(code: ApplicationCode, message: str, where: Location = ()) -> Problem:
    return code.application.document.problem(where, message)


@rule
def applications_are_of_entries(scope: Scope) -> Iterator[Problem]:
    """The folder of an application has the id of a web framework."""
    known = [entry.id for entry in scope.sources.entries if entry.folder == "frameworks"]
    for name, code in scope.sources.codes.items():
        if name not in known:
            guess = suggestion(name, known)
            yield _problem(code, f"{quoted(name)} is not an entry of data/frameworks/.{guess} Rename the folder.")


@rule
def absences_are_items(scope: Scope) -> Iterator[Problem]:
    """What an application declares absent is an item of the contract."""
    for code in scope.sources.codes.values() if scope.sources.contract.items else ():
        for item in code.application.record.absent:
            if item not in scope.sources.contract.items:
                guess = suggestion(item, scope.sources.contract.items)
                message = f"{quoted(item)} is not an item of lab/books/items.yml.{guess}"
                yield _problem(code, message, ("absent", item))


@rule
def concepts_are_in_the_code(scope: Scope) -> Iterator[Problem]:
    """The name of a concept is spelled as in the application's code."""
    for code in scope.sources.codes.values():
        for concept, called in code.application.record.concepts.items():
            if called.name and concept not in code.places:
                cure = "Spell it as the code does, or write none: and the reason."
                yield _problem(code, f"{quoted(called.name)} is not in the code. {cure}", ("concepts", concept))


@rule
def results_are_of_these_files(scope: Scope) -> Iterator[Problem]:
    """The suite has been run against the application as it is now, and every item of the contract has an outcome."""
    folder = "/measured/books/"
    unreadable = {Path(p.path).stem for p in scope.sources.problems if folder in p.path}
    for name, code in scope.sources.codes.items():
        run = scope.sources.readings.books.get(name)
        again = f"Run: python -m lab books {name}"
        if run is None and name in unreadable:
            continue
        if run is None:
            yield _problem(code, f"The suite has not been run against it. {again}")
        elif run.files != code.digest:
            yield _problem(code, f"It has changed since the suite was run against it ({run.moment}). {again}")
        elif missing := sorted(scope.sources.contract.items.keys() - run.items.keys()):
            yield _problem(code, f"Its run has no outcome for {', '.join(missing)}. {again}")


@rule
def results_on_postgresql_are_of_these_files(scope: Scope) -> Iterator[Problem]:
    """A run on PostgreSQL is of the application as it is now, and the application names a driver for it."""
    runs = scope.sources.readings.books_postgresql
    for name, code in scope.sources.codes.items():
        run, again = runs.get(name), f"Run: python -m lab books --database postgresql {name}"
        on = code.application.record.postgresql
        if run and not (on and on.driver):
            yield _problem(code, "It has been run on PostgreSQL and names no driver. Add postgresql: and the driver.")
        elif run and run.files != code.digest:
            yield _problem(code, f"It has changed since it was run on PostgreSQL ({run.moment}). {again}")
