"""`python -m macros check`: the contributor's command."""

from __future__ import annotations

import argparse
import gc
import sys
from datetime import UTC, datetime
from pathlib import Path

from macros.cache.store import store_of
from macros.catalog import sources
from macros.checks import RULES
from macros.checks.load import all_problems
from macros.checks.notices import notices
from macros.reading.documents import count_of
from macros.reading.folders import Folders


def check(folders: Folders) -> int:
    """Print every problem of the data, one a line; return 1 if there are any, else print notices and return 0.

    A notice never fails: it says what is unfinished, not measured yet, or worth a second look.
    """
    found = sources.load(folders, store_of(folders.root.resolve()))
    today = datetime.now(UTC).date()
    problems = all_problems(found, today)
    for problem in problems:
        print(problem)
    if problems:
        files = len({problem.path for problem in problems})
        count = f"{count_of(len(problems), 'problem')} in {count_of(files, 'file')}"
        print(f"\n{count}. Nothing was built. CONTRIBUTING.md explains the fields.", file=sys.stderr)
        return 1
    for notice in notices(found, today):
        print(f"{notice.path}:{notice.line}:{notice.column}: notice: {notice.message}")
    facts = sum(len(page.facts) for entry in found.entries if entry.record for page in entry.record.evidence)
    entries = count_of(len(found.entries), "entry", "entries")
    print(f"{folders.shown(folders.data)}/ is in order: {entries}, {facts:,} facts stated, {len(RULES)} rules.")
    return 0


def main() -> int:
    """Run the command that the arguments name."""
    parser = argparse.ArgumentParser(prog="python -m macros", description="Checks the data of Backend Field Guide.")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("check", help="print what is wrong with data/, without building")
    command.add_argument("--data", type=Path, default=Path("data"), help="the folder (data)")
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        parser.error(f"there is no folder {arguments.data}. Run this in the project's folder.")
    return check(Folders.around(arguments.data))


if __name__ == "__main__":
    gc.disable()  # what is read stays until the program ends: collecting finds nothing, and looks at all of it
    sys.exit(main())
