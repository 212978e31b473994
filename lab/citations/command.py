"""`python -m lab citations [ENTRY …] --documents DIR`: whether the words that facts point at are on their pages.

DIR holds `owner+name/`, each with a git directory or an unpacked source distribution. A page is read at the release
that its record names: the tag that fits, or else the newest commit, which is said.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lab.citations.distributions import distribution
from lab.citations.look import Absence, Citation, absences, citations
from lab.citations.sources import Library
from lab.core.entries import entries
from lab.core.progress import Progress
from lab.core.runner import chosen, for_each, report

SHOWN = 20
"""Hits of an absence that are listed."""


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(
            f"{text} is not a folder. Name one that holds owner+name/ for each repository."
        )
    return Path(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab citations", description="Look for the words of every fact.")
    parser.add_argument("ids", nargs="*", metavar="ENTRY", help="entries; all if none is named")
    parser.add_argument(
        "--documents", type=_folder, required=True, metavar="DIR", help="owner+name/ for each repository"
    )
    return parser


def in_words(citation: Citation) -> str:
    """Return a citation as one line: its criterion, its status, the file, the line and the release."""
    where = f"{citation.place.file}:{citation.place.line}" if citation.place else citation.why
    return f"{citation.criterion}: {citation.status}: {where}" + (
        f" at {citation.revision}" if citation.revision else ""
    )


def absence_in_words(absence: Absence) -> Iterator[str]:
    """Yield an absence as lines: pages and hits of each word, and where the words stand."""
    if not absence.reachable:
        yield f"{absence.criterion}: not reachable: {absence.why}"
        return
    hits = ", ".join(f"{word} {count}" for word, count in absence.hits.items())
    other = f"; {len(absence.other)} of other meaning" if absence.other else ""
    yield f"{absence.criterion}: {absence.pages} pages at {', '.join(absence.revisions)}: {hits}{other}"
    for hit in absence.counted[:SHOWN]:
        yield f"  {hit.word}: {hit.file}:{hit.line}"


def lines(library: Library, entry: str) -> tuple[list[str], str]:
    """Return what is printed about an entry, and a summary of it."""
    record = library.records[entry]
    cited, absent = list(citations(library, entry)), list(absences(library, entry))
    facts = sum(len(evidence.facts) for evidence in record.evidence)
    printed = [in_words(one) for one in cited] + [line for one in absent for line in absence_in_words(one)]
    counts = Counter(one.status for one in cited)
    told = [f"{count} {status}" for status, count in counts.items()]
    told += [f"{len(absent)} counted"] if absent else []
    named = {one.criterion for one in cited} | {one.criterion for one in absent}
    return printed, ", ".join([*told, f"{facts - len(named)} of {facts} facts without words"])


def main(arguments: list[str]) -> int:
    """Print what became of the words of every fact; return 1 if an entry could not be looked at."""
    asked = _parser().parse_args(arguments)
    records = {entry: record for entry, (_, record) in entries().items()}
    library = Library(asked.documents, records, distribution)

    def show(entry: str, found: tuple[list[str], str]) -> str:
        sys.stdout.writelines(f"{entry}: {line}\n" for line in found[0])
        return found[1]

    ids = chosen(asked.ids, list(records))
    progress = Progress(len(ids))
    failed = for_each(ids, lambda entry: lines(library, entry), show)
    return report(failed, len(ids), progress.elapsed, "read")
