"""Builds the sites that are compared, in turns, and checks data with and without what is kept."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools import preview
from tools.bench.material import build_command, write_material
from tools.bench.processes import Run, middle, run, say

EDITED = Path("data") / "frameworks" / "flask.yml"
"""The record that is edited between builds: every catalog has it."""
REDIRECT = b'<meta name="robots" content="noindex">'
STATES = ("cold", "warm", "edited")
"""With an empty cache; with that of the build before, nothing changed; and the same after an edit of one record."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What a built site holds: pages, and how many of them show code."""

    all: int
    with_code: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What the builds of a site in one state took: the median of each figure."""

    name: str
    state: str
    pages: Pages
    run: Run

    @property
    def each(self) -> float:
        """Return the milliseconds of processor time a page."""
        return 1000 * self.run.cpu / self.pages.all


@dataclass
class Subject:
    """A site that is built again and again; its builds of one round, and what all of them took."""

    name: str
    builds: Callable[[int], Iterator[tuple[str, Path, Run]]]
    """Builds the site for a round, in each of its states: state, folder of the site, cost."""
    runs: dict[str, list[Run]] = field(default_factory=dict)
    pages: Pages = Pages(0, 0)

    @property
    def costs(self) -> list[Cost]:
        """Return the medians of what has been run, for each state."""
        return [Cost(self.name, state, self.pages, middle(runs)) for state, runs in self.runs.items()]


def measure(subjects: Sequence[Subject], repeats: int) -> None:
    """Build every site so many times: each once, then each again, so that a slow minute meets all of them."""
    for turn in range(1, repeats + 1):
        for subject in subjects:
            for state, site, took in subject.builds(turn):
                subject.runs.setdefault(state, []).append(took)
                subject.pages = pages_of(site)
                say(
                    f"  round {turn} of {repeats}: {subject.name}, {state}: {subject.pages.all:,} pages,"
                    f" {took.cpu:.2f} s of CPU, {took.wall:.2f} s, {took.memory:.0f} MiB"
                )


def our_site(name: str, catalog: Path, folder: Path) -> Subject:
    """Return the site of a catalog: cold, warm, and after an edit of one record."""

    def builds(turn: int) -> Iterator[tuple[str, Path, Run]]:
        place = fresh(folder)
        environment = preview.settings(FIELD_GUIDE_DATA=str(catalog / "data"), FIELD_GUIDE_CACHE=str(place / "cache"))
        for state in STATES:
            if state == "edited":
                edit(catalog / EDITED, turn)
            site = place / state
            yield state, site, run(preview.build_command(site), preview.ROOT, environment)

    return Subject(name, builds)


def material_site(pages: int, folder: Path) -> Subject:
    """Return the site that ours is compared with. Material keeps nothing, so every build of it is cold."""
    project = folder / "material"
    write_material(project, pages)

    def builds(turn: int) -> Iterator[tuple[str, Path, Run]]:
        site = fresh(folder) / "site"
        yield "cold", site, run(build_command(site), project, preview.settings())

    return Subject("MkDocs with Material", builds)


def fresh(folder: Path) -> Path:
    """Return a new folder below this one.

    Nothing is removed between builds: ext4 looks for inodes that were not freed a moment ago, which is not our cost.
    """
    return Path(tempfile.mkdtemp(dir=folder))


def edit(record: Path, number: int) -> None:
    """Write another sentence at the beginning of a record's summary."""
    first, rest = record.read_text(encoding="utf-8").split("summary: ", 1)
    summary = rest.removeprefix(f"Edit {number - 1}. ")
    record.write_text(f"{first}summary: Edit {number}. {summary}", encoding="utf-8")


def pages_of(site: Path) -> Pages:
    """Count the pages of a built site; a file that only leads to another page does not count."""
    files = [file for file in site.rglob("*.html") if REDIRECT not in file.read_bytes()]
    return Pages(len(files), sum("code" in file.relative_to(site).parts for file in files))


def write_catalog(target: Path, *options: str) -> Mapping[str, int]:
    """Write a catalog in a process that is gone afterwards, with its memory; return its plan."""
    command = [sys.executable, "-m", "tools.bench.catalog", str(target), *options]
    done = subprocess.run(command, cwd=preview.ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stderr}The catalog could not be written.")
    plan: Mapping[str, int] = json.loads(done.stdout)
    return plan


def check_costs(catalog: Path, folder: Path, repeats: int) -> dict[str, Run]:
    """Return what `make check` takes, with an empty cache and with that of the run before."""
    runs: dict[str, list[Run]] = {"cold": [], "warm": []}
    command = [sys.executable, "-m", "macros", "check", "--data", str(catalog / "data")]
    for turn in range(1, repeats + 1):
        environment = preview.settings(FIELD_GUIDE_CACHE=str(fresh(folder)))
        for state, found in runs.items():
            found.append(run(command, preview.ROOT, environment))
            say(f"  check {turn} of {repeats}, {state}: {found[-1].cpu:.2f} s of CPU, {found[-1].wall:.2f} s")
    return {state: middle(found) for state, found in runs.items()}
