"""`python -m tools.bench`: everything that is measured, in one run."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import tools.bench
from tools import preview
from tools.bench.builds import Subject, check_costs, material_site, measure, our_site, write_catalog
from tools.bench.edits import Seen, seconds_to_page
from tools.bench.processes import say
from tools.bench.report import Measured, report, table_report
from tools.bench.tables import table_changes

SIZES = (1_000, 2_000, 5_000)
CHECKS = 5
"""Runs of `make check` in either state."""
WORKPLACE = preview.ROOT / ".cache" / "bench"
"""On the file system that the site is built on: the one for temporary files may be another."""


def subjects(folder: Path, sizes: Sequence[int]) -> tuple[Subject, Subject, list[Subject]]:
    """Return the real site, Material's with as many pages, and a catalog of each size."""
    say("The catalogs are written …")
    plan = write_catalog(folder / "real")
    material = material_site(plan["pages"], folder)
    catalogs = []
    for size in sorted(sizes):
        made = write_catalog(folder / f"catalog-{size}", "--pages", str(size))
        name = f"{made['frameworks']} frameworks, {made['applications']} applications"
        catalogs.append(our_site(name, folder / f"catalog-{size}", folder))
    return our_site("the real site", folder / "real", folder), material, catalogs


def machine() -> str:
    """Return what the figures depend on, in one sentence: the machine, its load before the run, and Python."""
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    cores = os.cpu_count() or 1
    return f"{platform.machine()}, {cores} cores, load {busy} before the run; Python {platform.python_version()}."


def main() -> int:
    """Measure, print the tables and the verdicts; a target that is missed is no failure of the measurement."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=tools.bench.__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="pages of the synthetic catalogs")
    parser.add_argument("--repeats", type=int, default=3, help="builds of each site in each state (3)")
    parser.add_argument(
        "--edits", type=int, default=10, help="edits of each sort in either way (10); 0 leaves them out"
    )
    parser.add_argument("--quick", action="store_true", help="one build of each, the smallest size, three edits")
    parser.add_argument("--tables", action="store_true", help="filter and sort tables in a browser, and nothing else")
    arguments = parser.parse_args()
    if arguments.tables:
        print("\n".join(table_report(table_changes())))
        return 0
    if arguments.quick:
        arguments.sizes, arguments.repeats, arguments.edits = SIZES[:1], 1, 3

    before = machine()
    WORKPLACE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=WORKPLACE) as name:
        folder = Path(name)
        real, material, catalogs = subjects(folder, arguments.sizes)
        say("The sites are built …")
        measure([real, material, *catalogs], arguments.repeats)
        say("The data is checked …")
        checks = check_costs(folder / "real", folder, CHECKS)
        seen: list[Seen] = []
        if arguments.edits:
            say("Files are edited under `make serve` …")
            seen = seconds_to_page(folder, arguments.edits)
    say("Tables are filtered and sorted in a browser …")
    found = Measured(
        machine=before,
        real=real.costs,
        material=material.costs[0],
        catalogs=[catalog.costs for catalog in catalogs],
        checks=checks,
        seen=seen,
        changed=table_changes(),
    )
    print("\n".join(report(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
