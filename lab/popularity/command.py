"""`python -m lab popularity`: downloads and stars of every entry, from dated public dumps or the live APIs.

A dump is a file of hugovk/top-pypi-packages (downloads) or EvanLi/Github-Ranking (stars), given with its public
address and its day. Downloads are those from PyPI alone: npm counts differently, and the two cannot be compared.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from lab.core.entries import entries
from lab.core.errors import LabError, last_line
from lab.core.output import moment, read_result, write_measure, write_result
from lab.core.paths import MEASURED
from lab.core.runner import for_each
from lab.popularity.counters import GITHUB, Counter, downloads_dump, live_downloads, live_stars, stars_dump
from macros.schema.entries import Entry
from macros.schema.fields import link
from macros.schema.measured.measures import Measure, MeasuredValue
from macros.schema.measured.popularity import EntryPopularity, Figure, Popularity

PYPI = "pkg:pypi/"
Subjects = Mapping[str, str]
"""What is counted for each entry: its package URL, or its repository."""
NOT_OF_THE_FRAMEWORK = {"aiohttp"}
"""Entries whose package is something else as well (an HTTP client): its downloads do not measure the framework."""
NO_SUBJECT = {"downloads": "it has no package on PyPI", "stars": "it has no repository on GitHub"}


def subjects(records: Mapping[str, Entry]) -> dict[str, Subjects]:
    """Return what is counted for each entry: downloads of packages on PyPI, stars of repositories on GitHub."""
    return {
        "downloads": {
            entry: record.package
            for entry, record in records.items()
            if record.package and record.package.startswith(PYPI)
        },
        "stars": {
            entry: record.repository
            for entry, record in records.items()
            if record.repository and record.repository.startswith(GITHUB)
        },
    }


class Reading:
    """Figures for entries: those of the counters, or the old ones if there is no counter or it fails."""

    def __init__(self, counters: Mapping[str, Counter], old: Mapping[str, EntryPopularity]) -> None:
        self.counters, self.old = counters, old
        self.failed: list[str] = []
        self.bounds: dict[str, tuple[int, date]] = {}
        """The most downloads that an entry can have which a dump does not list, with the day of the dump."""

    def entry(self, entry: str, counted: Mapping[str, Subjects]) -> EntryPopularity:
        """Return an entry's figures, and the reasons for those that are missing."""
        found = {
            sort: self._figure(entry, sort, of[entry]) if entry in of else NO_SUBJECT[sort]
            for sort, of in counted.items()
        }
        figures = {sort: None if isinstance(figure, str) else figure for sort, figure in found.items()}
        reasons = {sort: figure for sort, figure in found.items() if isinstance(figure, str)}
        return EntryPopularity(downloads=figures["downloads"], stars=figures["stars"], not_available=reasons)

    def _figure(self, entry: str, sort: str, subject: str) -> Figure | str:
        """Return a figure, or the reason why there is none; an old one of another subject does not count."""
        counter = self.counters.get(sort)
        reason = "no dump was given"
        if counter:
            try:
                figure = counter.figure(subject)
                if figure is None and counter.lowest is not None:
                    self.bounds[entry] = (counter.lowest, counter.day)
                return figure or counter.missing
            except Exception as error:  # whatever a client raises, the others and the old figure are kept
                self.failed.append(f"{entry}: {sort} not read: {last_line(str(error)) or type(error).__name__}")
                reason = "its source could not be asked"
        old = self.old.get(entry)
        kept = (old.downloads if sort == "downloads" else old.stars) if old else None
        return kept if kept and kept.of == subject else reason


def _values(figures: Iterator[tuple[str, Figure | None]]) -> dict[str, MeasuredValue]:
    """Return the figures that there are, as a measure has them."""
    return {entry: MeasuredValue(value=figure.value, day=figure.day) for entry, figure in figures if figure}


