"""What the records ask for, looked for and counted, as the records of data/measured/citations/.

Outcomes are kept by what they depend on: the files that are looked into, the passage, and the code that looks. So a
second run, or one after an interruption, does not look again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from lab.citations.corpus import Hit, Place
from lab.citations.live import Web
from lab.citations.look import Outcome, Tally, passage, tally
from lab.citations.markup import readings
from lab.citations.sources import Library
from lab.citations.words import Folded
from lab.core.errors import NoAnswerError
from lab.core.output import moment, write_text
from macros.schema.entries import Entry, Evidence, Fact
from macros.schema.measured.citations import CitedPassage, CountedAbsence, WordHit

SHOWN_HITS = 20
"""Hits of an absence that are kept with their places."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A passage that a record points at, with the page, the release, whose it is, and the day that go with it."""

    source: str
    at: str
    version: str | None
    checked: Any
    of: str | None = None


def facts_of(record: Entry) -> Iterator[tuple[Evidence, str, Fact]]:
    """Yield every fact with its page and its criterion."""
    for evidence in record.evidence:
        for criterion, fact in evidence.facts.items():
            yield evidence, criterion, fact


def pointers(record: Entry) -> list[Pointer]:
    """Return the passages that an entry's facts, idioms and series point at, each once."""
    found = [
        Pointer(evidence.source, at, evidence.version, evidence.checked, evidence.of)
        for evidence, _, fact in facts_of(record)
        if (at := fact.at or evidence.at)
    ]
    found += [Pointer(idiom.source, idiom.at, idiom.version, idiom.checked) for idiom in record.idioms if idiom.at]
    found += [Pointer(series.source, series.at, None, series.checked) for series in record.series if series.at]
    return list(dict.fromkeys(found))


@cache
def code_digest() -> str:
    """Return the digest of the code that looks: what it found before a change is looked for again."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


class Kept:
    """Outcomes of an entry that were found before, by the digest of what they depend on: one whole file."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self._known: dict[str, Any] = json.loads(file.read_text("utf-8")) if file and file.is_file() else {}
        self._used: dict[str, Any] = {}

    @staticmethod
    def key(*parts: object) -> str:
        """Return the key of an outcome."""
        return sha256("\0".join([code_digest(), *map(repr, parts)]).encode()).hexdigest()

    def get(self, key: str) -> Any:
        """Return what is known under a key, or None."""
        found = self._known.get(key)
        if found is not None:
            self._used[key] = found
        return found

    def put(self, key: str, outcome: Any) -> None:
        """Keep an outcome."""
        self._used[key] = outcome

    def save(self) -> None:
        """Write what was asked for in this run, and nothing else."""
        if self.file and self._used != self._known:
            write_text(self.file, json.dumps(self._used))


