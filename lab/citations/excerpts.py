"""Each fact beside the text around its words, for a reader who asks whether the note says more than the page."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from lab.citations.collect import facts_of
from lab.citations.look import Outcome, passage
from lab.citations.sources import Library, Page
from macros.schema.entries import Evidence, Fact

BEFORE, AFTER = 15, 45
"""Lines that are shown before and from the line of the first words."""
WIDEST = 400
"""Characters of a line that are shown: pages of HTML have everything on a few lines."""


def excerpts(library: Library, entry: str) -> Iterator[str]:
    """Yield every fact of an entry as YAML, and below it the text around its words, or why there is none."""
    for evidence, criterion, fact in facts_of(library.records[entry]):
        yield f"## {entry}: {criterion}\n\n{_stated(evidence, fact)}\n{_text(library, entry, evidence, fact)}\n"
    library.free()


def _stated(evidence: Evidence, fact: Fact) -> str:
    page = {"source": evidence.source, "version": evidence.version, "of": evidence.of}
    said = fact.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    return yaml.safe_dump(
        {name: value for name, value in (page | said).items() if value is not None},
        allow_unicode=True, sort_keys=False, width=120,
    )  # fmt: skip


def _text(library: Library, entry: str, evidence: Evidence, fact: Fact) -> str:
    pointer = fact.at or evidence.at
    if not pointer:
        return "It points at no words."
    pages = library.pages(entry, evidence.source, evidence.version, evidence.of)
    if isinstance(pages, str):
        return f"The page is not there: {pages}."
    found = passage(library, pages, pointer)
    return _around(pages, found) or f"{found.status}: {found.why}."


def _around(pages: list[Page], found: Outcome) -> str:
    """Return the lines around the place of the words; nothing if they were not found."""
    if not found.place:
        return ""
    file = found.place.file
    trees = (page.corpus.tree for page in pages if page.corpus.tree.release == found.release)
    text = next(text for tree in trees if file in tree.paths for _, text in tree.texts([file]))
    first = max(found.place.line - 1 - BEFORE, 0)
    lines = [line[:WIDEST] for line in text.splitlines()[first : found.place.line - 1 + AFTER]]
    return "\n".join([f"{found.release}, {file}, from line {first + 1}:", "", *(f"    {line}" for line in lines)])
