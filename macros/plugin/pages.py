"""What is generated: one function returns the page for one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from macros.catalog.benchmarks import PROTOCOL
from macros.catalog.constants import OLD_AFTER_DAYS
from macros.catalog.model import Entry, pair_url
from macros.code.tasks import TASKS
from macros.plugin.snapshot import PageHead
from macros.rendering.environment import Renderer
from macros.schema import routes
from macros.views.advice import advices, pair_description
from macros.views.answers import CriterionView, criterion_views
from macros.views.benchmarks import WorkloadView
from macros.views.blocks import article_view
from macros.views.code import ApplicationRun, task_view
from macros.views.contract import application_view, contract_view
from macros.views.elsewhere import elsewhere_view
from macros.views.entries import entry_view
from macros.views.feeds import kind_feeds
from macros.views.health_matrix import health_tables
from macros.views.kinds import kind_table
from macros.views.lists import FRAMEWORKS
from macros.views.matrices import MatrixView, matrix_views
from macros.views.measurements import ProbeView, behaviour, rechecks
from macros.views.measures import MeasureView, measure_views
from macros.views.migrations import other_pairs
from macros.views.pairs import pair_view
from macros.views.quotes import quote_of
from macros.views.series import all_series
from macros.views.site import Site
from macros.views.support import ends
from macros.views.use_case import answer, case_view
from macros.views.yours import yours_view


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec(PageHead):
    """A page to generate: its head, its template, and what the template needs."""

    template: str
    context: Callable[[], dict[str, Any]]

    @property
    def head(self) -> PageHead:
        """Return the head alone."""
        return PageHead(**{field.name: getattr(self, field.name) for field in fields(PageHead)})


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


def measured_pages(site: Site) -> Iterator[PageSpec]:
    """Yield the pages about what was measured: health, behaviour, each probe, and what to check again."""
    catalog = site.catalog
    if catalog.readings.registry:
        yield PageSpec(
            url=routes.HEALTH,
            title="Health",
            description="How often every package is released, what it runs on and what it installs; measured, dated.",
            template="health_matrix.html",
            context=lambda: {"tables": health_tables(catalog), "series": all_series(catalog)},
            in_search="Releases, Pythons, dependencies, size and status of every entry.",
        )
    view = behaviour(catalog)
    if view:
        shown = site.most_mentioned(run.entry for run in view.runs)
        first = [next(run.setup for run in view.runs if run.entry == entry) for entry in shown]
        yield PageSpec(
            url=routes.BEHAVIOUR,
            title="Behaviour",
            description=f"{len(view.probes)} questions put to {len(view.runs)} running setups, with what came back.",
            template="behaviour.html",
            context=lambda: {"view": view, "first": first},
            in_search="What running frameworks do, by default and on request.",
        )
        yield from (probe_page(probe) for probe in view.probes)
    found = rechecks(catalog, site.weights)
    yield PageSpec(
        url=routes.RECHECK,
        title="Facts to check again",
        description="Facts whose package has a newer release than the one they were read for, by their weight.",
        template="recheck.html",
        context=lambda: {
            "rechecks": found,
            "total": sum(len(item.facts) for item in found),
            "all": catalog.fact_count,
            "old_after_days": OLD_AFTER_DAYS,
        },
        in_search="Facts that are no longer current.",
    )


def benchmark_pages(site: Site) -> Iterator[PageSpec]:
    """Yield the pages about the benchmarks: the overview, how they are made, those of others, each workload."""
    view = site.benchmarks
    protocol = view.newest.run.protocol if view else PROTOCOL
    yield PageSpec(
        url=routes.BENCHMARKS,
        title="Benchmarks",
        description="What a request costs each framework: instructions and processor time, with intervals and ties.",
        template="benchmarks.html",
        context=lambda: {"view": view},
        in_search="Speed of the frameworks: instructions and processor time a request, with ties.",
    )
    yield PageSpec(
        url=routes.BENCHMARKS_METHOD,
        title="How the benchmarks are made",
        description="Which metrics are ranked, what is a tie, what makes a run void, and what noise does to others.",
        template="benchmark_method.html",
        context=lambda: {"protocol": protocol, "runs": view.runs if view else ()},
        in_search="Instructions, processor time, bootstrap intervals, ties, controls.",
    )
    yield PageSpec(
        url=routes.BENCHMARKS_ELSEWHERE,
        title="Benchmarks elsewhere",
        description="Other people's benchmarks: what each measures, how, and whether it is still run; "
        "and the figures of articles beside ours.",
        template="elsewhere.html",
        context=lambda: {"view": elsewhere_view(site)},
    )
    for workload in view.workloads if view else ():
        yield workload_page(workload)


def changes_page(site: Site) -> PageSpec:
    """Return the page of what changed."""
    return PageSpec(
        url=routes.CHANGES,
        title="Changes",
        description="Facts, releases and statuses that changed, by day and entry; also as Atom feeds.",
        template="changes.html",
        context=lambda: {"view": site.changes, "feeds": kind_feeds(site), "calendar": bool(ends(site.catalog))},
        in_search="What changed by day: facts, releases, statuses, new entries; Atom feeds and a calendar.",
    )


def workload_page(view: WorkloadView) -> PageSpec:
    """Return the page of a workload."""
    return PageSpec(
        url=view.url,
        title=f"Benchmark: {view.title}",
        description=f"{view.title}: what {len(view.rows)} stacks need for a request, with intervals and ties.",
        template="workload.html",
        context=lambda: {"view": view},
        in_search="",
    )


def article_pages(site: Site) -> Iterator[PageSpec]:
    """Yield the page about the code blocks of an article."""
    view = article_view(site.catalog)
    if view:
        yield PageSpec(
            url=routes.ARTICLE_CODE,
            title="An article’s code today",
            description=f"{len(view.blocks)} code blocks of an article as printed: how each ends today, "
            "what broke it and when, and a tested corrected version.",
            template="blocks.html",
            context=lambda: {"view": view},
            in_search="Broken and deprecated calls of Django, FastAPI and Flask, with the release that broke them.",
        )


def probe_page(probe: ProbeView) -> PageSpec:
    """Return the page of a probe."""
    return PageSpec(
        url=f"behaviour/{probe.id}/",
        title=f"Behaviour: {probe.title}",
        description=f"{probe.question} Asked of {len(probe.asked)} running setups, with what came back.",
        template="probe.html",
        context=lambda: {"view": probe},
        in_search=f"{probe.question} {probe.summary}",
    )


def application_pages(site: Site) -> Iterator[PageSpec]:
    """Yield the pages about the Books application: each task, the contract, each application, each pair."""
    found, agreed, planted = site.sides, site.catalog.contract, site.catalog.readings.mutations
    if found:
        yield from (task_page(found, task) for task in TASKS)
    yield PageSpec(
        url=routes.CONTRACT,
        title="The contract, and who meets it",
        description=f"What {len(found)} applications must do, and what one suite of tests found of each.",
        template="contract.html",
        context=lambda: {"view": contract_view(agreed, found, site.most_mentioned(found), planted)},
        edit="lab/books/items.yml",
        in_search="What the Books application must do, and which frameworks do it.",
    )
    yield from (application_page(agreed.items, side) for side in found.values())
    yield from (pair_code_page(site, one, other) for one, other in site.migrations)


def task_page(found: Mapping[str, ApplicationRun], task: str) -> PageSpec:
    """Return the page of a task in every framework."""
    name, question = TASKS[task]
    return PageSpec(
        url=f"code/{task}/",
        title=f"{name} in {len(found)} frameworks",
        description=f"{question} The same task in {len(found)} frameworks, as code that was run.",
        template="task.html",
        context=lambda: {"view": task_view(found, task)},
        in_search=question,
    )


def application_page(items: Mapping[str, str], side: ApplicationRun) -> PageSpec:
    """Return the page with all files of an application."""
    return PageSpec(
        url=f"{side.entry.url}code/",
        title=f"Books in {side.entry.name}",
        description=f"A whole application in {side.entry.name}: every file, what it takes, and what its tests found.",
        template="application.html",
        context=lambda: {"view": application_view(items, side)},
        edit=side.code.shown,
        tile=side.entry.tile,
    )


def pair_code_page(site: Site, first: str, second: str) -> PageSpec:
    """Return the page with both applications of a pair side by side."""
    one, other = site.sides[first].entry, site.sides[second].entry
    return PageSpec(
        url=f"{pair_url(one, other)}code/",
        title=f"The same application in {one.name} and {other.name}",
        description=f"{one.name} and {other.name} side by side in {len(TASKS)} tasks, as code that was run.",
        template="pair_code.html",
        context=lambda: {
            "view": site.migration(first, second),
            "others": other_pairs((first, second), tuple(site.sides)),
        },
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


def redirects(renderer: Renderer) -> Iterator[tuple[str, str]]:
    """Yield a small page for every reversed pair and every section without an overview of its own.

    It leads to the page that is meant, with its query and anchor.
    """
    catalog = renderer.site.catalog
    names = {routes.BEHAVIOUR: behaviour(catalog) and "Behaviour", routes.SPRING: catalog.concepts and "From Spring"}
    for url, target in routes.MOVED.items():
        if title := names[target]:
            yield f"{url}index.html", renderer("redirect.html", "../", target=f"../{target}", title=title)
    for kind in catalog.kinds:
        for one, other in catalog.pairs(kind):
            target = f"../{one.id}-vs-{other.id}/"
            html = renderer("redirect.html", "../../", target=target, title=f"{one.name} and {other.name}")
            yield f"compare/{other.id}-vs-{one.id}/index.html", html
            if one.id in renderer.site.sides and other.id in renderer.site.sides:
                target = f"../../{one.id}-vs-{other.id}/code/"
                html = renderer("redirect.html", "../../../", target=target, title=f"{one.name} and {other.name}")
                yield f"compare/{other.id}-vs-{one.id}/code/index.html", html
