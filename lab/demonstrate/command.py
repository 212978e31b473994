"""Run the functions of lab/demonstrations/ with the newest releases: each shows what a fact says of a run, or fails.

`python -m lab demonstrations [ID …]` writes data/measured/demonstrations/ID.json. An entry runs in a locked environment
of its own: what its program in lab/programs/ needs, httpx, and what a `/// script` header of the file adds.
"""

from __future__ import annotations

import argparse
import sys

from lab.core import programs
from lab.core.entries import entries
from lab.core.output import read_result
from lab.core.paths import MEASURED, ROOT
from lab.core.progress import Progress
from lab.core.runner import chosen, for_each, measure_each, report
from lab.demonstrate import environments
from lab.demonstrate.environments import Subject
from lab.demonstrate.run import measure
from macros.code import demonstrations
from macros.schema.measured.demonstrations import DemonstrationsRun

RESULTS = MEASURED / "demonstrations"


def main(arguments: list[str]) -> int:
    """Lock or run the demonstrations of the entries asked for, or of all; return 1 if one could not be run."""
    options = _parser().parse_args(arguments)
    known = subjects()
    ids = chosen(options.ids, list(known))
    if options.lock:
        return _lock({name: known[name] for name in ids})
    ids = [name for name in ids if not options.missing or is_missing(known[name])]
    return measure_each(ids, lambda name: measure(known[name]), RESULTS)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab demonstrations", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", help="entries; all if none is named")
    parser.add_argument("--lock", action="store_true", help="resolve the newest releases again, and run nothing")
    parser.add_argument("--missing", action="store_true", help="only what was not run with this file and lock")
    return parser


def subjects() -> dict[str, Subject]:
    """Return the entries that have demonstrations, with all that running them needs."""
    folder = ROOT / "lab" / "demonstrations"
    files, wrong = demonstrations.load(folder)
    known = programs.all_programs(suffixes=(".py", ".mjs"))
    records = {entry: record for entry, (_, record) in entries().items()}
    packages = programs.packages(known, records)
    lacking = [f"{file.path}: {name} has no program" for name, file in files.items() if name not in packages]
    sys.stderr.write("".join(f"{line}\n" for line in [*map(str, wrong), *lacking]))
    return {
        entry: Subject(
            file=file,
            program=known[entry],
            package=packages[entry],
            purl=records[entry].package or f"pkg:pypi/{packages[entry]}",
        )
        for entry, file in files.items()
        if entry in packages
    }


def is_missing(subject: Subject) -> bool:
    """Return whether there is no result of this file and this lock."""
    file = RESULTS / f"{subject.id}.json"
    if not file.is_file() or not subject.lock.file.is_file():
        return True
    found = read_result(file, DemonstrationsRun)
    return (found.digest, found.lock) != (subject.file.digest, subject.lock.digest)


def _lock(known: dict[str, Subject]) -> int:
    def keep(name: str, versions: dict[str, str]) -> str:
        package = known[name].package
        return f"locked: {package} {versions[package]}"

    progress = Progress(len(known))
    failed = for_each(list(known), lambda name: environments.lock(known[name]), keep)
    return report(failed, len(known), progress.elapsed, "locked")
