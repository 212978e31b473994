"""What the lists of use cases and the page of stacks need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from macros.catalog.model import Catalog, Entry, Kind
from macros.catalog.rankings import Ranking
from macros.catalog.scoring import RankedEntry
from macros.catalog.verdicts import VERDICTS

GROUPS = (
    ("build", "What you build"),
    ("run", "How it runs"),
    ("team", "Who builds it"),
    ("part", "Choosing a part"),
)
"""The groups of use cases, with their headings."""
SHOWN_IN_LISTS = 3
SHOWN_COMMON = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Statements of witnesses that name an entry of the kind in question, and those that agree with the first band."""

    agree: int
    told: int

    @property
    def share(self) -> float:
        """Return the share that agrees, from 0 to 1; 0 if there are none."""
        return self.agree / self.told if self.told else 0.0

    @property
    def words(self) -> str:
        """Return how many agree in words; nothing if there are none."""
        return f"{self.agree} of {self.told}" if self.told else ""


def heard(rankings: Iterable[Ranking]) -> Heard:
    """Return how many statements of witnesses agree with the first band, over these use cases."""
    found = [one.agrees for ranking in rankings for one in ranking.witnesses if one.agrees is not None]
    return Heard(agree=sum(found), told=len(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A use case in a list of them, with its first entries and how often we agree with the articles."""

    ranking: Ranking
    leading: tuple[RankedEntry, ...]
    verdicts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """Where an entry stands in a use case: its points, or why it has none."""

    entry: Entry
    points: float | None
    first: bool = False
    text: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """Use cases against the entries of a kind: groups of rows, each a line with a cell for every entry."""

    kind: Kind
    entries: tuple[Entry, ...]
    groups: tuple[tuple[str, str, tuple[tuple[CaseLine, tuple[HeatCell, ...]], ...]], ...]


def heat_map(catalog: Catalog, rankings: Iterable[Ranking], kind: str) -> HeatMap:
    """Return where every entry of a kind stands in every use case of it; entries that are often first come first."""
    found = [one for one in rankings if one.case.kind == kind]
    points = {entry.id: 0.0 for entry in catalog.of_kind(kind)}
    for ranking in found:
        for item in (item for home in ranking.placed for item in (home, *home.grouped)):
            points[item.entry.id] += item.low
    entries = tuple(sorted(catalog.of_kind(kind), key=lambda entry: (-points[entry.id], entry.id)))
    groups = (
        (group, heading, tuple(_heat_row(one, entries) for one in found if one.case.group == group))
        for group, heading in GROUPS
    )
    return HeatMap(kind=catalog.kinds[kind], entries=entries, groups=tuple(item for item in groups if item[2]))


def _heat_row(ranking: Ranking, entries: tuple[Entry, ...]) -> tuple[CaseLine, tuple[HeatCell, ...]]:
    placed = {item.entry.id: item for home in ranking.placed for item in (home, *home.grouped)}
    doubtful = {item.entry.id: item for item in ranking.doubtful}
    cells = []
    for entry in entries:
        if item := placed.get(entry.id):
            title = f"{entry.name}: rank {item.place}, {item.points} points"
            cells.append(HeatCell(entry=entry, points=item.low, first=item.place == 1, text=item.points, title=title))
        elif doubt := doubtful.get(entry.id):
            title = f"{entry.name} fits, but {'; '.join(one.text for one in doubt.doubts)}"
            cells.append(HeatCell(entry=entry, points=None, text="but", title=title))
        else:
            title = f"{entry.name}: {'excluded' if ranking.placed else 'not ranked yet'}"
            cells.append(HeatCell(entry=entry, points=None, text="–", title=title))
    return case_line(ranking, len(ranking.band)), tuple(cells)


def case_groups(rankings: Iterable[Ranking]) -> tuple[tuple[str, str, tuple[CaseLine, ...]], ...]:
    """Return the use cases by group: its id, its heading and its lines."""
    found = tuple(rankings)
    grouped = (
        (group, heading, tuple(case_line(one, SHOWN_IN_LISTS) for one in found if one.case.group == group))
        for group, heading in GROUPS
    )
    return tuple((group, heading, lines) for group, heading, lines in grouped if lines)


def common_cases(rankings: Iterable[Ranking]) -> tuple[CaseLine, ...]:
    """Return the common use cases, in their order."""
    common = sorted((one for one in rankings if one.case.common), key=lambda one: one.case.common or 0)
    return tuple(case_line(one, SHOWN_COMMON) for one in common)


def case_line(ranking: Ranking, shown: int) -> CaseLine:
    """Return a use case with its first entries."""
    words = Counter(verdict.word for verdict in ranking.verdicts)
    return CaseLine(
        ranking=ranking,
        leading=ranking.placed[:shown],
        verdicts=tuple((word, words[word]) for word in VERDICTS if words[word]),
    )
