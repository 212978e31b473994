"""Where the measurements on the page of an entry come from: what was measured, with what, and by which command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from macros.catalog.model import Entry
from macros.schema.fields import package_name
from macros.schema.measured.base import PackageResult, Result, day_of
from macros.schema.measured.footprint import Footprint
from macros.schema.measured.registry import RegistryReading
from macros.schema.measured.smoke import Smoke
from macros.schema.measured.type_coverage import TypeCoverage
from macros.views.text import number, percent, plural, size


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A measurement: what was measured, how, when, and the command that repeats it."""

    what: str
    how: tuple[str, ...]
    day: date
    command: str


def origins(entry: Entry) -> tuple[Origin, ...]:
    """Return the measurements of an entry, in the order in which its page shows them."""
    found: list[tuple[str, Result | None, Iterator[str]]] = [
        ("Registry", entry.reading, _registry(entry.reading)),
        ("Pythons", entry.smoke, _smoke(entry.smoke)),
        ("Types", entry.type_coverage, _type_coverage(entry.type_coverage)),
        ("Start and memory", entry.footprint, _footprint(entry.footprint)),
    ]
    return tuple(
        Origin(what=what, how=tuple(how), day=day_of(result.moment), command=result.command)
        for what, result, how in found
        if result
    )


def versions(packages: Mapping[str, str]) -> str:
    """Return packages with their versions as text."""
    return ", ".join(f"{name} {version}" for name, version in packages.items())


def _release(result: PackageResult) -> str:
    return f"{package_name(result.package)} {result.version}"


def _registry(found: RegistryReading | None) -> Iterator[str]:
    if found:
        yield found.package
        if found.dates_from:
            yield f"dates from {found.dates_from}"
        if found.installed:
            yield f"installed by {found.installed.command}"


def _smoke(found: Smoke | None) -> Iterator[str]:
    if found:
        yield _release(found)
        yield f"on {found.machine.in_words}"
        if found.packages:
            yield f"installed: {versions(found.packages)}"


def _type_coverage(found: TypeCoverage | None) -> Iterator[str]:
    if found:
        yield f"{_release(found)}, imported as {found.module}, by the rules of Python {found.python}"
        if found.as_reported:
            tests, all_names = ", ".join(found.without), found.as_reported
            yield f"without its tests {tests}; with them {percent(all_names.share)} of {number(all_names.total)} names"


def _footprint(found: Footprint | None) -> Iterator[str]:
    if found:
        server = "" if found.server == package_name(found.package) else f", served by {found.server}"
        yield f"{_release(found)}{server}, started by {found.start}"
        yield f"{found.runtime} on {found.machine.in_words}"
        load = found.background_load
        yield f"other programs kept {load.median:.1f} {load.unit} busy"
        yield f"{size(found.installed_bytes)} in {plural(found.packages, 'package')}: {versions(found.packages)}"
        yield f"SHA-256 of the lock: {found.lock}"
