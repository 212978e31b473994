"""What a build costs: CPU per page, memory and size, for the real site and for synthetic catalogs of growing size.

`make bench` prints a table in Markdown. A synthetic catalog has the real criteria, ratings and use cases, and as many
web frameworks as it takes, each with about 60 facts drawn from the real ones, until the pages come to the size asked.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import shutil
import statistics
import string
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, pairwise, product
from pathlib import Path
from typing import Any

import yaml

from tools import preview

SIZES = (100, 500, 2_000, 5_000)
FACTS_EACH = 60
FACTS_A_PAGE = 4
TARGET = 2.5
"""Milliseconds of CPU a page, at most."""
SERVE_TARGET = 2.0
"""Seconds from saving a record to the served page, at most."""
LINEAR = 1.25
"""How much more a page may cost in a catalog of the next size."""
KIND = "frameworks"
WORKPLACE = preview.ROOT / ".cache" / "bench"
"""On the file system that the site is built on: the one for temporary files may be another."""
REDIRECT = b'<meta name="robots" content="noindex">'


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one build took and gave."""

    name: str
    pages: int
    cpu: float
    memory: float
    size: float

    @property
    def each(self) -> float:
        """Return the milliseconds of CPU a page."""
        return 1000 * self.cpu / self.pages


class WithoutAliases(yaml.SafeDumper):
    """Writes what occurs twice twice; records refuse anchors and aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        """Refer to nothing."""
        return True


def say(text: str) -> None:
    """Show progress, beside the table that goes to the standard output."""
    print(text, file=sys.stderr, flush=True)


def build_once(target: Path, data: Path) -> tuple[float, float]:
    """Build the site; return the CPU seconds of the process and its largest memory in MiB."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            preview.build_command(target),
            cwd=preview.ROOT,
            env=preview.settings(FIELD_GUIDE_DATA=str(data)),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)
        if status:
            output.seek(0)
            sys.exit(f"{output.read().decode(errors='replace')}\nThe build failed.")
    unit = 1 if platform.system() == "Darwin" else 1024
    return used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 2**20


def pages_of(site: Path) -> int:
    """Return the number of pages; what only leads to another page is none."""
    return sum(REDIRECT not in file.read_bytes() for file in site.rglob("*.html"))


def measure(name: str, data: Path, folder: Path, repeats: int) -> Cost:
    """Build so many times and return the median.

    Nothing is removed between builds: ext4 looks for inodes that were not freed a moment ago, and that is not our cost.
    """
    runs = []
    for turn in range(1, repeats + 1):
        target = Path(tempfile.mkdtemp(prefix="site-", dir=folder)) / "site"
        runs.append(build_once(target, data))
        pages = pages_of(target)
        size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file()) / 2**20
        say(f"  {name}: build {turn} of {repeats}: {pages:,} pages, {runs[-1][0]:.2f} s of CPU, {runs[-1][1]:.0f} MiB")
    cpu, memory = (statistics.median(column) for column in zip(*runs, strict=True))
    return Cost(name=name, pages=pages, cpu=cpu, memory=memory, size=size)


def records(folder: Path) -> dict[str, Any]:
    """Return the records of a folder of data/, by id."""
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.yml"))}


