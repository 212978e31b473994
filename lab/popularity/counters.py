"""Where downloads and stars are counted: dated public dumps, or the live APIs."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path

from packaging.utils import canonicalize_name

from macros.schema.fields import package_name
from macros.schema.measured.popularity import Figure

GITHUB = "https://github.com/"
LISTED = "top-100"
"""How the stars dump begins the name of a list over all languages."""


@dataclass(frozen=True, slots=True)
class Counter:
    """A source of one sort of counts; `count` returns None for what is not listed, and `missing` explains why."""

    counts: str
    day: date
    missing: str
    count: Callable[[str], int | None]
    page: Callable[[str], str]
    lowest: int | None = None
    """The count of the last one in a ranked list: what is not listed has at most that."""

    def figure(self, subject: str) -> Figure | None:
        """Return the figure of a package URL or repository, or None if it is not listed."""
        value = self.count(subject)
        if value is None:
            return None
        return Figure(value=value, of=subject, counts=self.counts, source=self.page(subject), day=self.day)


def downloads_dump(file: Path, source: str, day: date) -> Counter:
    """Return the downloads in a dump of hugovk/top-pypi-packages; it counts the calendar month before its day."""
    dump = json.loads(file.read_text(encoding="utf-8"))
    counts = {canonicalize_name(row["project"]): int(row["download_count"]) for row in dump["rows"]}
    month = day.replace(day=1) - timedelta(days=1)
    return Counter(
        counts=f"downloads from PyPI in {month:%B %Y}, as {dump['source']} counts them",
        day=day,
        missing=f"not among the {len(counts):,} packages that the dump lists, the last of which has "
        f"{min(counts.values()):,} downloads",
        count=lambda package: counts.get(canonicalize_name(package_name(package))),
        page=lambda _: source,
        lowest=min(counts.values()),
    )


def stars_dump(file: Path, source: str, day: date) -> Counter:
    """Return the stars in a dump of EvanLi/Github-Ranking, which lists the most starred repositories per language."""
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
    """Return the downloads of the last 30 days, from pypistats, one request per package."""
    pypistats = import_module("pypistats")

    def count(package: str) -> int:
        answer = pypistats.recent(canonicalize_name(package_name(package)), "month", format="json")
        return int(json.loads(answer)["data"]["last_month"])

    return Counter(
        counts="downloads from PyPI in the 30 days before, mirrors left out",
        day=datetime.now(UTC).date(),
        missing="pypistats does not list it",
        count=count,
        page=lambda package: f"https://pypistats.org/packages/{canonicalize_name(package_name(package))}",
    )


def live_stars() -> Counter:
    """Return today's stars, asked of GitHub for each repository, with the token in GITHUB_TOKEN if it is set.

    If GitHub refuses, the figure could not be read. PyGithub by default would sleep until the next hour.
    """
    pygithub = import_module("github")
    token = os.environ.get("GITHUB_TOKEN")
    github = pygithub.Github(auth=pygithub.Auth.Token(token) if token else None, retry=None)
    return Counter(
        counts="stars on GitHub",
        day=datetime.now(UTC).date(),
        missing="GitHub does not list it",
        count=lambda repository: int(github.get_repo(repository.removeprefix(GITHUB)).stargazers_count),
        page=lambda repository: repository,
    )
