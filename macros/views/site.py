"""The catalog with what is derived from it, each computed once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from macros import schema
from macros.cache.store import NOTHING, Store
from macros.catalog.model import Catalog
from macros.catalog.rankings import Ranking, rank
from macros.catalog.ratings import Score, scores
from macros.catalog.scoring import RankedEntry
from macros.reading.documents import suggestion
from macros.schema import routes
from macros.views.benchmarks import BenchmarksView, benchmarks_view
from macros.views.changes import DayView, change_days
from macros.views.code import ApplicationRun, sides
from macros.views.migrations import Migration, migration


class UnknownNameError(Exception):
    """A page asks for something that the catalog does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """What any page may say of an entry: name, two letters, address, record, and the status told with the name."""

    name: str
    tile: str
    url: str
    path: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Names and scales that any page may print beside its own view. They do not change when a fact does."""

    entries: Mapping[str, Name]
    criteria: Mapping[tuple[str, str], str]
    """The names of the criteria, by kind and id."""
    kinds: Mapping[str, str]
    """The names of the kinds."""
    scales: Mapping[str, schema.Scale]


class Site:
    """The catalog with what is derived from it, each computed once."""

    def __init__(self, catalog: Catalog, store: Store = NOTHING, address: str = "") -> None:
        self.catalog, self.store = catalog, store
        self.address = f"{address.rstrip('/')}/" if address else ""
        """Where the site is published, with a slash at its end; empty where that is not known."""

    @cached_property
    def benchmarks(self) -> BenchmarksView | None:
        """Return the benchmarks, or None if there is no valid run."""
        return benchmarks_view(self.catalog)

    @cached_property
    def changes(self) -> tuple[DayView, ...]:
        """Return what changed in what the records say, the newest day first."""
        return change_days(self.catalog)

    @cached_property
    def _changed(self) -> frozenset[str]:
        """The entries and the kinds of which anything changed."""
        entries = [entry for day in self.changes for entry in day.entries]
        return frozenset({entry.id for entry in entries} | {f"{entry.kind}/" for entry in entries})

    def feed_of(self, kind: str, entry: str = "") -> str | None:
        """Return the path of the feed of a kind or an entry; None where there is none."""
        return routes.feed_of(kind, entry) if (entry or f"{kind}/") in self._changed else None

    @cached_property
    def index(self) -> Index:
        """Return the names, questions and scales that any page may print."""
        catalog = self.catalog
        return Index(
            entries={
                entry.id: Name(name=entry.name, tile=entry.tile, url=entry.url, path=entry.path, told=entry.told)
                for entry in catalog.entries.values()
            },
            criteria={(kind.id, c.id): c.name for kind in catalog.kinds.values() for c in kind.criteria.values()},
            kinds={kind.id: kind.name for kind in catalog.kinds.values()},
            scales=catalog.scales,
        )

    @cached_property
    def rankings(self) -> dict[str, Ranking]:
        """Return the ranking of every use case."""
        return {name: rank(self.catalog, name, self.store) for name in self.catalog.use_cases}

    @cached_property
    def places(self) -> dict[str, dict[str, RankedEntry]]:
        """Return where each entry stands in each use case."""
        return {
            name: {p.entry.id: p for home in ranking.placed for p in (home, *home.grouped)}
            for name, ranking in self.rankings.items()
        }

    @cached_property
    def scores(self) -> dict[str, tuple[Score, ...]]:
        """Return the ratings of every entry."""
        return {name: scores(self.catalog, entry) for name, entry in self.catalog.entries.items()}

    @cached_property
    def mentions(self) -> dict[str, int]:
        """Return how often the articles recommend each entry."""
        total: dict[str, int] = {}
        for case in self.catalog.use_cases.values():
            for name in (name for said in case.said for name in said.recommends):
                total[name] = total.get(name, 0) + 1
        return total

    def most_mentioned(self, entries: Iterable[str]) -> tuple[str, ...]:
        """Return the two of these entries that the articles recommend most: a phone shows them first."""
        return tuple(sorted(dict.fromkeys(entries), key=lambda name: -self.mentions.get(name, 0))[:2])

    @cached_property
    def weights(self) -> dict[tuple[str, str], float]:
        """Return how much each criterion counts over all use cases of its kind."""
        total: dict[tuple[str, str], float] = {}
        for case in self.catalog.use_cases.values():
            for name, weight in case.weights.items():
                total[case.kind, name] = total.get((case.kind, name), 0.0) + weight.weight
        return total

    @cached_property
    def sides(self) -> dict[str, ApplicationRun]:
        """Return every application with its run, by the id of its entry."""
        return sides(self.catalog)

    @cached_property
    def migrations(self) -> tuple[tuple[str, str], ...]:
        """Return the ids of every two entries that have an application, in their order."""
        return tuple(combinations(sorted(self.sides), 2))

    def migration(self, one: str, other: str) -> Migration | None:
        """Return what it takes to move from one application to the other; None where one has none. It is not kept."""
        if one not in self.sides or other not in self.sides:
            return None
        return migration(self.sides[one], self.sides[other], self.store)

    def get(self, what: str, collection: Mapping[str, object], name: str) -> object:
        """Return the named thing, or raise UnknownNameError with a suggestion."""
        if name not in collection:
            raise UnknownNameError(
                f'there is no {what} "{name}".{suggestion(name, collection)} There are {", ".join(collection)}.'
            )
        return collection[name]