class Collector:
    """Looks for the passages of entries and counts their absences.

    `kept` is the folder of earlier outcomes; `web` reads pages that are not among the documents, unless it is None.
    """

    def __init__(self, library: Library, kept: Path | None, web: Web | None = None) -> None:
        self.library, self.folder, self.web = library, kept, web
        self._documents = Lock()
        """Documents are read by one thread at a time; the others wait for the network."""

    def entry(self, entry: str) -> tuple[list[CitedPassage], list[CountedAbsence]]:
        """Return what became of every passage and every absence of an entry."""
        record = self.library.records[entry]
        kept = Kept(self.folder / f"{entry}.json" if self.folder else None)
        with self._documents:
            passages = [self._passage(entry, one, kept) for one in pointers(record)]
            absences = [self._absence(entry, *stated, kept) for stated in facts_of(record) if stated[2].searched]
            self.library.free()
        passages = [self._live(one) if one.status == "not reachable" else one for one in passages]
        kept.save()
        return passages, absences

    def _passage(self, entry: str, pointer: Pointer, kept: Kept) -> CitedPassage:
        if not self.library.has_documents:
            return _cited(pointer, Outcome("not reachable"))
        pages = self.library.pages(entry, pointer.source, pointer.version, pointer.of)
        if isinstance(pages, str):
            return _cited(pointer, Outcome("not reachable", pages))
        key = kept.key(pointer.at, [(page.corpus.tree.identity, page.folder, page.path, page.exact) for page in pages])
        if known := kept.get(key):
            place = Place(*known["place"]) if known["place"] else None
            return _cited(pointer, Outcome(**known | {"place": place}))
        found = passage(self.library, pages, pointer.at)
        kept.put(key, asdict(found) | {"place": found.place})
        return _cited(pointer, found)

    def _live(self, cited: CitedPassage) -> CitedPassage:
        """Return the passage as its site has it now, where the documents do not have it."""
        if self.web is None:
            return cited
        try:
            page = self.web.page(cited.source)
        except NoAnswerError as error:
            return cited.model_copy(update={"why": f"{cited.why}; {error}" if cited.why else str(error)})
        about = {"how": "live", "moment": page.moment, "why": None}
        if page.gone:
            return cited.model_copy(update=about | {"status": "page gone"})
        for text in readings(page.name, page.text):
            folded = Folded(text)
            if span := next(folded.passages(cited.at), None):
                return cited.model_copy(update=about | {"status": "found", "digest": folded.digest(span)})
        return cited.model_copy(update=about | {"status": "not found"})

    def _absence(self, entry: str, evidence: Evidence, criterion: str, fact: Fact, kept: Kept) -> CountedAbsence:
        apart = [meaning.at for meaning in fact.other_meanings]
        documentation = self.library.documentation(entry, evidence.version)
        if isinstance(documentation, str):
            return _counted(criterion, evidence, fact, Tally(documentation))
        key = kept.key(fact.searched, apart, [(corpus.tree.identity, folder) for corpus, folder in documentation])
        if known := kept.get(key):
            return CountedAbsence.model_validate(known | {"moment": moment(), "version": evidence.version})
        counts = tally(self.library, entry, evidence.version, fact.searched, apart)
        found = _counted(criterion, evidence, fact, counts)
        kept.put(key, found.model_dump(mode="json"))
        return found


def _cited(pointer: Pointer, found: Outcome) -> CitedPassage:
    place = found.place
    return CitedPassage(
        source=pointer.source,
        at=pointer.at,
        version=pointer.version,
        checked=pointer.checked,
        status=found.status,
        moment=moment(),
        how=found.how,
        release=found.release or None,
        why=found.why or None,
        file=place.file if place else None,
        line=place.line if place else None,
        digest=place.digest if place else None,
        first_digest=None,
    )


def _counted(criterion: str, evidence: Evidence, fact: Fact, found: Tally) -> CountedAbsence:
    return CountedAbsence(
        criterion=criterion,
        version=evidence.version,
        pages=found.pages,
        words={word: found.words[word] for word in fact.searched},
        apart=len(found.other),
        passages_apart=tuple(meaning.at for meaning in fact.other_meanings),
        hits=tuple(_hit(hit) for hit in found.counted[:SHOWN_HITS]),
        moment=moment(),
        how=found.how,
        release=found.release or None,
        why=found.why or None,
    )


def _hit(hit: Hit) -> WordHit:
    return WordHit(word=hit.word, file=hit.file, line=hit.line)


def with_history(new: Sequence[CitedPassage], old: Sequence[CitedPassage]) -> tuple[CitedPassage, ...]:
    """Return the new readings with what the earlier ones know.

    A passage keeps the digest of its first reading as long as the record is read on the same day, the same way. What
    cannot be reached now keeps its earlier reading.
    """
    before = {one.key: one for one in old}
    return tuple(_after(one, before.get(one.key)) for one in new)


def _after(new: CitedPassage, old: CitedPassage | None) -> CitedPassage:
    if old is None:
        return new
    if new.status == "not reachable" and old.status != "not reachable":
        return old
    first = old.first_digest or old.digest
    comparable = new.digest is None or new.how == old.how
    return new.model_copy(update={"first_digest": first if comparable and first != new.digest else None})


def counted_before(new: Sequence[CountedAbsence], old: Sequence[CountedAbsence]) -> tuple[CountedAbsence, ...]:
    """Return the new counts; where the documentation cannot be reached now, the earlier one of the same words."""
    before = {one.key: one for one in old if one.pages}
    return tuple(one if one.pages else before.get(one.key, one) for one in new)
