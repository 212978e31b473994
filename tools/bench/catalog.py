"""Catalogs of a given size, made of the real one.

A smaller catalog has fewer frameworks than the real one. A larger one has copies of them as well, each with the facts,
measurements and probes of its original. As many frameworks have a Books application as make the share of pages with
code that of the real site; these applications are the real ones and copies whose text differs.

`python -m tools.bench.catalog FOLDER` writes one and prints what it holds. Without `--pages` it is the real catalog.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import count, islice, product
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

import yaml

from macros.cache.store import Store, store_of
from macros.checks.load import load
from macros.plugin.pages import page_specs
from macros.reading.folders import Folders
from macros.views.site import Site
from tools import preview
from tools.bench.copies import KIND, Framework, write_application, write_copy, write_demonstrations, write_popularity
from tools.bench.references import remove_entries

TILES = tuple(f"{first}{second}" for first, second in product(ascii_uppercase, ascii_lowercase))
"""Every tile that there can be; two frameworks never share one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many frameworks a catalog has, how many of them have an application, and the pages that this makes."""

    frameworks: int
    applications: int
    pages: int


@dataclass(frozen=True, slots=True)
class Census:
    """What the real site has: frameworks, applications of them, pages, and how many of these show code."""

    frameworks: int
    applications: int
    pages: int
    with_code: int

    def plan(self, pages: int) -> Plan:
        """Return the catalog that comes closest to so many pages, with the real share of pages that show code."""
        code = self.with_code - _with_pairs(self.applications)
        others = self.pages - _with_pairs(self.frameworks) - _with_pairs(self.applications)
        wanted = pages * self.with_code / self.pages
        most = min(range(1, len(TILES)), key=lambda number: abs(code + _with_pairs(number) - wanted))
        plans = (
            Plan(number, min(number, most), others + _with_pairs(number) + _with_pairs(min(number, most)))
            for number in range(1, len(TILES))
        )
        return min(plans, key=lambda plan: abs(plan.pages - pages))


def _with_pairs(number: int) -> int:
    """Return the pages of so many things that have a page each and one for each pair."""
    return number * (number + 1) // 2


def site_of(root: Path, store: Store) -> Site:
    """Return the site of the data in a repository or a catalog; raise InvalidDataError if it is not in order."""
    return Site(load(Folders.of(root), datetime.now(UTC).date(), store), store)


def census(site: Site, docs: Path) -> Census:
    """Count what a site has: generated pages, the hand-written ones in `docs`, and 404.html."""
    urls = [spec.url for spec in page_specs(site)] + [f"{file.relative_to(docs)}" for file in docs.rglob("*.md")]
    return Census(
        frameworks=len(site.catalog.of_kind(KIND)),
        applications=len(site.sides),
        pages=len(urls) + 1,
        with_code=sum("/code/" in f"/{url}" for url in urls),
    )


def write_catalog(source: Path, target: Path, plan: Plan | None) -> None:
    """Write the catalog into `target`: the real one of the repository at `source`, or as planned; data/ and lab/."""
    shutil.copytree(source / "data", target / "data")
    (target / "lab" / "books").mkdir(parents=True)
    shutil.copy(source / "lab" / "books" / "items.yml", target / "lab" / "books")
    shutil.rmtree(target / "data" / "measured" / "books")
    origins = _most_needed_first(source / "data")
    chosen = list(islice(_frameworks(origins), plan.frameworks if plan else len(origins)))
    gone = set(origins) - {framework.id for framework in chosen}
    remove_entries(target / "data", gone)
    write_demonstrations(source, target, chosen, gone)
    copies = [framework for framework in chosen if framework.number > 1]
    for framework, tile in zip(copies, _free_tiles(target / "data"), strict=False):
        write_copy(source / "data", target / "data", framework, tile)
    write_popularity(target / "data", copies)
    with_application = [one for one in chosen if (source / "lab" / "apps" / one.origin / "app.yml").is_file()]
    for framework in islice(with_application, plan.applications if plan else None):
        write_application(source, target, framework)


def _frameworks(origins: list[str]) -> Iterator[Framework]:
    """Yield the real frameworks, then the second of each, then the third, and so on."""
    for number in count(1):
        yield from (Framework(origin, number) for origin in origins)


def _most_needed_first(data: Path) -> list[str]:
    """Return the ids of the real frameworks; those that a small catalog cannot do without come first.

    Others inherit their facts, or the code blocks of an article are written in them.
    """
    records = {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in (data / KIND).glob("*.yml")}
    needed = {record["inherits"]["from"] for record in records.values() if "inherits" in record}
    needed |= {yaml.safe_load(file.read_text(encoding="utf-8"))["entry"] for file in (data / "blocks").glob("*.yml")}
    return sorted(records, key=lambda name: (name not in needed, name))


def _free_tiles(data: Path) -> Iterator[str]:
    records = (yaml.safe_load(file.read_text(encoding="utf-8")) for file in (data / KIND).glob("*.yml"))
    taken = {record["tile"] for record in records}
    yield from (tile for tile in TILES if tile not in taken)


def main() -> int:
    """Write a catalog and print what it holds, as JSON."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.catalog", description=__doc__)
    parser.add_argument("folder", type=Path, help="where data/ and lab/ are written; it must not hold them yet")
    parser.add_argument("--pages", type=int, help="about how many pages its site shall have")
    arguments = parser.parse_args()
    found = census(site_of(preview.ROOT, store_of(preview.ROOT)), preview.ROOT / "docs")
    plan = found.plan(arguments.pages) if arguments.pages else None
    write_catalog(preview.ROOT, arguments.folder, plan)
    print(json.dumps(asdict(plan or Plan(found.frameworks, found.applications, found.pages))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