def write_all(
    popularity: Popularity, kinds: Mapping[str, str], bounds: Mapping[str, tuple[int, date]], folder: Path
) -> None:
    """Write popularity.json, and the two measures of the frameworks that the ratings read; each file is whole.

    `bounds` are the most downloads that entries can have which no dump lists.
    """
    write_result(folder / "popularity.json", popularity)
    frameworks = {entry: found for entry, found in popularity.entries.items() if kinds[entry] == "frameworks"}
    counted = {entry: found for entry, found in frameworks.items() if entry not in NOT_OF_THE_FRAMEWORK}
    downloads = _values((entry, found.downloads) for entry, found in counted.items())
    stars = _values((entry, found.stars) for entry, found in frameworks.items())
    downloads |= {
        entry: MeasuredValue(value=most, day=day, bound="at most")
        for entry, (most, day) in bounds.items()
        if kinds[entry] == "frameworks"
    }
    for name, title, unit, values in (
        ("downloads-per-month", "Downloads from PyPI", "downloads a month", downloads),
        ("stars", "Stars on GitHub", "stars", stars),
    ):
        measure = Measure(name=title, unit=unit, command=popularity.command, values=values)
        write_measure(folder / f"{name}.yml", measure)


def read(
    known: Mapping[str, tuple[str, Entry]], counters: Mapping[str, Counter], command: str, folder: Path
) -> list[str]:
    """Write the figures of all entries, given by id with their kinds; return a sentence for each that failed."""
    file = folder / "popularity.json"
    old = read_result(file, Popularity).entries if file.is_file() else {}
    reading = Reading(counters, old)
    counted = subjects({entry: record for entry, (_, record) in known.items()})
    found: dict[str, EntryPopularity] = {}

    def keep(entry: str, figures: EntryPopularity) -> str:
        found[entry] = figures
        return ""

    if failed := for_each(list(known), lambda entry: reading.entry(entry, counted), keep):
        raise LabError("; ".join(f"{entry}: {why}" for entry, why in failed.items()))
    popularity = Popularity(moment=moment(), command=command, entries=found)
    write_all(popularity, {entry: kind for entry, (kind, _) in known.items()}, reading.bounds, folder)
    return reading.failed


def _counters(asked: argparse.Namespace) -> dict[str, Counter]:
    found = {"downloads": live_downloads(), "stars": live_stars()} if asked.live else {}
    for sort, given, of in (("downloads", asked.pypi_dump, downloads_dump), ("stars", asked.stars_dump, stars_dump)):
        if given:
            found[sort] = of(Path(given[0]), link(given[1]), date.fromisoformat(given[2]))
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab popularity", description="Read downloads and stars.")
    dump = ("FILE", "ADDRESS", "DAY")
    parser.add_argument("--pypi-dump", nargs=3, metavar=dump, help="a top-pypi-packages.json, its address, its day")
    parser.add_argument("--stars-dump", nargs=3, metavar=dump, help="a github-ranking-….csv, its address, its day")
    parser.add_argument("--live", action="store_true", help="ask pypistats and GitHub for what has no dump")
    return parser


def _command(arguments: Sequence[str]) -> str:
    """Return the command with the names of files only, so that no folder of this machine is published."""
    names = [Path(word).name if Path(word).is_file() else word for word in arguments]
    return shlex.join(["python", "-m", "lab", "popularity", *names])


def main(arguments: list[str]) -> int:
    """Write the popularity of all entries; return 1 if a figure could not be read."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if not (asked.live or asked.pypi_dump or asked.stars_dump):
        parser.error("Give a dump, or --live.")
    try:
        failed = read(entries(), _counters(asked), _command(arguments), MEASURED)
    except (LabError, OSError, ValueError, KeyError, ImportError) as error:
        sys.stderr.write(f"Nothing was written: {type(error).__name__}: {error}\n")
        return 1
    for sentence in failed:
        sys.stderr.write(f"{sentence}\n")
    return 1 if failed else 0
