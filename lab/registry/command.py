"""`python -m lab registry [--offline] [ID …]`: what the package registries say of every entry.

Raw answers are kept below .cache/lab/registry/, so that --offline reads them again without a network.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packageurl import PackageURL

from lab.core.measured import as_data
from lab.core.output import MEASURED, chosen, entries, moment, write
from lab.core.progress import Progress, clock
from lab.core.python import CACHE, LabError, last_line
from lab.registry import npm, pypi
from lab.registry.answers import Answers
from macros.schema.measured.registry import RegistryReading

WORKERS = 4
"""Packages asked at once; most of the time is spent waiting for the network."""
INTERRUPTED = 130

Fetch = Callable[[str], dict[str, Any]]
FETCHERS: Mapping[str, Fetch] = {"pypi": pypi.fetch, "npm": npm.fetch}
READERS: Mapping[str, Callable[[Mapping[str, Any], str, str], RegistryReading]] = {"pypi": pypi.read, "npm": npm.read}


@dataclass(frozen=True, slots=True)
class Run:
    """One reading of the registries: where answers are kept, where readings go, and how packages are asked.

    `fetch` is None offline. `tags` are the tags of an npm package's repository, by package URL.
    """

    answers: Answers
    folder: Path
    fetch: Fetch | None
    tags: Mapping[str, dict[str, Any]] = field(default_factory=dict)

    def answer(self, package: str) -> dict[str, Any]:
        """Return the raw answer for a package, asked for anew unless the run is offline; raise LabError if none.

        Tags that were read for the answer before stay with the new one until others are given.
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

    def write(self, package: str, ids: Sequence[str]) -> str:
        """Write the reading of a package for each entry that it is the package of; return its latest version."""
        answer = self.answer(package)
        read = READERS[PackageURL.from_string(package).type]
        readings = [read(answer, entry, package) for entry in ids]
        for reading in readings:
            write(self.folder / f"{reading.entry}.json", as_data(reading))
        return readings[0].latest.version

    def all(self, packages: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """Read every package, given with its entries; return the reason for each entry that failed.

        A package that fails leaves the others and the old files of its own entries.
        """
        failed: dict[str, str] = {}
        progress = Progress(len(packages))
        pool = ThreadPoolExecutor(WORKERS)
        try:
            running = {pool.submit(self.write, package, ids): ids for package, ids in packages.items()}
            for done in as_completed(running):
                ids, error = running[done], done.exception()
                if error:
                    failed |= dict.fromkeys(ids, last_line(str(error)) or type(error).__name__)
                progress.step(f"{', '.join(ids)}: {failed[ids[0]] if error else done.result()}")
        finally:
            pool.shutdown(cancel_futures=True)
        return failed


def fetch(package: str) -> dict[str, Any]:
    """Return the raw answers of the registry that the package URL names."""
    return FETCHERS[PackageURL.from_string(package).type](package)


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
    parser.add_argument("ids", nargs="*", metavar="ID", help="entries; all, if left out")
    parser.add_argument("--offline", action="store_true", help="read what was answered last time")
    parser.add_argument(
        "--tags", action="append", default=[], type=_tagged, metavar="ENTRY=FOLDER",
        help="date the releases of an npm package by the tags of this copy of its repository",
    )  # fmt: skip
    return parser


def main(arguments: list[str]) -> int:
    """Write data/measured/registry/ENTRY.json for the entries; return 1 where one failed, 130 if interrupted."""
    asked = _parser().parse_args(arguments)
    records = {entry: record for entry, (_, record) in entries().items() if record.package}
    known = {entry: record.package or "" for entry, record in records.items()}
    ids = chosen(asked.ids, list(known))
    tags = {known[entry]: npm.tags(folder, str(records[entry].repository)) for entry, folder in asked.tags}
    run = Run(Answers(CACHE / "registry"), MEASURED / "registry", None if asked.offline else fetch, tags)
    progress = Progress(1)
    try:
        failed = run.all(packages_of(known, ids))
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted: every file is whole, and what was not read is as it was.\n")
        return INTERRUPTED
    for entry, reason in sorted(failed.items()):
        sys.stderr.write(f"{entry}: not read: {reason}\n")
    sys.stderr.write(f"{len(ids) - len(failed)} of {len(ids)} entries read in {clock(progress.elapsed)}.\n")
    return 1 if failed else 0
