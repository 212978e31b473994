"""What the readings by machine say of a fact: its words are still there, or its absence was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from macros.schema.entries import Evidence, Fact, OtherMeaning
from macros.schema.measured.base import day_of
from macros.schema.measured.citations import Citations, CitedPassage, CountedAbsence


class Readings:
    """The passages and absences of an entry as they were read last, for the facts as its record states them now."""

    def __init__(self, found: Citations | None) -> None:
        passages, absences = (found.passages, found.absences) if found else ((), ())
        self._passages = {one.key: one for one in passages}
        self._absences = {one.key: one for one in absences}

    def passage(self, source: str, at: str | None, version: str | None, checked: date) -> CitedPassage | None:
        """Return what became of words of a page, or None if they were not looked for since the record changed."""
        return self._passages.get((source, at, version, checked))

    def absence(self, criterion: str, page: Evidence, fact: Fact) -> CountedAbsence | None:
        """Return how often the words of an absence occur, or None if they were not counted for this release."""
        apart = frozenset(meaning.at for meaning in fact.other_meanings)
        found = self._absences.get((criterion, page.version, frozenset(fact.searched), apart))
        return found if found and found.pages else None


Proof = Literal["words", "demonstration", "probe", "absence", "reader"]
"""What confirms a fact beside its reader: words found on the page, a run, counted words; or the reader alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a fact knows of its words: as its record states them, and as programs read them last."""

    at: str | None = None
    """Where its page says it: first and last words."""
    passage: CitedPassage | None = None
    """What became of these words when a program read the page again."""
    absence: CountedAbsence | None = None
    """How often the words of an absence occur in the whole documentation."""
    other_meanings: tuple[OtherMeaning, ...] = ()

    @property
    def line(self) -> int | None:
        """Return the line of the words in the file of the page, or None."""
        return self.passage.line if self.passage else None

    @property
    def still_there(self) -> date | None:
        """Return the day on which a program found the same words again, or None."""
        found = self.passage
        return day_of(found.moment) if found and found.status == "found" and not found.changed else None

    @property
    def absent(self) -> bool:
        """Return whether words were counted over the whole documentation, and none was there."""
        return self.absence is not None and self.absence.none

    @property
    def doubt(self) -> str | None:
        """Return in a sentence why the fact must be read again, or None: page, words or counts have changed."""
        passage, absence = self.passage, self.absence
        if passage and passage.status == "page gone":
            return "Its page is gone."
        if passage and passage.status == "not found":
            return "Its words are not on the page."
        if passage and passage.changed:
            return "The words between its first and its last words have changed."
        if absence and not absence.none:
            return f"The documentation has words that the record says are not there: {absence.hits_in_words}."
        return None


NO_WORDS = Words()
"""Of a fact that points at none."""


def words_of(found: Readings, criterion: str, page: Evidence) -> Words:
    """Return the words of a fact: as its record states them, and as they were read last."""
    fact = page.facts[criterion]
    at = fact.at or page.at
    return Words(
        at=at,
        passage=found.passage(page.source, at, page.version, page.checked),
        absence=found.absence(criterion, page, fact),
        other_meanings=fact.other_meanings,
    )
