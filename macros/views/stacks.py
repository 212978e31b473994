"""What the page about stacks needs: what an article recommends beside what we would combine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros import schema
from macros.catalog.model import Catalog

STACK_VERDICTS: Mapping[str, tuple[str, str]] = {
    "agree": ("agree", "agree"),
    "with-changes": ("agree-in-part", "agree with changes"),
    "disagree": ("disagree", "disagree"),
}
"""The class and the words of our verdict on a stack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StackRow:
    """A part of a stack: ours, and the id of the article's; None where one of the two has none."""

    role: str
    ours: schema.StackPart | None
    theirs: str | None

    @property
    def is_same(self) -> bool:
        """Return whether both have the same."""
        return self.ours is not None and self.theirs is not None and self.ours.entry == self.theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class StackView:
    """A recommended stack with the article that it is compared with."""

    id: str
    stack: schema.Stack
    article: schema.Article
    rows: tuple[StackRow, ...]

    @property
    def tone(self) -> str:
        """Return the class of our verdict."""
        return STACK_VERDICTS[self.stack.verdict][0]

    @property
    def verdict(self) -> str:
        """Return our verdict in words."""
        return STACK_VERDICTS[self.stack.verdict][1]


def stack_views(catalog: Catalog) -> tuple[StackView, ...]:
    """Return every stack."""
    return tuple(
        StackView(
            id=name,
            stack=stack,
            article=catalog.articles[stack.said.article],
            rows=tuple(_rows(catalog, stack)),
        )
        for name, stack in catalog.stacks.items()
    )


def _rows(catalog: Catalog, stack: schema.Stack) -> Iterator[StackRow]:
    """Yield our parts, each with what the article has for it: the same entry, else one of the same kind; the rest."""
    left = list(stack.said.recommends)
    for part in stack.parts:
        kind = catalog.entries[part.entry].kind if part.entry else ""
        like = [name for name in left if catalog.entries[name].kind == kind]
        theirs = part.entry if part.entry in left else next(iter(like), None)
        if theirs:
            left.remove(theirs)
        yield StackRow(role=part.role, ours=part, theirs=theirs)
    for name in left:
        yield StackRow(role=catalog.kinds[catalog.entries[name].kind].singular.capitalize(), ours=None, theirs=name)
