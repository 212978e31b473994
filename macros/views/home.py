"""What the first page asks its reader, and what it shows of all entries."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from macros.catalog.model import Entry, pair_url
from macros.views.guide import GROUPS
from macros.views.lists import FRAMEWORKS, KindView, kind_views
from macros.views.measure_specs import MEASURES
from macros.views.measures import MeasureView, measure_view
from macros.views.site import Site

COMPARED = 3
"""The frameworks that articles recommend most: of these every two have a link."""
GONE = 4
"""How many of the entries that nobody should choose any more have a link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartView:
    """Three questions with their choices, and the commonest answers as links."""

    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """The use cases by heading: their ids and names."""
    kinds: tuple[KindView, ...]
    pairs: tuple[tuple[Entry, Entry, str], ...]
    """Pairs that many ask for, with the addresses of their pages."""
    gone: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlanceView:
    """How much memory the frameworks take, and how many entries have which status."""

    memory: MeasureView | None
    measures: tuple[tuple[str, str], ...]
    """Further measures of frameworks: their names and addresses."""
    statuses: tuple[tuple[str, int], ...]
    gone: tuple[Entry, ...]


def start_view(site: Site) -> StartView:
    """Return what the first page asks."""
    cases = site.catalog.use_cases.items()
    most = sorted(site.catalog.of_kind(FRAMEWORKS), key=lambda entry: -site.mentions.get(entry.id, 0))[:COMPARED]
    return StartView(
        groups=tuple(
            (heading, tuple((name, case.name) for name, case in cases if case.group == group))
            for group, heading in GROUPS
        ),
        kinds=kind_views(site.catalog),
        pairs=tuple((one, other, pair_url(one, other)) for one, other in combinations(most, 2)),
        gone=gone(site)[:GONE],
    )


def gone(site: Site) -> tuple[Entry, ...]:
    """Return the entries that nobody should choose any more, those first that the articles recommend most."""
    found = [entry for entry in site.catalog.entries.values() if entry.told]
    return tuple(sorted(found, key=lambda entry: (-site.mentions.get(entry.id, 0), entry.name.lower())))


def glance_view(site: Site) -> GlanceView:
    """Return what the first page shows of all entries."""
    catalog = site.catalog
    memory = measure_view(catalog, catalog.kinds[FRAMEWORKS], MEASURES["memory"])
    words = [entry.status.word for entry in catalog.entries.values()]
    return GlanceView(
        memory=memory,
        measures=memory.others if memory else (),
        statuses=tuple(
            (word, words.count(word)) for word in sorted(set(words), key=lambda word: (-words.count(word), word))
        ),
        gone=gone(site),
    )
