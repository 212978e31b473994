"""`python -m lab popularity`: downloads and stars of every entry, from dated public dumps or the live APIs.

A dump is a file of hugovk/top-pypi-packages (downloads) or EvanLi/Github-Ranking (stars), given with its public
address and its day. Downloads are those of PyPI alone: npm counts otherwise, and the two cannot be compared.
"""

from __future__ import annotations

import argparse
import csv
import json
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from lab.core.measured import as_data, write_measure
from lab.core.output import MEASURED, entries, moment, write
from lab.core.progress import Progress
from lab.core.python import canonical, last_line
from macros.schema.entries import Entry
from macros.schema.fields import link, package_name
from macros.schema.measured.popularity import Figure, Popularity

PYPI = "pkg:pypi/"
GITHUB = "https://github.com/"
LISTED = "top-100"
"""How the stars dump begins the name of a list over all languages."""
Subjects = Mapping[str, str]
"""What is counted for each entry: its package URL, or its repository."""


@dataclass(frozen=True, slots=True)
class Counter:
    """Where counts of one sort come from; `count` returns None for what is not listed, which `missing` explains."""

    counts: str
    day: date
    missing: str
    count: Callable[[str], int | None]
    page: Callable[[str], str]
    lowest: int | None = None
    """What the last of a ranked list has: what is not listed has at most that."""

    def figure(self, subject: str) -> Figure | None:
        """Return the figure of a package URL or repository, or None where it is not listed."""
        value = self.count(subject)
        if value is None:
            return None
        return Figure(value=value, of=subject, counts=self.counts, source=self.page(subject), date=self.day)


def downloads_dump(file: Path, source: str, day: date) -> Counter:
    """Return the downloads of a dump of hugovk/top-pypi-packages; it counts the calendar month before its day."""
    dump = json.loads(file.read_text(encoding="utf-8"))
    counts = {canonical(row["project"]): int(row["download_count"]) for row in dump["rows"]}
    month = day.replace(day=1) - timedelta(days=1)
    return Counter(
        counts=f"downloads from PyPI in {month:%B %Y}, as {dump['source']} counts them",
        day=day,
        missing=f"not among the {len(counts):,} packages that the dump lists, the last of which has "
        f"{min(counts.values()):,} downloads",
        count=lambda package: counts.get(canonical(package_name(package))),
        page=lambda _: source,
        lowest=min(counts.values()),
    )


def stars_dump(file: Path, source: str, day: date) -> Counter:
    """Return the stars of a dump of EvanLi/Github-Ranking: of the most starred repositories of each language."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    counts = {_repository(row["repo_url"]): int(row["stars"]) for row in rows}
    lowest: dict[str, int] = {}
    for row in rows:
        if not row["item"].startswith(LISTED):
            lowest[row["item"]] = min(int(row["stars"]), lowest.get(row["item"], int(row["stars"])))
    asked = ", ".join(f"{language} {lowest[language]:,}" for language in ("JavaScript", "Python", "TypeScript"))
    return Counter(
        counts="stars on GitHub",
        day=day,
        missing=f"not among the most starred of its language, which the dump lists; the last of each has: {asked}",
        count=lambda repository: counts.get(_repository(repository)),
        page=lambda _: source,
    )


def _repository(address: str) -> str:
    return address.removesuffix("/").removesuffix(".git").lower()


def live_downloads() -> Counter:
    """Return the downloads of the last 30 days, asked of pypistats package by package."""
    pypistats = import_module("pypistats")

    def count(package: str) -> int:
        answer = pypistats.recent(canonical(package_name(package)), "month", format="json")
        return int(json.loads(answer)["data"]["last_month"])

    return Counter(
        counts="downloads from PyPI in the 30 days before, mirrors left out",
        day=datetime.now(UTC).date(),
        missing="pypistats does not list it",
        count=count,
        page=lambda package: f"https://pypistats.org/packages/{canonical(package_name(package))}",
    )


def live_stars() -> Counter:
    """Return the stars of today, asked of GitHub repository by repository."""
    github = import_module("github").Github()
    return Counter(
        counts="stars on GitHub",
        day=datetime.now(UTC).date(),
        missing="GitHub does not list it",
        count=lambda repository: int(github.get_repo(repository.removeprefix(GITHUB)).stargazers_count),
        page=lambda repository: repository,
    )


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


NOT_OF_THE_FRAMEWORK = {"aiohttp"}
"""Entries whose package is something else as well (an HTTP client): its downloads do not measure the framework."""
NO_SUBJECT = {"downloads": "it is no package of PyPI of its own", "stars": "it has no repository on GitHub"}


class Reading:
    """Figures for entries: those of the counters, and the old ones where there is no counter or it fails."""

    def __init__(self, counters: Mapping[str, Counter], old: Mapping[str, Any]) -> None:
        self.counters, self.old = counters, old
        self.failed: list[str] = []
        self.bounds: dict[str, tuple[int, date]] = {}
        """What the downloads of entries that a dump does not list are at most, with its day."""

    def entry(self, entry: str, counted: Mapping[str, Subjects]) -> dict[str, Any]:
        """Return an entry's figures as popularity.json holds them."""
        figures: dict[str, Any] = {}
        reasons: dict[str, str] = {}
        for sort, of in counted.items():
            found = self._figure(entry, sort, of[entry]) if entry in of else NO_SUBJECT[sort]
            figures[sort] = None if isinstance(found, str) else found
            reasons |= {sort: found} if isinstance(found, str) else {}
        return {**figures, "not-available": reasons}

    def _figure(self, entry: str, sort: str, subject: str) -> dict[str, Any] | str:
        """Return a figure, or the reason why there is none."""
        counter = self.counters.get(sort)
        reason = "no dump was given"
        if counter:
            try:
                figure = counter.figure(subject)
                if figure is None and counter.lowest is not None:
                    self.bounds[entry] = (counter.lowest, counter.day)
                return as_data(figure) if figure else counter.missing
            except Exception as error:  # whatever a client raises leaves the others and the old figure
                self.failed.append(f"{entry}: {sort} not read: {last_line(str(error)) or type(error).__name__}")
                reason = "its source could not be asked"
        kept: dict[str, Any] | None = self.old.get(entry, {}).get(sort)
        return kept or reason


