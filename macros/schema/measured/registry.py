"""What a package registry says of an entry: data/measured/registry/ENTRY.json."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from macros.schema.base import Record
from macros.schema.fields import Id, Package, Plain
from macros.schema.measured.base import Count, Explained, Moment, Release


class Latest(Record):
    """The newest final release that is not withdrawn."""

    version: Plain
    released: date | None


class Licence(Record):
    """The licence: an SPDX expression, and what it was read from."""

    expression: Plain | None
    read_from: Plain | None


class Typed(Record):
    """Whether the package says that it carries types, and the file that says so."""

    marker: bool | None
    file: Plain | None


class Yanked(Record):
    """A release that was withdrawn, with the reason that was given."""

    version: Plain
    released: date
    reason: str


class Vulnerability(Record):
    """A published advisory that names the latest version."""

    id: Plain
    aliases: tuple[Plain, ...]


class Installed(Record):
    """On what the latest version was installed, how, and where it could not be, with the installer's reason."""

    on: Plain
    command: Plain
    refused: dict[str, Plain] = Field(default_factory=dict)


class Dependencies(Record):
    """What a bare install brings beside the package: named by itself, and brought by those in turn."""

    direct: tuple[Plain, ...]
    transitive: Count = Field(description="How many of all are not direct.")
    every: tuple[Plain, ...] = Field(alias="all")


class InstalledSize(Record):
    """Bytes on disk, without compiled bytecode: of the package alone, and with all its dependencies."""

    alone: Count
    with_dependencies: Count


class Pythons(Record):
    """Series of CPython that the classifiers declare, and those of 3.9 … 3.14 that the specifier admits."""

    declared: tuple[Plain, ...]
    admitted: tuple[Plain, ...] | None


class RegistryReading(Explained):
    """What a registry says of an entry's package: data/measured/registry/ENTRY.json. Lengths of time are in days."""

    entry: Id
    package: Package
    read: Moment
    command: Plain
    latest: Latest
    first_release: date | None
    releases: tuple[Release, ...] = Field(description="Final releases, oldest first; withdrawn ones left out.")
    pre_releases: Count
    dates_from: Plain | None
    releases_24_months: Count | None = Field(alias="releases-24-months")
    longest_gap_24_months: Count | None = Field(alias="longest-gap-24-months")
    since_last_release: Count | None
    licence: Licence
    yanked: tuple[Yanked, ...] | None
    typed: Typed
    vulnerabilities: tuple[Vulnerability, ...] | None
    installed: Installed | None
    dependencies: Dependencies | None
    installed_size: InstalledSize | None


class PythonReading(RegistryReading):
    """A reading of PyPI."""

    requires_python: Plain | None
    pythons: Pythons
    development_status: Plain | None


class NodeReading(RegistryReading):
    """A reading of npm."""

    engines: dict[str, Plain] | None
