"""`python -m lab citations [ENTRY …]`: whether the words that facts point at are on their pages.

It writes data/measured/citations/ENTRY.json. With --documents DIR, where `owner+name/` holds a git directory or an
unpacked source distribution, a page is read at the release that its record names: the tag that fits, the source
distribution, or else the newest commit. With --fetch the repositories are fetched from GitHub, these releases alone.
A page that is not there is read as its site serves it now. With --excerpts nothing is looked up on sites: each fact is
printed beside the text around its words, to be read against it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from lab.citations.clones import Clones
from lab.citations.collect import Collector, counted_before, with_history
from lab.citations.distributions import distribution
from lab.citations.excerpts import excerpts
from lab.citations.live import Web
from lab.citations.newest import at_newest, compared
from lab.citations.sources import Library
from lab.core.entries import entries
from lab.core.output import moment, read_result, write_result
from lab.core.paths import CACHE, DATA, MEASURED
from lab.core.progress import Progress
from lab.core.runner import chosen, for_each, report
from macros.catalog import sources
from macros.catalog.build import entries_of, kinds_of
from macros.catalog.projects import Projects
from macros.reading import measurements
from macros.reading.folders import Folders
from macros.schema.measured.citations import Citations, CitedPassage, CountedAbsence
from macros.views.proofs import proof_table
from macros.views.text import percent

WORKERS = 4
"""Entries at once: their hosts are asked at the same time, each of them slowly."""
KEPT = CACHE / "citations"


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise argparse.ArgumentTypeError(
            f"{text} is not a folder. Name one that holds owner+name/ for each repository."
        )
    return Path(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab citations", description="Look for the words of every fact.")
    parser.add_argument("ids", nargs="*", metavar="ENTRY", help="entries; all if none is named")
    parser.add_argument("--documents", type=_folder, metavar="DIR", help="owner+name/ for each repository")
    parser.add_argument("--fetch", action="store_true", help="fetch the releases of the repositories that DIR lacks")
    parser.add_argument("--offline", action="store_true", help="ask neither the sites of pages nor the registries")
    parser.add_argument("--summary", action="store_true", help="print what confirms the facts of every entry")
    parser.add_argument("--newest", action="store_true", help="compare with the newest release, and write nothing")
    parser.add_argument("--excerpts", action="store_true", help="print each fact with the text around its words alone")
    parser.add_argument("--print", action="store_true", help="print what is found, and write nothing")
    return parser


def _read_from(one: CitedPassage | CountedAbsence) -> str:
    return f" in {one.release} ({one.how})" if one.release else f" ({one.how})" if one.how else ""


def in_words(one: CitedPassage) -> str:
    """Return a passage as one line: its status, the file, the line and the release, and its pointer."""
    where = f"{one.file}:{one.line}" if one.file else one.why or one.source
    changed = ", with other words between than at the first reading" if one.changed else ""
    return f"{one.status}: {where}{_read_from(one)}{changed}: “{one.at}”"


def absence_in_words(one: CountedAbsence) -> Iterator[str]:
    """Yield an absence as lines: pages and hits of each word, and where the words stand."""
    if not one.pages:
        yield f"{one.criterion}: not counted: {one.why}"
        return
    hits = ", ".join(f"{word} {count}" for word, count in one.words.items())
    other = f"; {one.apart} of other meaning" if one.apart else ""
    yield f"{one.criterion}: {one.pages} pages{_read_from(one)}: {hits}{other}"
    for hit in one.hits:
        yield f"  {hit.word}: {hit.file}:{hit.line}"


def read(collector: Collector, folder: Path, entry: str) -> Citations:
    """Return what became of the words of an entry, with what the earlier result knows."""
    passages, absences = collector.entry(entry)
    file = folder / f"{entry}.json"
    old = read_result(file, Citations) if file.is_file() else None
    return Citations(
        command=f"python -m lab citations {entry}",
        moment=moment(),
        entry=entry,
        passages=with_history(passages, old.passages if old else ()),
        absences=counted_before(absences, old.absences if old else ()),
    )


def keep(folder: Path | None, entry: str, found: Citations) -> str:
    """Print and write what was found; return a summary. An entry whose facts point at no words has no file."""
    sys.stdout.writelines(f"{entry}: {in_words(one)}\n" for one in found.passages)
    sys.stdout.writelines(f"{entry}: {line}\n" for one in found.absences for line in absence_in_words(one))
    if folder and (found.passages or found.absences):
        write_result(folder / f"{entry}.json", found)
    elif folder:
        (folder / f"{entry}.json").unlink(missing_ok=True)
    counts = Counter(one.status for one in found.passages)
    told = [f"{count} {status}" for status, count in counts.items()]
    told += [f"{sum(one.none for one in found.absences)} of {len(found.absences)} absent"] if found.absences else []
    return ", ".join(told) or "no words to look for"


def summary() -> str:
    """Return what confirms the facts of every entry, a line each: the share by machine, then the counts."""
    found = sources.load(Folders.around(DATA))
    table = proof_table(entries_of(found, kinds_of(found), datetime.now(UTC).date()).values())
    names = [row.entry.id if row.entry else "all" for row in (*table.rows, table.all)]
    lines = [f"{'entry':34} machine  {'  '.join(table.labels)}"]
    for name, row in zip(names, (*table.rows, table.all), strict=True):
        counts = "  ".join(f"{count:>{len(label)}}" for label, count in zip(table.labels, row.counts, strict=True))
        lines.append(f"{name:34} {percent(row.by_machine):>7}  {counts}")
    return "\n".join(lines) + "\n"


def compare(collector: Collector, ids: Sequence[str]) -> int:
    """Print how the words of entries are in the newest releases; return 1 if an entry could not be looked at."""
    library = collector.library
    projects = Projects(library.records, measurements.load(DATA, "data")[0])
    records = at_newest(library.records, projects)
    later = Library(library.folder, records, library.distributions, library.clones)
    newest = Collector(later, collector.folder / "newest" if collector.folder else None)

    def show(entry: str, lines: list[str]) -> str:
        sys.stdout.writelines(f"{entry}: {line}\n" for line in lines)
        return ""

    progress = Progress(len(ids))
    failed = for_each(ids, lambda entry: list(compared(entry, collector, newest)), show)
    return report(failed, len(ids), progress.elapsed, "compared")


def main(arguments: list[str]) -> int:
    """Look for the words of every fact; return 1 if an entry could not be looked at."""
    asked = _parser().parse_args(arguments)
    if asked.summary:
        sys.stdout.write(summary())
        return 0
    records = {entry: record for entry, (_, record) in entries().items()}
    ids = chosen(asked.ids, list(records))
    clones = Clones(KEPT / "repositories") if asked.fetch else None
    library = Library(asked.documents, records, None if asked.offline else distribution, clones)
    collector = Collector(library, KEPT / "outcomes", None if asked.offline else Web(KEPT / "pages"))
    if asked.newest:
        return compare(collector, ids)
    if asked.excerpts:
        sys.stdout.writelines(f"{one}\n" for entry in ids for one in excerpts(library, entry))
        return 0
    folder = MEASURED / "citations"
    progress = Progress(len(ids))
    failed = for_each(
        ids, partial(read, collector, folder), partial(keep, None if asked.print else folder), workers=WORKERS
    )
    return report(failed, len(ids), progress.elapsed, "read")
