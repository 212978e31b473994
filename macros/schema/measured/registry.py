"""What a package registry says of a package: data/measured/registry/NAME.json. Lengths of time are in days."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from macros.schema.fields import Id, Package, Plain
from macros.schema.measured.base import Count, Explained, MeasuredRecord, Python, Result

Release = tuple[date, str]
"""The day of a release in UTC, and its version."""


class Latest(MeasuredRecord):
    """The newest final release that is not withdrawn."""

    version: Plain
    released: date | None


class Licence(MeasuredRecord):
    """The licence as an SPDX expression, and what it was read from."""

    expression: Plain | None
    read_from: Plain | None


class Typed(MeasuredRecord):
    """Whether the package says that it has types, and the file that says so."""

    marker: bool | None
    file: Plain | None


class Yanked(MeasuredRecord):
    """A release that was withdrawn, with the reason that was given."""

    version: Plain
    released: date
    reason: str = ""


class Vulnerability(MeasuredRecord):
    """A published advisory that names the latest version."""

    id: Plain
    aliases: tuple[Plain, ...] = ()


class Installed(MeasuredRecord):
    """What the latest version was installed on, and how."""

    runtime: Plain
    command: Plain


class Dependencies(MeasuredRecord):
    """What an install without extras brings besides the package: what it names itself, and what those need."""

    direct: tuple[Plain, ...]
    transitive: Count = Field(description="How many of all are not direct.")
    every: tuple[Plain, ...] = Field(alias="all")


class InstalledSize(MeasuredRecord):
    """Bytes on disk, without compiled bytecode: of the package alone, and with all its dependencies."""

    alone: Count
    with_dependencies: Count


class RegistryReading(Result, Explained):
    """What a registry says of a package; the ecosystem says which registry that is.

    Of a package without an entry, whose pages records cite, it is the releases alone.
    """

    entry: Id | None
    ecosystem: Literal["npm", "pypi"]
    package: Package
    latest: Latest
    first_release: date | None
    releases: tuple[Release, ...] = Field(description="Final releases, oldest first; withdrawn ones are left out.")
    dates_from: Plain | None = Field(description="What the releases are dated by.")
    releases_24_months: Count | None
    longest_gap_24_months: Count | None
    since_last_release: Count | None
    licence: Licence
    yanked: tuple[Yanked, ...] | None
    typed: Typed
    vulnerabilities: tuple[Vulnerability, ...] | None
    installed: Installed | None
    dependencies: Dependencies | None
    installed_size: InstalledSize | None


class PythonReading(RegistryReading):
    """What PyPI says."""

    ecosystem: Literal["pypi"]
    requires_python: Plain | None
    pythons: tuple[Python, ...] = Field(description="Series of CPython that the classifiers declare.")
    development_status: Plain | None


class NodeReading(RegistryReading):
    """What npm says."""

    ecosystem: Literal["npm"]
    engines: dict[str, Plain] | None


class Ecosystem(MeasuredRecord):
    """The key by which the readings of the registries are told apart."""

    ecosystem: Literal["npm", "pypi"]


READINGS: dict[str, type[RegistryReading]] = {"npm": NodeReading, "pypi": PythonReading}
"""The record of each ecosystem."""
