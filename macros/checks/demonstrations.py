"""The rules of demonstrations: functions that show what a fact says of a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros import schema
from macros.catalog.sources import Loaded
from macros.checks.rules import Scope, facts_of, rule
from macros.code.demonstrations import Demonstration, DemonstrationFile, entry_of
from macros.reading.documents import Location, Problem, quoted, suggestion
from macros.schema.measured.demonstrations import DemonstrationsRun

FOLDER = "lab/demonstrations/"


@rule
def demonstrations_exist(scope: Scope) -> Iterator[Problem]:
    """The demonstration that a fact names is a function in the file of its entry in lab/demonstrations/."""
    unreadable = {entry_of(Path(p.path)) for p in scope.sources.problems if p.path.startswith(FOLDER)}
    if not scope.sources.demonstrations and not unreadable:
        return  # the data lie alone, without the lab beside them
    for loaded, where, _, named in _naming(scope):
        file = scope.sources.demonstrations.get(loaded.id)
        cure = "Write it as a public function without arguments whose docstring is the claim."
        if file is None and loaded.id not in unreadable:
            name = loaded.id.replace("-", "_")
            yield loaded.problem(where, f"There is no {FOLDER}{name}.py (or .mjs), so no {quoted(named)}. {cure}")
        elif file and named not in file.demonstrations:
            guess = suggestion(named, file.demonstrations)
            yield loaded.problem(where, f"{quoted(named)} is not a demonstration in {file.path}.{guess} {cure}")


def _naming(scope: Scope) -> Iterator[tuple[Loaded[schema.Entry], Location, str, str]]:
    """Yield what facts name as their demonstration: the record, the place, the criterion, the name."""
    for loaded, record in scope.entries():
        for where, criterion, fact in facts_of(record):
            if fact.demonstration:
                yield loaded, (*where, "demonstration"), criterion, fact.demonstration


def _all(scope: Scope) -> Iterator[tuple[DemonstrationFile, Demonstration]]:
    for file in scope.sources.demonstrations.values():
        for demonstration in file.demonstrations.values():
            yield file, demonstration


@rule
def demonstrations_claim_and_assert(scope: Scope) -> Iterator[Problem]:
    """A demonstration has its claim as docstring (in JavaScript in a comment above it), and asserts it."""
    for file, demonstration in _all(scope):
        if not demonstration.claim:
            form = "a docstring" if file.language == "python" else "a comment /** … */ directly above it"
            yield file.problem(f"{demonstration.function} has no claim. Add {form} that says it.", demonstration.line)
        if not demonstration.asserts:
            yield file.problem(
                f"{demonstration.function} asserts nothing, so it cannot fail. Assert what it claims.",
                demonstration.line,
            )


@rule
def demonstrations_are_named(scope: Scope) -> Iterator[Problem]:
    """A file in lab/demonstrations/ is of an entry, and a fact of this entry names each of its demonstrations."""
    known = scope.entry_ids
    for file in scope.sources.demonstrations.values():
        if file.entry not in known:
            guess = suggestion(file.entry, known)
            yield file.problem(f"{quoted(file.entry)} is not an entry.{guess} Rename the file, or remove it.")
    named = {(loaded.id, name) for loaded, _, _, name in _naming(scope)}
    for file, demonstration in _all(scope):
        if file.entry in known and (file.entry, demonstration.id) not in named and known[file.entry].readable:
            yield file.problem(
                f"No fact names {demonstration.function}. Add demonstration: {demonstration.id} to the fact that it "
                "shows, or remove it; a helper begins with an underscore or is not exported.",
                demonstration.line,
            )


@rule
def demonstrations_pass(scope: Scope) -> Iterator[Problem]:
    """A demonstration passes with the release that it was run with; one that failed contradicts its fact."""
    for loaded, where, criterion, named in _naming(scope):
        file, run = scope.sources.demonstrations.get(loaded.id), scope.sources.readings.demonstrations.get(loaded.id)
        ended = run.functions.get(named) if run and file and run.digest == file.digest else None
        if run and ended and ended.outcome == "failed":
            yield loaded.problem(
                where,
                f"{criterion}: its demonstration failed with {run.version} on {run.moment[:10]}: {ended.message}. "
                f"Correct the fact, or the demonstration and run it again: {run.command}",
            )


@rule
def demonstrations_are_run_again(scope: Scope) -> Iterator[Problem]:
    """A file of demonstrations has not changed since it was run."""
    for file in scope.sources.demonstrations.values():
        run = scope.sources.readings.demonstrations.get(file.entry)
        if run and _is_stale(file, run):
            yield file.problem(f"It has changed since it was run ({run.moment}). Run: {run.command}")


def _is_stale(file: DemonstrationFile, run: DemonstrationsRun) -> bool:
    return run.digest != file.digest or bool(file.demonstrations.keys() - run.functions.keys())
