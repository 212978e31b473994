"""Looks for the words of a fact in its page, and counts the words of an absence over the whole documentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal

from lab.citations.corpus import Corpus, Hit, Place
from lab.citations.markup import DOCUMENTATION, PROGRAMS
from lab.citations.pages import likely, nearest
from lab.citations.sources import Library, Page
from macros.schema.entries import Entry, Evidence, Fact

Status = Literal["found", "not found", "page gone", "not reachable"]
NO_PAGES = {"test", "tests", "testing", "node_modules", ".github", "locale", "locales"}
"""Folders that no page is made from."""
LIKELY = 30
"""Files that are looked into because of their name, at most."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What became of the words of a fact."""

    criterion: str
    status: Status
    why: str = ""
    place: Place | None = None
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """How often words occur in the documentation of a release."""

    criterion: str
    reachable: bool
    why: str = ""
    pages: int = 0
    counted: Sequence[Hit] = ()
    other: Sequence[Hit] = ()
    revisions: Sequence[str] = ()
    hits: Counter[str] = field(default_factory=Counter)


def citations(library: Library, entry: str) -> Iterator[Citation]:
    """Yield what became of every fact of an entry that points at words."""
    for evidence, criterion, fact in _facts(library.records[entry]):
        if pointer := fact.at or evidence.at:
            yield citation(library, entry, evidence, criterion, pointer)


def absences(library: Library, entry: str) -> Iterator[Absence]:
    """Yield the counts for every fact of an entry that names words which were looked for."""
    for evidence, criterion, fact in _facts(library.records[entry]):
        if fact.searched:
            yield absence(library, entry, evidence, criterion, fact)


def _facts(record: Entry) -> Iterator[tuple[Evidence, str, Fact]]:
    for evidence in record.evidence:
        for criterion, fact in evidence.facts.items():
            yield evidence, criterion, fact


def citation(library: Library, entry: str, evidence: Evidence, criterion: str, pointer: str) -> Citation:
    """Return where the passage of a fact stands at the release of its page, or why it was not found."""
    pages = library.pages(entry, evidence.source, evidence.version)
    if isinstance(pages, str):
        return Citation(criterion, "not reachable", pages)
    tried = [(_in_file if page.exact else _in_files)(page, criterion, pointer) for page in pages[:1]]
    for page in pages[1:]:
        if tried[-1].status == "found":
            break
        tried.append((_in_file if page.exact else _in_files)(page, criterion, pointer))
    return tried[-1] if tried[-1].status == "found" else tried[0]


def _in_files(page: Page, criterion: str, pointer: str) -> Citation:
    """Return where a passage stands in the files that the page can be made from, or else in any other."""
    tree = page.corpus.tree
    files = likely(page.path, pages_below(page.corpus, page.folder), page.folder)[:LIKELY]
    for places in (page.corpus.places(pointer, files), _anywhere(page, pointer)):
        if place := next(places, None):
            return Citation(criterion, "found", place=place, revision=tree.revision)
    if files:
        near = page.corpus.near_miss(pointer, files)
        return Citation(criterion, "not found", near or f"not in {files[0]}, nor elsewhere", revision=tree.revision)
    return Citation(criterion, "not found", "no file has the name of the page or the words", revision=tree.revision)


def _in_file(page: Page, criterion: str, pointer: str) -> Citation:
    """Return where a passage stands in the one file that the address names."""
    tree = page.corpus.tree
    if page.path not in tree.paths:
        return Citation(criterion, "page gone", f"no file {page.path}", revision=tree.revision)
    place = next(page.corpus.places(pointer, [page.path]), None)
    if place:
        return Citation(criterion, "found", place=place, revision=tree.revision)
    near = page.corpus.near_miss(pointer, [page.path])
    return Citation(criterion, "not found", near or f"not in {page.path}", revision=tree.revision)


def _anywhere(page: Page, pointer: str) -> Iterator[Place]:
    """Yield the places of a passage in any page, the nearest to the address first; then in any program.

    Pages that are generated from docstrings, and pages that include examples, have their words there.
    """
    below = nearest(page.path, pages_below(page.corpus, page.folder))
    yield from page.corpus.places(pointer, below)
    yield from page.corpus.places(pointer, nearest(page.path, _files(page.corpus, "", PROGRAMS)))


def pages_below(corpus: Corpus, folder: str) -> list[str]:
    """Return the files below a folder that are pages."""
    return _files(corpus, folder, DOCUMENTATION)


def _files(corpus: Corpus, folder: str, suffixes: tuple[str, ...]) -> list[str]:
    start = f"{folder.strip('/')}/" if folder.strip("/") else ""
    if not any(path.startswith(start) for path in corpus.tree.paths):
        start = ""  # a source distribution need not have the folders of the repository
    return [
        path
        for path in corpus.tree.paths
        if path.startswith(start)
        and path.lower().endswith(suffixes)
        and not NO_PAGES.intersection(PurePosixPath(path.removeprefix(start)).parts[:-1])
    ]


def absence(library: Library, entry: str, evidence: Evidence, criterion: str, fact: Fact) -> Absence:
    """Return how often the words of an absence occur in the documentation of the release of its page."""
    documentation = library.documentation(entry, evidence.version)
    if isinstance(documentation, str):
        return Absence(criterion, reachable=False, why=documentation)
    counted, other, pages = list[Hit](), list[Hit](), 0
    apart = [meaning.at for meaning in fact.other_meanings]
    for corpus, folder in documentation:
        files = pages_below(corpus, folder)
        pages += len(files)
        found = corpus.hits(fact.searched, files, apart)
        counted += found[0]
        other += found[1]
    revisions = tuple(dict.fromkeys(corpus.tree.revision for corpus, _ in documentation))
    hits = Counter(dict.fromkeys(fact.searched, 0))
    hits.update(hit.word for hit in counted)
    return Absence(criterion, True, "", pages, counted, other, revisions, hits)