def drawn_facts(real: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return every answer that the real frameworks in Python give, by criterion: what synthetic ones draw from."""
    found: dict[str, list[Any]] = {}
    for record in real.values():
        for page in record["evidence"] if record["language"] == "Python" else []:
            for name, fact in page["facts"].items():
                found.setdefault(name, []).append(alone(fact) if isinstance(fact, dict) else fact)
    return found


def alone(fact: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fact as one that needs no other entry."""
    via = {"via": "pkg:pypi/channels"} if "via" in fact else {}
    return {key: fact[key] for key in ("value", "since", "note") if key in fact} | via


def synthetic(name: str, tile: str, pool: Mapping[str, list[Any]], draw: random.Random) -> dict[str, Any]:
    """Return the record of a framework that does not exist, with facts of those that do."""
    chosen = draw.sample(sorted(pool), min(FACTS_EACH, len(pool)))
    today = datetime.now(UTC).date()
    return {
        "name": name.capitalize(),
        "tile": tile,
        "package": f"pkg:pypi/{name}",
        "language": "Python",
        "website": f"https://{name}.example.org/",
        "summary": f"Synthetic framework {name}, drawn from the facts of real ones to see what a build costs.",
        "best-for": [{"text": "Seeing what a page costs", "because": chosen[:2]}],
        "strengths": [{"text": f"It has fact number {index}", "because": chosen[index]} for index in range(4)],
        "trade-offs": [{"text": f"It lacks part {index}", "because": chosen[-index]} for index in range(1, 4)],
        "evidence": [
            {
                "source": f"https://{name}.example.org/docs/{start // FACTS_A_PAGE}/",
                "version": "1.0",
                "checked": today,
                "facts": {
                    criterion: draw.choice(pool[criterion]) for criterion in chosen[start : start + FACTS_A_PAGE]
                },
            }
            for start in range(0, len(chosen), FACTS_A_PAGE)
        ],
    }


def names() -> Iterator[tuple[str, str]]:
    """Yield names and tiles, all different."""
    letters = product(string.ascii_uppercase, string.ascii_lowercase)
    for number, (first, second) in enumerate(letters):
        yield f"{first.lower()}{second}work{number}", f"{first}{second}"


def write_catalog(target: Path, entries: int) -> None:
    """Write a data folder with so many frameworks; use cases lose what articles say of real ones."""
    source = preview.ROOT / "data"
    target.mkdir()
    shutil.copy(source / "scales.yml", target)
    shutil.copytree(source / "criteria", target / "criteria")
    shutil.copytree(source / "ratings", target / "ratings")
    (target / "matrices").mkdir()
    shutil.copy(source / "matrices" / "ratings.yml", target / "matrices")
    for folder in ("guide", KIND):
        (target / folder).mkdir()
    for name, case in records(source / "guide").items():
        if case["kind"] == KIND:
            write(target / "guide" / f"{name}.yml", {key: value for key, value in case.items() if key != "said"})
    pool, draw = drawn_facts(records(source / KIND)), random.Random(1)  # noqa: S311 - the same catalog every time
    for _, (name, tile) in zip(range(entries), names(), strict=False):
        write(target / KIND / f"{name}.yml", synthetic(name, tile, pool, draw))


def write(file: Path, record: Mapping[str, Any]) -> None:
    """Write one record."""
    text = yaml.dump(dict(record), Dumper=WithoutAliases, sort_keys=False, allow_unicode=True, width=1000)
    file.write_text(text, encoding="utf-8")


def entries_for(pages: int, others: int) -> int:
    """Return how many entries give about so many pages, each with its own page and one for each pair."""
    return next(number for number in count(2) if others + number + number * (number - 1) // 2 >= pages)


def seconds_to_serve(folder: Path, edits: int) -> float:
    """Return the median time from saving a record to the served page, under `make serve`."""
    repository = folder / "copy"
    preview.copy_repository(repository)
    record = repository / "data" / KIND / "flask.yml"
    url, text = f"{KIND}/{record.stem}/", record.read_text(encoding="utf-8")
    server = preview.LiveServer(repository, folder / "log")
    try:
        server.until(url, "<h1>")
        times = []
        for number in range(1, edits + 1):
            record.write_text(text.replace("summary: ", f"summary: Edit {number}. ", 1), encoding="utf-8")
            times.append(server.until(url, f"Edit {number}."))
            say(f"  edit {number} of {edits}: {times[-1]:.2f} s")
    finally:
        server.close()
    return statistics.median(times)


def all_costs(folder: Path, sizes: Sequence[int], repeats: int) -> Iterator[Cost]:
    """Yield what the real site costs, then each synthetic catalog; the large ones are built once, being steady."""
    say("The real site …")
    yield measure("the real site", preview.ROOT / "data", folder, repeats)
    write_catalog(folder / "smallest", 2)
    build_once(folder / "site", folder / "smallest")
    others = pages_of(folder / "site") - 3
    for pages in sizes:
        entries = entries_for(pages, others)
        say(f"About {pages:,} pages: {entries} frameworks with {FACTS_EACH} facts each …")
        write_catalog(folder / f"data-{pages}", entries)
        turns = repeats if pages < 1_000 else 1
        yield measure(f"{entries} synthetic frameworks", folder / f"data-{pages}", folder, turns)


def table(costs: list[Cost]) -> Iterator[str]:
    """Yield the table, in Markdown; the last two columns compare with the catalog before."""
    yield "| catalog | pages | CPU s | ms a page | peak MiB | site MiB | ms a further page | growth a page |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    before: Cost | None = None
    for cost in costs:
        further = growth = ""
        if before:
            further = f"{1000 * (cost.cpu - before.cpu) / (cost.pages - before.pages):.2f}"
            growth = f"× {cost.each / before.each:.2f}"
        yield (
            f"| {cost.name} | {cost.pages:,} | {cost.cpu:.2f} | {cost.each:.2f} | {cost.memory:.0f} |"
            f" {cost.size:.1f} | {further} | {growth} |"
        )
        before = cost if cost.name != "the real site" else None


def main() -> int:
    """Measure, print the table and how it stands to the targets."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="pages of the synthetic catalogs")
    parser.add_argument("--repeats", type=int, default=3, help="builds of each below 1,000 pages, median (3)")
    parser.add_argument("--edits", type=int, default=5, help="records saved under `make serve` (5); 0 leaves it out")
    arguments = parser.parse_args()

    WORKPLACE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=WORKPLACE) as folder:
        served = None
        if arguments.edits:
            say("A record is saved under `make serve` …")
            served = seconds_to_serve(Path(folder), arguments.edits)
        costs = list(all_costs(Path(folder), arguments.sizes, arguments.repeats))

    print("\n".join(table(costs)))
    last = costs[-1]
    print(f"\nA page of the largest catalog costs {last.each:.2f} ms of CPU; the target is {TARGET} ms.")
    growths = [after.each / before.each for before, after in pairwise(costs[1:])]
    if growths:
        word = "is" if max(growths) <= LINEAR else "is not"
        print(
            f"Growth {word} linear or better: a page costs at most × {max(growths):.2f} of one in the catalog before."
        )
    if served is not None:
        print(f"From saving a record to the served page: {served:.2f} s; the target is {SERVE_TARGET} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
