"""The folded files of a tree: where a passage stands, and how often a word occurs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lab.citations.markup import readings
from lab.citations.trees import Tree
from lab.citations.words import Folded, compact
from macros.schema.fields import ELLIPSIS


class Place(NamedTuple):
    """Where a passage stands: the file, its line, and the digest of the passage."""

    file: str
    line: int
    digest: str


class Hit(NamedTuple):
    """Where a word stands."""

    word: str
    file: str
    line: int


class Corpus:
    """A tree whose files are read and folded when they are asked for, once."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._folded: dict[str, tuple[Folded, ...]] = {}

    def _all(self, paths: Iterable[str]) -> Iterator[tuple[str, tuple[Folded, ...]]]:
        asked = list(paths)
        missing = [path for path in asked if path not in self._folded]
        for path, text in self.tree.texts(missing):
            self._folded[path] = tuple(Folded(one) for one in dict.fromkeys(readings(path, text)))
        for path in asked:
            yield path, self._folded.setdefault(path, ())

    def places(self, pointer: str, paths: Sequence[str]) -> Iterator[Place]:
        """Yield the first place of a passage in each file that has it, in the order of the files."""
        first = compact(pointer.partition(ELLIPSIS)[0])
        for path, ways in self._all(paths):
            for folded in ways:
                span = next(folded.passages(pointer), None) if first in folded.letters else None
                if span:
                    yield Place(path, span.line, folded.digest(span))
                    break

    def near_miss(self, pointer: str, paths: Sequence[str]) -> str:
        """Return what a contributor needs to know where a passage is not found: which side of it is there."""
        first, _, last = pointer.partition(ELLIPSIS)
        for path, ways in self._all(paths):
            for side, which in ((first, "first"), (last, "last")):
                for folded in ways:
                    if side and (span := next(folded.occurrences(side), None)):
                        other = "last words do not follow" if which == "first" else "first words do not precede them"
                        return f"the {which} words are in {path}, line {span.line}, but the {other} within 200 words"
        return ""

    def hits(self, words: Sequence[str], paths: Sequence[str], apart: Sequence[str]) -> tuple[list[Hit], list[Hit]]:
        """Return where the words stand, and where they stand in a passage of `apart`, which means something else."""
        counted, other = list[Hit](), list[Hit]()
        for path, ways in self._all(paths):
            if not ways:
                continue
            folded = ways[0]
            aside = [span for pointer in apart for span in folded.passages(pointer)]
            for word in words:
                for span in folded.occurrences(word):
                    inside = any(one.start <= span.start and span.end <= one.end for one in aside)
                    (other if inside else counted).append(Hit(word, path, span.line))
        return counted, other
