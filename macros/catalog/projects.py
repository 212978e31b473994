"""Whose page proves a fact, and so whose releases make it old."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros.reading.measurements import Measurements
from macros.schema.addresses import is_below, place_of
from macros.schema.entries import Entry, Evidence
from macros.schema.fields import package_name
from macros.schema.measured.registry import RegistryReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """The project that a page belongs to: an entry, or a package without one."""

    name: str
    """What people call it: `Starlette`, `@fastify/view`."""
    entry: str | None = None
    """The id of the entry, or None."""
    reading: RegistryReading | None = None
    """What the registry says of its package, or None where it was not asked."""


class Projects:
    """The projects whose pages the records cite."""

    def __init__(self, records: Mapping[str, Entry], readings: Measurements) -> None:
        self._records = records
        self._entries = {
            name: Project(name=record.name, entry=name, reading=readings.registry.get(name))
            for name, record in records.items()
        }
        self._readings = {reading.package: reading for reading in readings.registry.values()}
        self._homes: dict[str, list[tuple[str, str]]] = {}
        for name, record in sorted(records.items()):
            for home in record.homes:
                self._homes.setdefault(place_of(home).host, []).append((home, name))

    def of_page(self, entry: str, page: Evidence) -> Project | None:
        """Return the project whose release a page of an entry's record describes, or None if nothing says whose.

        That is what `of` names; else the entry itself, if the page is its own; else the entry with the closest home.
        An entry without a package is released with another one, whose pages it shares.
        """
        if page.of:
            return self._named(page.of)
        record = self._records[entry]
        if record.owns(page.source) and record.package:
            return self._entries[entry]
        others = [name for name in self.owners(page.source) if name != entry]
        released = [name for name in others if self._records[name].package]
        nearest = [*released, *([entry] if record.owns(page.source) else others)]
        return self._entries[nearest[0]] if nearest else None

    def owners(self, address: str) -> list[str]:
        """Return the entries whose page an address is, those with the closest home first, then by id."""
        near = self._homes.get(place_of(address).host, ())
        found = [(-len(place_of(home).path), name) for home, name in near if is_below(address, home)]
        return list(dict.fromkeys(name for _, name in sorted(found)))

    def _named(self, of: str) -> Project | None:
        if not of.startswith("pkg:"):
            return self._entries.get(of)
        entry = next((name for name, record in self._records.items() if record.package == of), None)
        try:
            return self._entries[entry] if entry else Project(name=package_name(of), reading=self._readings.get(of))
        except ValueError:
            return None


def outside_packages(records: Iterable[Entry]) -> list[str]:
    """Return the package URLs that `of` names and that no entry has: the registries are asked about them as well."""
    records = list(records)
    own = {record.package for record in records}
    cited = {page.of for record in records for page in record.evidence if page.of and page.of.startswith("pkg:")}
    return sorted(cited - own)
