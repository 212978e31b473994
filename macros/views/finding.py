"""What the search knows: entries, criteria, the answer of each entry to each, and every other place of the site.

The browser makes its index of this when the search is first used; `docs/assets/js/search/` says how it looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from macros.catalog.model import Catalog, Criterion, Entry, Fact
from macros.schema.fields import package_name
from macros.schema.search import Place
from macros.views.answers import CriterionView
from macros.views.site import Site
from macros.views.text import long_date, percent, plural, size

NAMED = 4
"""How many entries the answer to a figure names."""

Page = tuple[str, str, str, str]
"""Address, title, text, and further words of a place that is neither an entry nor a criterion."""
Figure = tuple[Callable[[Catalog, Entry], float | None], Callable[[float], str], bool]
"""Reads a figure of an entry, writes it, and says whether less of it is better."""


def search_index(
    site: Site, views: Mapping[tuple[str, str], CriterionView], pages: Iterable[Page]
) -> dict[str, list[Any]]:
    """Return what the search knows: entries, criteria, facts by their places in these two lists, and pages."""
    catalog = site.catalog
    entries = list(catalog.entries.values())
    criteria = [view.criterion for view in views.values()]
    place_of = {(c.kind, c.id): place for place, c in enumerate(criteria)}
    labels: dict[str, int] = {}
    facts = [
        [at, place_of[entry.kind, name], labels.setdefault(fact.text, len(labels)), said_of(catalog, fact)]
        for at, entry in enumerate(entries)
        for name, fact in entry.facts.items()
    ]
    return {
        "kinds": [[kind.id, kind.name, kind.singular] for kind in catalog.kinds.values()],
        "entries": [_entry(catalog, entry) for entry in entries],
        "criteria": [[c.kind, c.id, c.name, c.question, views[c.kind, c.id].sentence, _words(c)] for c in criteria],
        "labels": list(labels),
        "facts": facts,
        "pages": [list(page) for page in (*_places(catalog), *pages)],
    }


def _entry(catalog: Catalog, entry: Entry) -> list[str]:
    """Return id, kind, name, status, what is said first, and other names."""
    package = package_name(entry.record.package) if entry.record.package else ""
    others = dict.fromkeys((*entry.record.aliases, package, entry.id.replace("-", " ")))
    said = f"{_state(catalog, entry)} {entry.record.summary}"
    return [entry.id, entry.kind, entry.name, entry.status.word, said, "|".join(name for name in others if name)]


def _state(catalog: Catalog, entry: Entry) -> str:
    """Return the status of an entry in a sentence, with the way on."""
    on = []
    for edge in (edge for edge in entry.edges if edge.leads_on):
        if edge.entry:
            on.append(catalog.entries[edge.entry].name)
        elif edge.outside:
            on.append(edge.outside.name)
    latest = entry.reading.latest if entry.reading else None
    released = f", last release {latest.version} of {long_date(latest.released)}" if latest and latest.released else ""
    way = f"; use {' or '.join(on)}" if on else ""
    return f"{entry.status.word.capitalize()}{released}{way}."


def _words(criterion: Criterion) -> str:
    return "|".join((*criterion.also, criterion.id.replace("-", " ")))


def said_of(catalog: Catalog, fact: Fact) -> str:
    """Return what a fact says beside its value: since when, through what, and its note."""
    through = [catalog.entries[one].name if one in catalog.entries else package_name(one) for one in fact.via]
    parts = [f"since {fact.since}" if fact.since else "", f"via {', '.join(through)}" if through else ""]
    head = ", ".join(filter(None, parts))
    return ". ".join(filter(None, (head, (fact.note or "").rstrip(".")))) + ("." if head or fact.note else "")


def _places(catalog: Catalog) -> Iterator[Page]:
    for place in catalog.places:
        yield place.address, place.name, place.text or _figure(catalog, place), "|".join(place.also)


def _figure(catalog: Catalog, place: Place) -> str:
    """Return the frameworks that are best by a figure, in words; nothing if none is measured."""
    if not place.figure:
        return ""
    read, write, less = FIGURES[place.figure]
    found = [(value, entry.name) for entry in catalog.of_kind("frameworks")
             if (value := read(catalog, entry)) is not None]  # fmt: skip
    if not found:
        return "Not measured yet."
    best = sorted(found, key=lambda one: (one[0] if less else -one[0], one[1]))
    named = ", ".join(f"{name} {write(value)}" for value, name in best[:NAMED])
    return f"{'Least' if less else 'Most'}: {named}; {len(found)} measured."


def _measured(name: str) -> Callable[[Catalog, Entry], float | None]:
    def read(catalog: Catalog, entry: Entry) -> float | None:
        measure = catalog.measured.get(name)
        found = measure.values.get(entry.id) if measure else None
        return found.value if found else None

    return read


def _size(_: Catalog, entry: Entry) -> float | None:
    installed = entry.reading.installed_size if entry.reading else None
    return installed.with_dependencies if installed else None


def _dependencies(_: Catalog, entry: Entry) -> float | None:
    needed = entry.reading.dependencies if entry.reading else None
    return len(needed.direct) + needed.transitive if needed else None


def _popularity(name: str) -> Callable[[Catalog, Entry], float | None]:
    def read(_: Catalog, entry: Entry) -> float | None:
        figure = getattr(entry.popularity, name) if entry.popularity else None
        return figure.value if figure else None

    return read


FIGURES: Mapping[str, Figure] = {
    "memory": (lambda _, e: e.footprint.idle_pss.median if e.footprint else None, lambda v: f"{v:.0f} MiB", True),
    "start": (lambda _, e: e.footprint.first_response.median if e.footprint else None, lambda v: f"{v:.0f} ms", True),
    "size": (_size, lambda v: size(int(v)), True),
    "dependencies": (_dependencies, lambda v: plural(int(v), "package"), True),
    "lines": (_measured("books-lines"), lambda v: plural(int(v), "line"), True),
    "names": (_measured("books-names"), lambda v: plural(int(v), "name"), True),
    "releases": (lambda _, e: e.reading.releases_24_months if e.reading else None, lambda v: f"{v:.0f}", False),
    "types": (lambda _, e: e.type_coverage.share if e.type_coverage else None, percent, False),
    "cost": (_measured("cpu-per-request"), lambda v: f"{v:,.0f} µs a request", True),
    "downloads": (_popularity("downloads"), lambda v: f"{v:,.0f}", False),
    "stars": (_popularity("stars"), lambda v: f"{v:,.0f}", False),
}


def other_pages(site: Site, views: Mapping[tuple[str, str], CriterionView]) -> Iterator[Page]:
    """Yield matrices, ratings, use cases, concepts of Spring and terms, with what each is about."""
    catalog = site.catalog
    for name, matrix in catalog.matrices.items():
        yield f"matrix/{name}/", matrix.name, matrix.summary, "|".join(matrix.also)
    for name, rating in catalog.ratings.items():
        yield f"matrix/ratings/#{name}", f"{rating.name} (rating)", _rated(site, name), "|".join(rating.also)
    for name, ranking in site.rankings.items():
        case = ranking.case
        firsts = ", ".join(placed.entry.name for placed in ranking.placed[:3])
        text = f"{case.summary} First: {firsts}." if firsts else case.summary
        yield f"guide/{name}/", case.name, text, "|".join((*case.also, case.question))
    for number, concept in enumerate(catalog.concepts.concepts if catalog.concepts else (), 1):
        criterion = catalog.kinds[concept.kind].criteria[concept.criterion]
        text = f"{concept.what} Here: {criterion.name}. {views[concept.kind, concept.criterion].sentence}"
        words = f"Spring Boot Java|{criterion.name}"
        yield f"coming-from/spring/#concept-{number}", f"{concept.concept} (Spring)", text, words
    for name, term in catalog.glossary.items():
        yield f"method/#term-{name}", f"{term.name} (glossary)", term.meaning, ""


def _rated(site: Site, rating: str) -> str:
    """Return the best by a rating, in words."""
    record = site.catalog.ratings[rating]
    found = [(score.value, entry.name) for entry in site.catalog.of_kind(record.kind)
             for score in site.scores[entry.id] if score.id == rating and score.value is not None]  # fmt: skip
    best = ", ".join(f"{name} {value:.1f}" for value, name in sorted(found, key=lambda one: (-one[0], one[1]))[:NAMED])
    return f"{record.question} Highest: {best}." if best else f"{record.question} Not measured yet."
