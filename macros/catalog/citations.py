"""What the readings by machine say of a fact: its words are still there, or its absence was counted."""

from __future__ import annotations

from typing import Literal, TypedDict

from macros.schema.entries import Evidence, Fact, OtherMeaning
from macros.schema.idioms import Idiom
from macros.schema.measured.citations import Citations, CitedPassage, CountedAbsence


class Readings:
    """The passages and absences of an entry as they were read last, for the facts as its record states them now."""

    def __init__(self, found: Citations | None) -> None:
        passages, absences = (found.passages, found.absences) if found else ((), ())
        self._passages = {one.key: one for one in passages}
        self._absences = {one.key: one for one in absences}

    def passage(self, page: Evidence | Idiom, at: str | None) -> CitedPassage | None:
        """Return what became of words of a page, or None if they were not looked for since the record changed."""
        return self._passages.get((page.source, at, page.version, page.checked)) if at else None

    def absence(self, criterion: str, page: Evidence, fact: Fact) -> CountedAbsence | None:
        """Return how often the words of an absence occur, or None if they were not counted for this release."""
        apart = frozenset(meaning.at for meaning in fact.other_meanings)
        found = self._absences.get((criterion, page.version, frozenset(fact.searched), apart))
        return found if found and found.pages else None


Proof = Literal["words", "demonstration", "probe", "absence", "reader"]
"""What confirms a fact beside its reader: words found on the page, a run, counted words; or the reader alone."""


class ReadAgain(TypedDict):
    """What a fact of the catalog knows of its words."""

    at: str | None
    passage: CitedPassage | None
    absence: CountedAbsence | None
    other_meanings: tuple[OtherMeaning, ...]


def read_again(found: Readings, criterion: str, page: Evidence) -> ReadAgain:
    """Return what a fact of the catalog knows of its words: as its record states them, and as they were read last."""
    fact = page.facts[criterion]
    return ReadAgain(
        at=fact.at or page.at,
        passage=found.passage(page, fact.at or page.at),
        absence=found.absence(criterion, page, fact),
        other_meanings=fact.other_meanings,
    )


def doubt(passage: CitedPassage | None, absence: CountedAbsence | None) -> str | None:
    """Return in a sentence why a fact must be read again, or None: its page, its words or the counts have changed."""
    if passage and passage.status == "page gone":
        return "Its page is gone."
    if passage and passage.status == "not found":
        return "Its words are not on the page."
    if passage and passage.changed:
        return "The words between its first and its last words have changed."
    if absence and not absence.none:
        return f"The documentation has words that the record says are not there: {absence.hits_in_words}."
    return None
