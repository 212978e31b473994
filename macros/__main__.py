"""`python -m macros check`: the contributor's command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from macros.catalog import build as catalog_build
from macros.catalog import sources
from macros.checks import load as checks_load
from macros.checks import rules as checks_rules


def check(root: Path) -> int:
    """Print every problem of the data in `root`, one a line; return 1 if there are any, else 0."""
    found = sources.load(root, root.name)
    today = datetime.now(UTC).date()
    problems = checks_load.all_problems(found, today)
    for problem in problems:
        print(problem)
    facts = sum(len(e.facts) for entry in found.entries if entry.record for e in entry.record.evidence)
    if problems:
        files = len({problem.path for problem in problems})
        print(
            f"\n{len(problems)} problems in {files} files. Nothing was built. CONTRIBUTING.md explains the fields.",
            file=sys.stderr,
        )
        return 1
    for line in warnings(found, today):
        print(line)
    print(f"data/ is in order: {len(found.entries)} entries, {facts} facts stated, {len(checks_rules.RULES)} rules.")
    return 0


def warnings(found: sources.Sources, today: date) -> Iterator[str]:
    """Yield a line for every entry with facts that are no longer current: that is shown and never fails."""
    built = catalog_build.build(found, today)
    for entry in built.entries.values():
        aged = [fact for fact in entry.facts.values() if not fact.current and not fact.inherited_from]
        moved = next((fact.aged.since for fact in aged if fact.aged and fact.aged.since), None)
        if aged:
            reason = f"not checked since {moved}" if moved else "read more than 180 days ago"
            count = f"{len(aged)} fact{'s' if len(aged) > 1 else ''}"
            yield f"{entry.path}: warning: {count} {reason}. The page /recheck/ lists them."


def main() -> int:
    """Run the command that the arguments name."""
    parser = argparse.ArgumentParser(prog="python -m macros", description="Checks the data of Backend Field Guide.")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("check", help="print what is wrong with data/, without building")
    command.add_argument("--data", type=Path, default=Path("data"), help="the folder (data)")
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        parser.error(f"there is no folder {arguments.data}. Run this in the project's folder.")
    return check(arguments.data)


if __name__ == "__main__":
    sys.exit(main())
