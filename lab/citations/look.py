"""Looks for a passage in its page, and counts the words of an absence over the whole documentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lab.citations.corpus import Corpus, Hit, Place
from lab.citations.markup import DOCUMENTATION, PROGRAMS
from lab.citations.pages import likely, nearest
from lab.citations.sources import Library, Page
from macros.schema.measured.citations import CitationStatus, Way

NO_PAGES = {"tests", "node_modules", ".github", "locale", "locales"}
NO_PAGES |= {"_themes", "_theme", "_templates", "_static", "_build"}
"""Folders that no page is made from."""
LIKELY = 30
"""Files that are looked into because of their name, at most."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a passage: its status and why, its place, and what was read."""

    status: CitationStatus
    why: str = ""
    place: Place | None = None
    how: Way | None = None
    release: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often words occur in the documentation of a release; `why` says why it could not be counted."""

    why: str = ""
    pages: int = 0
    words: Counter[str] = field(default_factory=Counter)
    counted: Sequence[Hit] = ()
    other: Sequence[Hit] = ()
    how: Way | None = None
    release: str = ""


def passage(library: Library, pages: Sequence[Page], pointer: str) -> Outcome:
    """Return where a passage stands in the first page that has it, or why it is not in the first one that is there."""
    tried = []
    for page in pages:
        found = (_in_file if page.exact else _in_files)(page, pointer)
        if found.status == "found":
            return found
        tried.append(found)
    there = (found for found in tried if found.status != "not reachable")
    return next(there, tried[0] if tried else Outcome("not reachable", "there are no documents"))


def _outcome(page: Page, status: CitationStatus, why: str = "", place: Place | None = None) -> Outcome:
    return Outcome(status, why, place, page.corpus.tree.how, page.corpus.tree.release)


def _in_files(page: Page, pointer: str) -> Outcome:
    """Return where a passage stands in the files that the page can be made from, or else in any other."""
    files = likely(page.path, pages_below(page.corpus, page.folder), page.folder)[:LIKELY]
    for places in (page.corpus.places(pointer, files), _anywhere(page, pointer)):
        if place := next(places, None):
            return _outcome(page, "found", place=place)
    if page.corpus.tree.how == "source distribution" and not (files and page.path and _has(page, page.folder)):
        return _outcome(page, "not reachable", "the source distribution has no file of this page")
    if files:
        near = page.corpus.near_miss(pointer, files)
        return _outcome(page, "not found", near or f"not in {files[0]}, nor elsewhere")
    return _outcome(page, "not found", "no file has the name of the page or the words")


def _has(page: Page, folder: str) -> bool:
    """Return whether the tree has the folder of the pages: a source distribution often has no documentation."""
    start = folder.strip("/")
    return not start or any(path.startswith(f"{start}/") for path in page.corpus.tree.paths)


def _in_file(page: Page, pointer: str) -> Outcome:
    """Return where a passage stands in the one file that the address names."""
    if page.path not in page.corpus.tree.paths:
        return _outcome(page, "page gone", f"no file {page.path}")
    if place := next(page.corpus.places(pointer, [page.path]), None):
        return _outcome(page, "found", place=place)
    near = page.corpus.near_miss(pointer, [page.path])
    return _outcome(page, "not found", near or f"not in {page.path}")


def _anywhere(page: Page, pointer: str) -> Iterator[Place]:
    """Yield the places of a passage in any page, the nearest to the address first; then in any program.

    Pages that are generated from docstrings, and pages that include examples, have their words there.
    """
    below = nearest(page.path, pages_below(page.corpus, page.folder))
    yield from page.corpus.places(pointer, below)
    yield from page.corpus.places(pointer, nearest(page.path, _files(page.corpus, page.programs, PROGRAMS)))


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


def tally(library: Library, entry: str, version: str | None, words: Sequence[str], apart: Sequence[str]) -> Tally:
    """Return how often the words occur in an entry's documentation of a release; passages of `apart` are left out."""
    documentation = library.documentation(entry, version)
    if isinstance(documentation, str):
        return Tally(documentation)
    counted, other, pages = list[Hit](), list[Hit](), 0
    for corpus, folder in documentation:
        files = pages_below(corpus, folder)
        pages += len(files)
        found = corpus.hits(words, files, apart)
        counted += found[0]
        other += found[1]
    hits = Counter(dict.fromkeys(words, 0))
    hits.update(hit.word for hit in counted)
    trees = [corpus.tree for corpus, _ in documentation]
    release = ", ".join(dict.fromkeys(tree.release for tree in trees))
    return Tally("", pages, hits, counted, other, trees[0].how, release)
