"""Where the words of facts were read again, and how often the words of absences occur: data/measured/citations/."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from macros.schema.fields import Link, Passage, Plain
from macros.schema.measured.base import Count, Digest, EntryResult, MeasuredRecord, Moment

CitationStatus = Literal["found", "not found", "page gone", "not reachable"]
Way = Literal["live", "repository at a tag", "repository at another commit", "source distribution", "folder"]
"""How a page was read. `folder` is one that somebody unpacked, so that its release is what they say it is."""
AT_RELEASE: tuple[Way, ...] = ("repository at a tag", "source distribution")
"""Ways that read the release which the record names, and no other."""
Line = Annotated[int, Field(ge=1)]


class ReadFrom(MeasuredRecord):
    """What was read: when, how, and of which release."""

    moment: Moment = Field(description="When it was read, in UTC.")
    how: Way | None = Field(None, description="How it was read; nothing if it could not be reached.")
    release: Plain | None = Field(None, description="The tag, the version or the commit that was read.")
    why: Plain | None = Field(None, description="Why it could not be reached, or what is missing.")


class CitedPassage(ReadFrom):
    """A passage that facts of the entry point at, and what became of it."""

    source: Link
    at: Passage
    version: Plain | None = Field(None, description="The release that the record names.")
    checked: date = Field(description="The day on which a reader read it, as the record says.")
    status: CitationStatus
    file: Plain | None = Field(None, description="The file that the page is made from.")
    line: Line | None = Field(None, description="The line of its first words.")
    digest: Digest | None = Field(None, description="The SHA-256 of the words from the first to the last one, folded.")
    first_digest: Digest | None = Field(None, description="The digest of the first reading, if this one has another.")

    @property
    def key(self) -> tuple[object, ...]:
        """Return what was asked: two readings with the same key can be compared."""
        return self.source, self.at, self.version, self.checked

    @property
    def changed(self) -> bool:
        """Return whether the words between its ends are others than at the first reading."""
        return self.digest is not None and self.first_digest is not None

    @property
    def refuted(self) -> bool:
        """Return whether the passage is not there in the very release that the record names."""
        return self.status in ("not found", "page gone") and self.how in AT_RELEASE


class WordHit(MeasuredRecord):
    """A place where a word of an absence occurs."""

    word: Plain
    file: Plain
    line: Line


class CountedAbsence(ReadFrom):
    """How often the words of an absence occur in the whole documentation of a release."""

    criterion: Plain
    version: Plain | None = Field(None, description="The release that the record names.")
    pages: Count = Field(description="Files of the documentation.")
    words: dict[str, Count] = Field(description="How often each word occurs, other meanings left out.")
    apart: Count = Field(0, description="Hits in passages that the record lists as other meanings.")
    passages_apart: tuple[Passage, ...] = Field((), description="Those passages.")
    hits: tuple[WordHit, ...] = Field((), description="Where the words occur, the first of them.")

    @property
    def key(self) -> tuple[object, ...]:
        """Return what was asked: two counts with the same key can be compared."""
        return self.criterion, self.version, frozenset(self.words), frozenset(self.passages_apart)

    @property
    def refuted(self) -> bool:
        """Return whether the very release that the record names has words that the record says are not there."""
        return any(self.words.values()) and self.how in AT_RELEASE

    @property
    def hits_in_words(self) -> str:
        """Return the words that occur with how often, such as `openapi 3, swagger 1`."""
        return ", ".join(f"{word} {count:,}" for word, count in self.words.items() if count)

    @property
    def none(self) -> bool:
        """Return whether pages were read and no word occurs in them."""
        return self.pages > 0 and not any(self.words.values())


class Citations(EntryResult):
    """What became of the words of an entry's facts."""

    passages: tuple[CitedPassage, ...] = ()
    absences: tuple[CountedAbsence, ...] = ()
