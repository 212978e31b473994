"""`python -m tools.changes [OLD [NEW]]`: what changed in what the records say, in words.

OLD and NEW are commits. Without NEW it is the working tree; without OLD, the commit at which that left main. With
`--write`, the days since the newest file of data/changes/ are written there; with `--all`, every day.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from macros.schema.changes import DayOfChanges
from macros.views.changes import Names, lines_of
from tools.changes.days import days_to_write, written
from tools.changes.differences import differences
from tools.changes.names import names_of
from tools.changes.records import entries_of
from tools.changes.revisions import Files, GitError, files_in, files_of, merge_base
from tools.evidence import fenced

ROOT = Path(__file__).resolve().parents[2]


def sentences(old: Files, new: Files) -> Iterator[str]:
    """Yield a line for everything that changed: `Flask 3.2.0: Async handlers: partial → built in`."""
    names: Names = {**names_of(old), **names_of(new)}
    after = entries_of(new)
    for entry, changes in differences(entries_of(old), after).items():
        known = after.get(entry)
        named = f"{changes.name} {known.release}" if known and known.release else changes.name
        yield from (f"{named}: {line.text}" for line in lines_of(changes, names))


def show(old: str | None, new: str | None, *, as_code: bool) -> None:
    """Print what changed, as a block of code for a page of Markdown where that is wanted."""
    before = files_of(ROOT, old or merge_base(ROOT))
    after = files_of(ROOT, new) if new else files_in(ROOT)
    text = "\n".join(sentences(before, after)) or "Nothing that the records say of an entry has changed."
    print(fenced(text) if as_code else text)


def write(*, every: bool) -> None:
    """Write the days that are missing in data/changes/, and the newest one again."""
    folder = ROOT / "data" / "changes"
    folder.mkdir(exist_ok=True)
    for day, (old, new) in days_to_write(ROOT, folder, every=every).items():
        found = differences(entries_of(files_of(ROOT, old) if old else {}), entries_of(files_of(ROOT, new)))
        if found:
            file = folder / f"{day}.yml"
            file.write_text(written(DayOfChanges(commit=new, entries=found)), encoding="utf-8")
            print(f"Written: {file.relative_to(ROOT)} ({len(found)} entries)")


def main() -> int:
    """Run the command; return 1 if git does not know what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tools.changes", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("old", nargs="?", help="the commit before (where the working tree left main)")
    parser.add_argument("new", nargs="?", help="the commit after (the working tree)")
    parser.add_argument("--write", action="store_true", help="write the days since the newest file of data/changes/")
    parser.add_argument("--all", action="store_true", help="with --write: write every day of the history again")
    parser.add_argument("--code", action="store_true", help="print a block of code, for a page of Markdown")
    given = parser.parse_args()
    try:
        if given.write:
            write(every=given.all)
        else:
            show(given.old, given.new, as_code=given.code)
    except GitError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
