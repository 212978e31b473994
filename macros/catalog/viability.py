"""What speaks against building on an entry for years, by measured figures: use, ownership, releases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from macros.catalog.constants import HARDLY_USED_DOWNLOADS, WIDELY_USED_DOWNLOADS, WIDELY_USED_STARS
from macros.catalog.model import Catalog, Entry

DOWNLOADS = "downloads-per-month"
STARS = "stars"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why nobody should build on an entry for years: the rule that it meets, and the figure in words."""

    rule: Literal["use", "owner", "releases"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How much an entry is used: downloads a month or stars; None where neither is known."""

    downloads: float | None = None
    at_most: bool = False
    """Whether the registry's list only says that there are no more downloads."""
    stars: float | None = None

    @property
    def hardly(self) -> bool:
        """Return whether hardly anybody uses it."""
        return self.downloads is not None and self.downloads < HARDLY_USED_DOWNLOADS and not self.stars

    @property
    def widely(self) -> bool:
        """Return whether so many use it that others would carry on."""
        return (self.downloads or 0) >= WIDELY_USED_DOWNLOADS or (self.stars or 0) >= WIDELY_USED_STARS

    @property
    def text(self) -> str:
        """Return the figure in words."""
        if self.downloads is not None:
            return f"{'at most ' if self.at_most else ''}{self.downloads:,.0f} downloads a month"
        return f"{self.stars:,.0f} stars on GitHub" if self.stars else "no figure for its use"


def use_of(catalog: Catalog, entry: Entry) -> Use:
    """Return how much an entry is used: the measure of its kind, or else what was counted of its package."""
    counted, own = catalog.measured.get(DOWNLOADS), entry.popularity
    measured = counted.values.get(entry.id) if counted else None
    starred = catalog.measured.get(STARS)
    stars = starred.values.get(entry.id) if starred else None
    if measured is None and own and own.downloads:
        return Use(downloads=own.downloads.value, stars=own.stars.value if own.stars else None)
    return Use(
        downloads=measured.value if measured else None,
        at_most=bool(measured and measured.bound),
        stars=stars.value if stars else own.stars.value if own and own.stars else None,
    )


def doubts(catalog: Catalog, entry: Entry) -> tuple[Doubt, ...]:
    """Return what speaks against building on an entry for years; nothing is held against what is not measured."""
    return tuple(_doubts(entry, use_of(catalog, entry)))


def _doubts(entry: Entry, use: Use) -> Iterator[Doubt]:
    if use.hardly:
        yield Doubt(rule="use", text=f"hardly anybody uses it ({use.text})")
    owner = entry.facts.get("governance")
    known = use.downloads is not None or use.stars is not None
    if owner and owner.value == "individual" and known and not use.widely:
        figure = "" if use.hardly else f", and it is not widely used ({use.text})"
        yield Doubt(rule="owner", text=f"one person makes its decisions{figure}")
    if entry.status.word in ("quiet", "dormant"):
        reason = entry.status.reason.rstrip(".")
        yield Doubt(rule="releases", text=f"it is {entry.status.word}: {reason[:1].lower()}{reason[1:]}")
