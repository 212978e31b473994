"""Text without its markup, and the folding under which reStructuredText, Markdown and HTML give the same words.

Folding keeps letters and digits alone, in their compatibility form (NFKC) and without case. A pointer may begin and end
only where a word does, so `is` is not found in `this`, but `add_url_rule` is found as `add url rule`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from macros.schema.fields import ELLIPSIS

WORD = re.compile(r"[^\W_]+")
NO_WORD = re.compile(r"[\W_]+")
FARTHEST = 200
"""Words between the first and the last words of a passage, at most."""


class Span(NamedTuple):
    """A passage in a folded text: from its first character to after its last one, and the line it begins on."""

    start: int
    end: int
    line: int


def compact(text: str) -> str:
    """Return the letters and digits of a text, folded."""
    return NO_WORD.sub("", unicodedata.normalize("NFKC", text)).casefold()


class Folded:
    """A folded text: its letters and digits, where its words begin and end, and their lines."""

    def __init__(self, text: str) -> None:
        self._text = unicodedata.normalize("NFKC", text)
        self.letters = NO_WORD.sub("", self._text).casefold()

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int], list[int]]:
        """Return the beginnings and the ends of the words in the letters, and their offsets in the text."""
        starts, ends, offsets, at = list[int](), list[int](), list[int](), 0
        for word in WORD.finditer(self._text):
            starts.append(at)
            offsets.append(word.start())
            at += len(word[0].casefold())
            ends.append(at)
        return starts, ends, offsets

    def _word(self, places: list[int], at: int) -> int | None:
        found = bisect_left(places, at)
        return found if found < len(places) and places[found] == at else None

    def occurrences(self, words: str, begin: int = 0) -> Iterator[Span]:
        """Yield where the words stand as whole words, from `begin` on."""
        wanted = compact(words)
        at = self.letters.find(wanted, begin) if wanted else -1
        while at >= 0:
            starts, ends, _ = self._bounds
            first, end = self._word(starts, at), at + len(wanted)
            if first is not None and self._word(ends, end) is not None:
                yield Span(at, end, self._line(first))
            at = self.letters.find(wanted, at + 1)

    def _line(self, word: int) -> int:
        return self._text.count("\n", 0, self._bounds[2][word]) + 1

    def passages(self, pointer: str) -> Iterator[Span]:
        """Yield the passages that a pointer means: `first words … last words`, or the words alone."""
        first, _, last = pointer.partition(ELLIPSIS)
        if compact(last) and compact(last) not in self.letters:
            return
        for opening in self.occurrences(first):
            if not last:
                yield opening
                continue
            closing = next(self.occurrences(last, opening.end), None)
            if closing and self._words_between(opening.end, closing.start) <= FARTHEST:
                yield Span(opening.start, closing.end, opening.line)

    def _words_between(self, start: int, end: int) -> int:
        starts = self._bounds[0]
        return bisect_left(starts, end) - bisect_left(starts, start)

    def digest(self, span: Span) -> str:
        """Return the SHA-256 of the letters and digits of a passage."""
        return sha256(self.letters[span.start : span.end].encode()).hexdigest()
