"""The generated pages about what was measured and what changed: one function returns the page for one thing."""

from __future__ import annotations

from collections.abc import Iterator

from macros.catalog.benchmarks import PROTOCOL
from macros.catalog.constants import OLD_AFTER_DAYS
from macros.plugin.specs import PageSpec
from macros.schema import routes
from macros.views.article_code import ArticleView, article_view
from macros.views.benchmarks import BenchmarksView, WorkloadView
from macros.views.blocks import BlockView
from macros.views.calendars import calendars
from macros.views.elsewhere import elsewhere_view
from macros.views.feeds import kind_feeds
from macros.views.health_matrix import health_tables
from macros.views.lists import FRAMEWORKS
from macros.views.measure_specs import MEASURES
from macros.views.measurements import ProbeView, behaviour, rechecks
from macros.views.measures import MeasureView, measure_view
from macros.views.series import all_series
from macros.views.site import Site
from macros.views.text import plural


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


def cost_of_frameworks(site: Site) -> MeasureView | None:
    """Return what a request costs each framework; None without a valid run."""
    kind = site.catalog.kinds.get(FRAMEWORKS)
    return measure_view(site.catalog, kind, MEASURES["cost"]) if kind else None


def benchmark_pages(site: Site) -> Iterator[PageSpec]:
    """Yield the pages about the benchmarks: the overview, how they are made, those of others, each workload."""
    view = site.benchmarks
    protocol = view.newest.run.protocol if view else PROTOCOL
    yield PageSpec(
        url=routes.BENCHMARKS,
        title="Benchmarks",
        description="What a request costs each framework: instructions and processor time, with intervals and ties.",
        template="benchmarks.html",
        context=lambda: {"view": view, "cost": cost_of_frameworks(site)},
        in_search="Speed of the frameworks: instructions and processor time a request, with ties.",
    )
    yield PageSpec(
        url=routes.BENCHMARKS_METHOD,
        title="How the benchmarks are made",
        description="Which metrics are ranked, what is a tie, what makes a run void, and what noise does to others.",
        template="benchmark_method.html",
        context=lambda: {
            "protocol": protocol,
            "runs": view.runs if view else (),
            "newest": view.newest.run if view else None,
        },
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
    if view:
        yield from run_pages(view)


def run_pages(view: BenchmarksView) -> Iterator[PageSpec]:
    """Yield the pages of a run: how costs grow, what clients wait for, each workload."""
    if view.growth:
        yield PageSpec(
            url=routes.BENCHMARKS_GROWTH,
            title="How the cost of a request grows",
            description="Processor time and memory against the size of the body, rows, routes, middleware and "
            "connections, for every stack.",
            template="benchmark_growth.html",
            context=lambda: {"view": view},
            in_search="Scaling: cost against body size, rows, routes, depth of middleware, connections; memory of each "
            "connection.",
        )
    if view.latency or view.waiting:
        yield PageSpec(
            url=routes.BENCHMARKS_TIMES,
            title="Latency, and handlers that wait",
            description="Latency at a fixed rate without coordinated omission, and the answers a second of a handler "
            "that waits for another service.",
            template="benchmark_times.html",
            context=lambda: {"view": view},
            in_search="Latency quantiles at a fixed rate; answers a second while handlers wait, sync against async.",
        )
    for workload in view.workloads:
        yield workload_page(workload)


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


def changes_page(site: Site) -> PageSpec:
    """Return the page of what changed."""
    return PageSpec(
        url=routes.CHANGES,
        title="Changes",
        description="Facts, releases and statuses that changed, by day and entry; also as Atom feeds.",
        template="changes.html",
        context=lambda: {"view": site.changes, "feeds": kind_feeds(site), "calendars": calendars(site.catalog)},
        in_search="What changed by day: facts, releases, statuses, new entries; Atom feeds and a calendar.",
    )


def article_pages(site: Site) -> Iterator[PageSpec]:
    """Yield the page about the code blocks of an article, and one for each block."""
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
        yield from (block_page(view, block) for block in view.blocks)


def block_page(article: ArticleView, block: BlockView) -> PageSpec:
    """Return the page of a code block of an article."""
    return PageSpec(
        url=block.url,
        title=f"{block.record.name}: block {block.number} of an article’s code",
        description=f"{block.record.purpose} As printed it {block.alone.word}; "
        f"{plural(block.findings, 'finding')}, and a corrected version of which {block.tested}.",
        template="block.html",
        context=lambda: {"view": article, "block": block},
        tiles=(block.entry.tile,),
        crumbs=(("Code", "code/"), ("An article’s code today", routes.ARTICLE_CODE)),
        in_search=block.record.purpose,
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
