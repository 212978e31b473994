"""The rules of release series: until when each is supported."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from packaging.version import Version

from macros import schema
from macros.catalog.evidence import version_of
from macros.catalog.sources import Loaded
from macros.checks.rules import Scope, rule
from macros.reading.documents import Location, Problem, quoted
from macros.schema.measured.base import day_of
from macros.schema.measured.registry import RegistryReading
from macros.schema.series import end_of


def in_series(release: Version, series: Version) -> bool:
    """Return whether a release begins with the numbers of the series: 5.12.8 is in 5 and in 5.12, not in 5.1."""
    return release.release[: len(series.release)] == series.release


@rule
def series_are_in_order(scope: Scope) -> Iterator[Problem]:
    """A release series is listed once; it is released before its bug fixes end, and these end before its support."""
    for loaded, record in scope.entries():
        first: dict[str, int] = {}
        for index, series in enumerate(record.series):
            where: Location = ("series", index)
            if series.version in first and loaded.reads((*where, "version")):
                line = loaded.document.line(("series", first[series.version], "version"))
                message = f"{quoted(series.version)} is given twice (first on line {line}). Keep one."
                yield loaded.problem((*where, "version"), message)
            first.setdefault(series.version, index)
            yield from _in_order(loaded, where, series)


def _in_order(loaded: Loaded[schema.Entry], where: Location, series: schema.Series) -> Iterator[Problem]:
    days = {
        "released": series.released,
        "bug-fixes-until": end_of(str(series.bug_fixes_until)) if series.bug_fixes_until else None,
        "supported-until": end_of(str(series.supported_until)),
    }
    known = [(key, day) for key, day in days.items() if day and loaded.reads((*where, key))]
    for (before, earlier), (after, later) in pairwise(known):
        if earlier > later:
            yield loaded.problem((*where, after), f"{after} {later} is before {before} {earlier}. Correct one of them.")


@rule
def series_are_known(scope: Scope) -> Iterator[Problem]:
    """A release series has a release in the registry."""
    for loaded, record in scope.entries():
        reading = scope.sources.readings.registry.get(loaded.id)
        for index, series in enumerate(record.series):
            version = version_of(series.version)
            if reading and reading.releases and version and not has_release(reading, version):
                yield loaded.problem(
                    ("series", index, "version"),
                    f"No release of {record.name} begins with {series.version}; the newest is "
                    f"{reading.latest.version} (as of {day_of(reading.moment)}). Correct the number; if the series is "
                    "out by now, run make lab-registry.",
                )


def has_release(reading: RegistryReading, series: Version) -> bool:
    """Return whether the registry knows a release of the series."""
    known = (version_of(text) for text in (reading.latest.version, *(text for _, text in reading.releases)))
    return any(in_series(release, series) for release in known if release)
