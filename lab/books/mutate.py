"""`python -m lab books --mutations [APPLICATION …]`: small bugs in the applications; the suite must catch each."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from lab.books.environments import HOME, MARK
from lab.books.items import items
from lab.books.suites import SUITE, Place, Run, run_suite
from lab.core.errors import LabError
from lab.core.output import machine, moment
from macros.code.applications import Application, digest, files_of
from macros.reading.documents import Problem, quoted, read, suggestion
from macros.reading.validation import validate
from macros.schema.base import Record
from macros.schema.fields import Plain
from macros.schema.measured.mutations import MutationsRun, PlantedBug

FOLDER = Path(__file__).resolve().parent / "mutations"


class Change(Record):
    """A place in a file of the application, and what stands there instead."""

    file: Plain = Field(description="Its path in the folder of the application.")
    was: str = Field(description="What stands there, once.", min_length=1)
    now: str = Field(description="What stands there instead.")


class Mutation(Record):
    """A small bug, and the item of the contract whose tests must catch it."""

    bug: Plain = Field(description="What is wrong, in a few words.")
    item: Plain = Field(description="The item of the contract that catches it.")
    changes: tuple[Change, ...] = Field(min_length=1)


class Mutations(Record):
    """lab/books/mutations/ID.yml: the bugs of an application, by id."""

    mutations: dict[str, Mutation] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Planted:
    """A bug of an application."""

    application: Application
    id: str
    mutation: Mutation

    @property
    def name(self) -> str:
        """Return the application and the bug: `flask/no-csp`."""
        return f"{self.application.id}/{self.id}"


def load(found: Mapping[str, Application], folder: Path = FOLDER) -> tuple[list[Planted], list[Problem]]:
    """Return the bugs of every application, and what is wrong with their files."""
    planted, problems = list[Planted](), list[Problem]()
    for file in sorted(folder.glob("*.yml")):
        document = read(file, f"lab/books/mutations/{file.name}")
        checked = validate(Mutations, document)
        problems += [*document.problems, *checked.problems]
        if file.stem not in found:
            problems.append(document.problem((), f"There is no application {quoted(file.stem)}."))
        elif checked.record:
            for name, mutation in checked.record.mutations.items():
                planted.append(Planted(found[file.stem], name, mutation))
                where = ("mutations", name)
                problems += [document.problem(where, message) for message in _wrong(found[file.stem], mutation)]
    return planted, problems


def _wrong(application: Application, mutation: Mutation) -> Iterator[str]:
    """Yield what does not fit the application: a bug must follow the code that it changes."""
    if mutation.item not in items():
        yield f"{quoted(mutation.item)} is not an item of the contract.{suggestion(mutation.item, items())}"
    for change in mutation.changes:
        file = application.folder / change.file
        if not file.is_file():
            yield f"{change.file} is not a file of lab/apps/{application.id}/."
        elif (count := file.read_text(encoding="utf-8").count(change.was)) != 1:
            stands = f"stands {count} times in" if count else "is not in"
            yield f"{quoted(change.was)} {stands} {change.file}. Follow the code, so that it stands there once."


def sample(planted: Sequence[Planted], most: int) -> list[Planted]:
    """Return `most` of the bugs, spread evenly."""
    return [planted[number * len(planted) // most] for number in range(min(most, len(planted)))]


def caught(planted: Planted) -> Run:
    """Return what the tests of the item found in a copy of the application with the bug."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as place:
        folder = Path(place) / "apps" / planted.application.id
        for file in files_of(planted.application.folder):
            copy = folder / file.relative_to(planted.application.folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
        for change in planted.mutation.changes:
            file = folder / change.file
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace(change.was, change.now), encoding="utf-8")
        home = Path(place) / "home"
        _lend(planted.application, home / planted.application.id)
        return run_suite(planted.application.id, Place(folder.parent, home), only=planted.mutation.item)


def _lend(application: Application, place: Path) -> None:
    """Let a copy use what is installed for the application, which must have been prepared."""
    own = HOME / application.id
    place.mkdir(parents=True)
    if application.language == "python":
        (place / "environment").symlink_to(own / "environment")
        return
    (place / "application").mkdir()
    (place / "application" / "node_modules").symlink_to(own / "application" / "node_modules")
    shutil.copyfile(own / MARK, place / MARK)


def catcher(run: Run, item: str) -> str:
    """Return the first test that failed, nothing where none did; raise LabError if no test of the item was run."""
    outcome = run.outcomes.get(item)
    if not outcome or (not outcome.tests and outcome.outcome != "failed"):
        raise LabError(f"no test of {item} was run")
    return outcome.reason.partition(":")[0] if outcome.outcome == "failed" else ""


def result(application: Application, bugs: Mapping[str, PlantedBug]) -> MutationsRun:
    """Return what is written: what became of the bugs of an application."""
    return MutationsRun(
        entry=application.id,
        bugs=dict(bugs),
        files=digest(application.folder),
        suite=digest(SUITE),
        machine=machine(),
        command=f"python -m lab books --mutations {application.id}",
        moment=moment(),
    )
