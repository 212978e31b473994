"""What is generated: one function returns the page for one thing."""

from __future__ import annotations

from collections.abc import Iterator

from macros.catalog.model import Entry, pair_url
from macros.plugin.code_pages import application_pages
from macros.plugin.measured_pages import article_pages, benchmark_pages, changes_page, measured_pages
from macros.plugin.snapshot import Redirect
from macros.plugin.specs import PageSpec
from macros.schema import routes
from macros.views.advice import advices, pair_description
from macros.views.answers import CriterionView, criterion_views
from macros.views.entries import entry_view
from macros.views.kinds import kind_table
from macros.views.lists import FRAMEWORKS
from macros.views.matrices import MatrixView, matrix_views
from macros.views.measurements import behaviour
from macros.views.measures import MeasureView, measure_views
from macros.views.pairs import pair_view
from macros.views.quotes import quote_of
from macros.views.site import Site
from macros.views.use_case import answer, case_view
from macros.views.yours import yours_view


def page_specs(site: Site) -> Iterator[PageSpec]:
    """Yield every generated page, the largest first: their memory is used again for the others."""
    yield from (matrix_page(site, view) for view in reversed(matrix_views(site)))
    yield from measured_pages(site)
    for kind in site.catalog.kinds:
        if site.catalog.of_kind(kind):
            yield kind_page(site, kind)
    yield from (entry_page(site, entry) for entry in site.catalog.entries.values())
    for kind in site.catalog.kinds:
        yield from (pair_page(site, one, other) for one, other in site.catalog.pairs(kind))
    yield from (criterion_page(site, view) for view in criterion_views(site).values())
    yield from (measure_page(view) for view in measure_views(site.catalog).values())
    yield from benchmark_pages(site)
    yield changes_page(site)
    yield from article_pages(site)
    yield from (use_case_page(site, name) for name in site.rankings)
    if site.rankings:
        yield own_weights_page(site)
    yield from application_pages(site)


def kind_page(site: Site, name: str) -> PageSpec:
    """Return the page that lists the entries of a kind."""
    kind, entries = site.catalog.kinds[name], site.catalog.of_kind(name)
    rankings = (ranking for ranking in site.rankings.values() if ranking.case.kind == name)
    cases = tuple((ranking.id, ranking.case.name) for ranking in rankings)
    return PageSpec(
        url=f"{name}/",
        title=kind.name,
        description=f"{kind.summary} {len(entries)} compared by {len(kind.criteria)} criteria, with source and date.",
        template="kind.html",
        context=lambda: {"view": kind_table(site, kind, cases)},
        edit=f"data/criteria/{name}.yml",
        feed=site.feed_of(name),
        in_search=kind.summary,
    )


def kind_crumbs(site: Site, kind: str) -> tuple[tuple[str, str], ...]:
    """Return what the pages of a kind stand below."""
    return ((site.catalog.kinds[kind].name, f"{kind}/"),)


def entry_page(site: Site, entry: Entry) -> PageSpec:
    """Return the page of an entry."""
    return PageSpec(
        url=entry.url,
        title=entry.name,
        description=f"{entry.record.summary} {entry.answered} facts, each with its source and date.",
        template="entry.html",
        twin="entry.md",
        context=lambda: {"view": entry_view(site, entry)},
        edit=entry.path,
        tile=entry.tile,
        tiles=(entry.tile,),
        shared_as=entry.named,
        kind_of="SoftwareApplication",
        crumbs=kind_crumbs(site, entry.kind),
        has_picture=True,
        feed=site.feed_of(entry.kind, entry.id),
    )


def pair_page(site: Site, one: Entry, other: Entry) -> PageSpec:
    """Return the page of a pair."""
    return PageSpec(
        url=pair_url(one, other),
        title=f"{one.name} and {other.name}",
        description=pair_description(
            one,
            other,
            advices(site, one, other),
            "Fact by fact: where they differ, where they agree, and when to choose which.",
        ),
        tiles=(one.tile, other.tile),
        shared_as=f"{one.named} vs {other.named}",
        kind_of="TechArticle",
        crumbs=(("Compare", "compare/"),),
        has_picture=True,
        template="pair.html",
        twin="pair.md",
        context=lambda: {
            "view": pair_view(site, one, other),
            "switch": site.migration(one.id, other.id),
            "quote": quote_of(site, pair_url(one, other), f"{one.named} and {other.named}"),
        },
    )


