"""`python -m lab registry [--offline] [ID …]`: what the package registries answer about every entry.

Packages without an entry are read as well if a record says, in `of`, that it describes a release of theirs.

Raw answers are kept below .cache/lab/registry/, so that --offline reads them again without a network.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packageurl import PackageURL

from lab.core.entries import entries
from lab.core.errors import LabError
from lab.core.output import moment, write_result
from lab.core.paths import CACHE, MEASURED
from lab.core.progress import Progress
from lab.core.runner import chosen, for_each, report
from lab.registry import npm, outside, pypi
from lab.registry.answers import Answers
from macros.schema.measured.registry import RegistryReading

WORKERS = 4
"""Packages asked at once; most of the time is spent waiting for the network."""

Fetch = Callable[[str], dict[str, Any]]
FETCHERS: Mapping[str, Fetch] = {"pypi": pypi.fetch, "npm": npm.fetch}
READERS: Mapping[str, Callable[[Mapping[str, Any], str, str], RegistryReading]] = {"pypi": pypi.read, "npm": npm.read}


@dataclass(frozen=True, slots=True)
class Run:
    """One reading of the registries: where answers are kept, where readings go, and how packages are asked.

    `fetch` is None offline. `tags` are the tags of an npm package's repository, by package URL. `outside` are the
    packages that have no entry.
    """

    answers: Answers
    folder: Path
    fetch: Fetch | None
    tags: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    outside: Collection[str] = ()

    def answer(self, package: str) -> dict[str, Any]:
        """Return the raw answer for a package, a new one unless the run is offline; raise LabError if there is none.

        Tags that were read for the earlier answer stay with the new one until others are given.
        """
        kept = self.answers.load(package)
        if self.fetch is None and kept is None:
            raise LabError("nothing is kept of it; run without --offline")
        tags = self.tags.get(package) or (kept or {}).get("tags")
        answer = {"package": package, "read": moment(), **self.fetch(package)} if self.fetch else dict(kept or {})
        answer |= {"tags": tags} if tags else {}
        if answer != kept:
            self.answers.store(package, answer)
        return answer

    def readings(self, package: str, ids: Sequence[str]) -> list[RegistryReading]:
        """Return the reading of a package for each entry that it is the package of."""
        answer = self.answer(package)
        read = outside.read if package in self.outside else READERS[PackageURL.from_string(package).type]
        return [read(answer, entry, package) for entry in ids]

    def write(self, readings: Sequence[RegistryReading]) -> str:
        """Write the readings of one package; return its latest version."""
        for reading in readings:
            name = reading.entry or outside.name_of(reading.package)
            write_result(self.folder / f"{name}.json", reading)
        return readings[0].latest.version

    def all(self, packages: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """Read every package, given with its entries; return the reason for each entry that failed.

        A package that fails leaves the others and the old files of its own entries alone.
        """
        shown = {", ".join(ids): package for package, ids in packages.items()}
        failed = for_each(
            list(shown),
            lambda ids: self.readings(shown[ids], packages[shown[ids]]),
            lambda _, readings: self.write(readings),
            workers=WORKERS,
        )
        return {entry: reason for ids, reason in failed.items() for entry in packages[shown[ids]]}


def fetching(alone: Collection[str]) -> Fetch:
    """Return the function that asks the registry which a package URL names; of packages in `alone`, the releases."""

    def fetch(package: str) -> dict[str, Any]:
        return outside.fetch(package) if package in alone else FETCHERS[PackageURL.from_string(package).type](package)

    return fetch


def packages_of(known: Mapping[str, str], ids: Sequence[str]) -> dict[str, list[str]]:
    """Return the entries of each package, among `ids`; `known` is the package of each entry."""
    found: dict[str, list[str]] = {}
    for entry in ids:
        found.setdefault(known[entry], []).append(entry)
    return found


def _tagged(text: str) -> tuple[str, Path]:
    entry, _, folder = text.partition("=")
    if not Path(folder).is_dir():
        raise argparse.ArgumentTypeError(f"{text} is not ENTRY=FOLDER with the folder of a git repository.")
    return entry, Path(folder)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab registry", description="Read the package registries.")
    parser.add_argument(
        "ids", nargs="*", metavar="ID", help="entries, and cited packages such as pypi-channels; all if none is named"
    )
    parser.add_argument("--offline", action="store_true", help="read the answers of the last run again")
    parser.add_argument(
        "--tags", action="append", default=[], type=_tagged, metavar="ENTRY=FOLDER",
        help="date the releases of an npm package by the tags of this copy of its repository",
    )  # fmt: skip
    return parser


def main(arguments: list[str]) -> int:
    """Write data/measured/registry/NAME.json for the entries and the cited packages; return 1 if one failed."""
    asked = _parser().parse_args(arguments)
    records = {entry: record for entry, (_, record) in entries().items()}
    packages = {entry: record.package for entry, record in records.items() if record.package}
    alone = outside.packages(records.values())
    known = {**packages, **alone}
    ids = chosen(asked.ids, list(known))
    chosen([entry for entry, _ in asked.tags], list(packages))
    tags = {known[entry]: npm.tags(folder, str(records[entry].repository)) for entry, folder in asked.tags}
    ask = None if asked.offline else fetching(alone.values())
    run = Run(Answers(CACHE / "registry"), MEASURED / "registry", ask, tags, alone.values())
    progress = Progress(len(ids))
    return report(run.all(packages_of(known, ids)), len(ids), progress.elapsed, "read")
