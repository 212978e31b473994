"""What the page of an entry needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros import schema
from macros.catalog.model import Edge, Entry, Kind, pair_url
from macros.catalog.rankings import Ranking
from macros.catalog.ratings import Score
from macros.catalog.scoring import RankedEntry
from macros.schema.routes import API, of_entry
from macros.views.badges import badge_path, words_of
from macros.views.common import Section, questions
from macros.views.costs import EntryCosts, entry_costs
from macros.views.days import usual_days
from macros.views.demonstrations import DemonstrationsView, demonstrations_view
from macros.views.health import HealthView, health_view, runs_on
from macros.views.legend import Legend, legend_of
from macros.views.series import SeriesRow, series_rows
from macros.views.site import Site
from macros.views.stands import Stand, stands
from macros.views.text import long_date, plural, size


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of the strip at the top of an entry page."""

    label: str
    text: str
    small: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """The page of an entry."""

    entry: Entry
    kind: Kind
    strip: tuple[Figure, ...]
    sections: tuple[Section, ...]
    scores: tuple[Score, ...]
    edges: tuple[Edge, ...]
    used_with: tuple[Entry, ...]
    pairs: tuple[tuple[Entry, str], ...]
    leading: tuple[tuple[Ranking, RankedEntry], ...]
    stacks: tuple[tuple[str, schema.Stack], ...]
    stands: tuple[Stand, ...]
    legend: Legend
    health: HealthView | None
    has_code: bool
    series: tuple[SeriesRow, ...]
    demonstrations: DemonstrationsView | None
    costs: EntryCosts | None
    feed: str | None
    """The path of the feed of what changes about it."""
    badge: str
    """The address of its badge; empty where the site has none, since it is shown elsewhere."""

    @property
    def as_json(self) -> str:
        """Return the address of what programs read of it, from the root of the site."""
        return f"{API}{of_entry(self.entry.id)}"

    @property
    def days(self) -> str:
        """Return on which days its facts were read and confirmed."""
        return usual_days((self.entry,))

    @property
    def badge_code(self) -> str:
        """Return what shows the badge in a README, with a link to the page."""
        page = f"{self.badge.partition('badges/')[0]}{self.entry.url}"
        return f"[![Backend Field Guide: {self.badge_words}]({self.badge})]({page})"

    @property
    def badge_words(self) -> str:
        """Return what the badge says."""
        return words_of(self.entry)

    @property
    def traits(self) -> tuple[tuple[str, tuple[schema.Trait, ...]], ...]:
        """Return what the record says for and against the entry, by heading."""
        record = self.entry.record
        best_for = "Best for" if self.entry.is_advised else "It was made for"
        named = ((best_for, record.best_for), ("Strengths", record.strengths), ("Trade-offs", record.trade_offs))
        return tuple((heading, traits) for heading, traits in named if traits)

    @property
    def idioms(self) -> tuple[tuple[schema.Idiom, schema.Value], ...]:
        """Return the forms that have aged, each with what became of it: removed, then deprecated, then superseded."""
        aged = self.entry.record.idioms
        return tuple(
            (idiom, status) for name, status in schema.IDIOM_STATUS.items() for idiom in aged if idiom.status == name
        )

    @property
    def resources(self) -> tuple[tuple[str, tuple[schema.Resource, ...]], ...]:
        """Return the official pages by what they are, in words: tutorials first, the security policy last."""
        listed = self.entry.record.resources
        found = ((word, tuple(one for one in listed if one.type == type_)) for type_, word in schema.RESOURCES.items())
        return tuple((word, pages) for word, pages in found if pages)

    @property
    def confirmed(self) -> int:
        """Return how many facts a probe confirms."""
        return sum(1 for fact in self.entry.facts.values() if fact.confirmations)

    @property
    def demonstrated(self) -> int:
        """Return how many facts a demonstration shows."""
        return sum(1 for fact in self.entry.facts.values() if fact.is_demonstrated)


def entry_view(site: Site, entry: Entry) -> EntryView:
    """Return what the page of the entry shows."""
    catalog, kind = site.catalog, site.catalog.kinds[entry.kind]
    sections = tuple(
        Section(id=group, name=kind.group_names[group], questions=found)
        for group, names in kind.groups.items()
        if (found := questions(kind, (entry,), names))
    )
    leading = tuple(
        (ranking, placed)
        for ranking in site.rankings.values()
        for placed in ranking.placed
        if placed.entry.id == entry.id and placed.place <= 3 and placed.high > 0
    )
    others = (other for other in catalog.of_kind(entry.kind) if other.id != entry.id)
    return EntryView(
        entry=entry,
        kind=kind,
        strip=_strip(entry),
        sections=sections,
        scores=site.scores[entry.id],
        edges=entry.edges,
        used_with=tuple(catalog.entries[name] for name in entry.used_with),
        pairs=tuple((other, pair_url(entry, other)) for other in others),
        leading=leading,
        stacks=tuple((n, s) for n, s in catalog.stacks.items() if any(part.entry == entry.id for part in s.parts)),
        stands=stands(site, entry),
        legend=legend_of(entry.facts.values()),
        health=health_view(catalog, entry),
        has_code=entry.id in site.sides,
        series=series_rows(entry, catalog.today),
        demonstrations=demonstrations_view(catalog, entry),
        costs=entry_costs(site.benchmarks, entry.id),
        feed=site.feed_of(entry.kind, entry.id),
        badge=f"{site.address}{badge_path(entry)}" if site.address else "",
    )


def _strip(entry: Entry) -> tuple[Figure, ...]:
    """Six figures: what is measured of the package, what it is, and how well it is answered."""
    choices = [fact for fact in entry.facts.values() if fact.meaning and fact.meaning.tone == "neutral"]
    kinds = [
        Figure(label=fact.criterion.name, text=fact.meaning.label, target=fact.criterion.id)
        for fact in choices
        if fact.meaning and fact.criterion.id not in ("governance", "structure")
    ]
    answered = Figure(label="Answered", text=f"{entry.answered} / {len(entry.asked)}", small=f"{entry.coverage:.0%}")
    measured = tuple(_measured_figures(entry))
    if measured:
        return (*measured, *kinds[: 5 - len(measured)], answered)
    licence = entry.facts.get("licence")
    stated = [Figure(label="Language", text=entry.record.language), *kinds[:2]]
    stated += [Figure(label="Licence", text=licence.value, target="licence")] if licence else []
    stated += [Figure(label="Release read", text=entry.newest_version)] if entry.newest_version else []
    return (*stated, answered)


def _measured_figures(entry: Entry) -> Iterator[Figure]:
    reading = entry.reading
    if reading is None:
        return
    released = long_date(reading.latest.released) if reading.latest.released else ""
    yield Figure(label="Latest", text=reading.latest.version, small=released, target="health")
    count = reading.releases_24_months
    pace = "" if count is None else f"{plural(count, 'release')} / 24 mo"
    yield Figure(label="Status", text=entry.status.word, small=pace, target="health")
    yield Figure(label="Runs on", text=runs_on(reading), target="health")
    if reading.installed_size and reading.dependencies:
        text = size(reading.installed_size.with_dependencies)
        needed = plural(reading.dependencies.every, "dep")
        yield Figure(label="Installed", text=text, small=needed, target="health")