def matrix_page(site: Site, view: MatrixView) -> PageSpec:
    """Return the page of a matrix."""
    folder = "matrices" if view.id in site.catalog.matrices else "criteria"
    return PageSpec(
        url=view.url,
        title=view.name,
        description=view.summary,
        kind_of="TechArticle",
        crumbs=(("Tables", "matrix/"),),
        has_picture=True,
        template="matrix.html",
        context=lambda: {"view": view},
        edit=f"data/{folder}/{view.id}.yml",
        in_search=None if view.id in site.catalog.matrices else view.summary,
    )


def criterion_page(site: Site, view: CriterionView) -> PageSpec:
    """Return the page of a criterion."""
    criterion, kind = view.criterion, view.kind
    return PageSpec(
        url=view.url,
        title=f"{criterion.name}: {kind.name.lower()} compared",
        description=f"{criterion.question} {view.answered} {kind.name.lower()} compared, each answer with its source.",
        kind_of="TechArticle",
        crumbs=kind_crumbs(site, kind.id),
        has_picture=True,
        template="criterion.html",
        twin="criterion.md",
        context=lambda: {"view": view},
        edit=f"data/criteria/{kind.id}.yml",
    )


def measure_page(view: MeasureView) -> PageSpec:
    """Return the page of a measure; for frameworks the search knows it from data/search.yml."""
    kind = view.kind
    return PageSpec(
        url=view.url,
        title=f"{view.name}: {kind.name.lower()} compared",
        description=f"{view.question} {len(view.rows)} {kind.name.lower()} measured, with release and day.",
        template="measure.html",
        context=lambda: {"view": view},
        in_search=None if kind.id == FRAMEWORKS else view.sentence,
    )


def use_case_page(site: Site, name: str) -> PageSpec:
    """Return the page of a use case."""
    ranking = site.rankings[name]
    return PageSpec(
        url=f"guide/{name}/",
        title=ranking.case.name,
        description=f"{ranking.case.question} {answer(ranking) or 'Not ranked yet.'} Every figure opens into its sum.",
        kind_of="TechArticle",
        crumbs=(("Guide", "guide/"),),
        has_picture=True,
        template="use_case.html",
        twin="use_case.md",
        context=lambda: {
            "view": case_view(site.catalog, ranking),
            "quote": quote_of(site, f"guide/{name}/", ranking.case.name),
        },
        edit=f"data/guide/{name}.yml",
    )


def own_weights_page(site: Site) -> PageSpec:
    """Return the page on which readers weigh for themselves."""
    return PageSpec(
        url=routes.YOURS,
        title="Your own weights",
        description="Say what must be there and what counts: a ranking at once, every sum, a link that keeps it.",
        template="yours.html",
        context=lambda: {"view": yours_view(site)},
        in_search="A ranking by needs and weights of your own, and a decision record (ADR) to keep.",
    )


def redirects(site: Site) -> Iterator[tuple[str, Redirect]]:
    """Yield a small page for every reversed pair and every section without an overview of its own: path, content."""
    catalog = site.catalog
    names = {routes.BEHAVIOUR: behaviour(catalog) and "Behaviour", routes.SPRING: catalog.concepts and "From Spring"}
    for url, target in routes.MOVED.items():
        if title := names[target]:
            yield f"{url}index.html", Redirect(f"../{target}", title)
    for kind in catalog.kinds:
        for one, other in catalog.pairs(kind):
            title = f"{one.name} and {other.name}"
            yield f"compare/{other.id}-vs-{one.id}/index.html", Redirect(f"../{one.id}-vs-{other.id}/", title)
            if one.id in site.sides and other.id in site.sides:
                target = f"../../{one.id}-vs-{other.id}/code/"
                yield f"compare/{other.id}-vs-{one.id}/code/index.html", Redirect(target, title)