def _measured(name: str, unit: str, command: str, figures: Iterator[tuple[str, Figure]]) -> dict[str, Any]:
    """Return a measure in the form of schema.Measured."""
    values = {
        entry: {"value": figure.value, "version": "all releases", "measured": figure.date} for entry, figure in figures
    }
    return {"name": name, "unit": unit, "command": command, "values": values}


def write_all(
    popularity: Popularity, kinds: Mapping[str, str], bounds: Mapping[str, tuple[int, date]], folder: Path
) -> None:
    """Write popularity.json, and the two measures of the frameworks that the ratings read; each file is whole.

    `bounds` say what the downloads of entries that no dump lists are at most.
    """
    write(folder / "popularity.json", as_data(popularity))
    frameworks = {entry: found for entry, found in popularity.entries.items() if kinds[entry] == "frameworks"}
    counted = {entry: found for entry, found in frameworks.items() if entry not in NOT_OF_THE_FRAMEWORK}
    downloads = ((entry, found.downloads) for entry, found in counted.items() if found.downloads)
    stars = ((entry, found.stars) for entry, found in frameworks.items() if found.stars)
    command = popularity.command
    measured = _measured("Downloads from PyPI", "downloads a month", command, downloads)
    measured["values"] |= {
        entry: {"value": most, "version": "all releases", "measured": day, "bound": "at most"}
        for entry, (most, day) in bounds.items()
        if kinds[entry] == "frameworks"
    }
    write_measure(folder / "downloads-per-month.yml", measured)
    write_measure(folder / "stars.yml", _measured("Stars on GitHub", "stars", command, stars))


def read(
    known: Mapping[str, tuple[str, Entry]], counters: Mapping[str, Counter], command: str, folder: Path
) -> list[str]:
    """Write the figures of all entries, given by id with their kinds; return a sentence for each that failed."""
    file = folder / "popularity.json"
    old = json.loads(file.read_text(encoding="utf-8"))["entries"] if file.is_file() else {}
    reading, progress = Reading(counters, old), Progress(len(known))
    counted = subjects({entry: record for entry, (_, record) in known.items()})
    found: dict[str, Any] = {}
    for entry in known:
        found[entry] = reading.entry(entry, counted)
        progress.step(entry)
    popularity = Popularity.model_validate({"read": moment(), "command": command, "entries": found})
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
    parser.add_argument("--live", action="store_true", help="ask pypistats and GitHub for what no dump is given for")
    return parser


def _command(arguments: Sequence[str]) -> str:
    """Return the command with the names of files only, so that no folder of this machine is published."""
    names = [Path(word).name if Path(word).is_file() else word for word in arguments]
    return shlex.join(["python", "-m", "lab", "popularity", *names])


def main(arguments: list[str]) -> int:
    """Write the popularity of all entries; return 1 where a figure could not be read, 2 where nothing was asked."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if not (asked.live or asked.pypi_dump or asked.stars_dump):
        parser.error("Give a dump, or --live.")
    try:
        failed = read(entries(), _counters(asked), _command(arguments), MEASURED)
    except (OSError, ValueError, KeyError, ImportError) as error:
        sys.stderr.write(f"Nothing was written: {type(error).__name__}: {error}\n")
        return 1
    for sentence in failed:
        sys.stderr.write(f"{sentence}\n")
    return 1 if failed else 0
