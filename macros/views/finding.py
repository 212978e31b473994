"""What the search knows: entries, criteria, the answer of each entry to each, and every other place of the site.

The browser makes its index of this when the search is first used; `docs/assets/js/search/` says how it looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from macros.catalog.facts import Criterion, Fact
from macros.catalog.model import Catalog, Entry
from macros.schema.fields import package_name
from macros.schema.search import Place
from macros.views.answers import CriterionView
from macros.views.lists import FRAMEWORKS
from macros.views.measure_specs import MEASURES
from macros.views.measures import NAMED, measure_view
from macros.views.site import Site
from macros.views.text import long_date
from macros.views.use_case import answer

Page = tuple[str, str, str, str]
"""Address, title, text, and further words of a place that is neither an entry nor a criterion."""


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
    for edge in entry.ways_on:
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
    through = [catalog.entries[one].named if one in catalog.entries else package_name(one) for one in fact.via]
    parts = [f"since {fact.since}" if fact.since else "", f"via {', '.join(through)}" if through else ""]
    head = ", ".join(filter(None, parts))
    return ". ".join(filter(None, (head, (fact.note or "").rstrip(".")))) + ("." if head or fact.note else "")


def _places(catalog: Catalog) -> Iterator[Page]:
    for place in catalog.places:
        yield place.address, place.name, place.text or _figure(catalog, place), "|".join(place.also)


def _figure(catalog: Catalog, place: Place) -> str:
    """Return the frameworks that are best by a figure, in words; nothing if the place has none."""
    if not place.figure:
        return ""
    view = measure_view(catalog, catalog.kinds[FRAMEWORKS], MEASURES[place.figure])
    return view.sentence if view else "Not measured yet."


def other_pages(site: Site, views: Mapping[tuple[str, str], CriterionView]) -> Iterator[Page]:
    """Yield matrices, ratings, use cases, concepts of Spring and terms, with what each is about."""
    catalog = site.catalog
    for name, matrix in catalog.matrices.items():
        yield f"matrix/{name}/", matrix.name, matrix.summary, "|".join(matrix.also)
    for name, rating in catalog.ratings.items():
        yield f"matrix/ratings/#{name}", f"{rating.name} (rating)", _rated(site, name), "|".join(rating.also)
    for name, ranking in site.rankings.items():
        case = ranking.case
        text = f"{case.summary} {answer(ranking)}".rstrip()
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
    found = [(score.value, entry.named) for entry in site.catalog.of_kind(record.kind)
             for score in site.scores[entry.id] if score.id == rating and score.value is not None]  # fmt: skip
    best = ", ".join(f"{name} {value:.1f}" for value, name in sorted(found, key=lambda one: (-one[0], one[1]))[:NAMED])
    return f"{record.question} Highest: {best}." if best else f"{record.question} Not measured yet."
