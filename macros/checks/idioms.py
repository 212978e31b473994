"""The rules of idioms: forms that have aged, and how they are written today."""

from __future__ import annotations

from collections.abc import Iterator

from macros.catalog.evidence import version_of
from macros.checks.rules import Scope, rule
from macros.reading.documents import Location, Problem, quoted


@rule
def idioms_say_what_changed(scope: Scope) -> Iterator[Problem]:
    """The old and the new form of an idiom differ, and a record names an old form once."""
    for loaded, record in scope.entries():
        first: dict[str, int] = {}
        for index, idiom in enumerate(record.idioms):
            where: Location = ("idioms", index)
            if idiom.was == idiom.now and loaded.reads((*where, "now")):
                yield loaded.problem((*where, "now"), "The old and the new form are the same. Correct one of them.")
            if idiom.was in first and loaded.reads((*where, "was")):
                line = loaded.document.line(("idioms", first[idiom.was], "was"))
                yield loaded.problem(
                    (*where, "was"), f"{quoted(idiom.was)} is given twice (first on line {line}). Keep one."
                )
            first.setdefault(idiom.was, index)


@rule
def idioms_are_of_releases(scope: Scope) -> Iterator[Problem]:
    """The release since which an idiom has aged is a version, and not newer than the newest one in the registry."""
    for loaded, record in scope.entries():
        reading = scope.sources.readings.registry.get(loaded.id)
        newest = version_of(reading.latest.version) if reading else None
        for index, idiom in enumerate(record.idioms):
            where: Location = ("idioms", index, "since")
            since = version_of(idiom.since) if idiom.since else None
            if idiom.since and since is None:
                message = f"since {quoted(idiom.since)} is not a version. Write one such as 2.3."
                yield loaded.problem(where, message)
            elif since and newest and reading and since > newest:
                yield loaded.problem(
                    where,
                    f"since {quoted(idiom.since or '')} is newer than the newest release of {record.name}, "
                    f"{reading.latest.version}. Write the release in which the form aged.",
                )
