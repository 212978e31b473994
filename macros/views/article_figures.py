"""The figures of articles beside what was measured here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from macros import schema
from macros.catalog.benchmarks import stacks_of
from macros.catalog.model import Entry
from macros.schema.articles import FIGURES
from macros.schema.routes import BENCHMARKS, CRITERIA
from macros.views.benchmarks import BenchmarksView
from macros.views.dots import figure as short
from macros.views.site import Site
from macros.views.text import long_date, number

WORKLOAD = "json"
"""The workload that is set beside the figures of articles, which do not say what was asked."""
PAGES = {"stars": "stars", "downloads-per-month": "downloads"}
"""Measures that hold what is counted elsewhere, with the pages that show them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What was measured here: the figure, how it came about, and the page that shows it; no text if nothing was."""

    text: str = ""
    how: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFigureRow:
    """A figure of an article: what it counts in words, and what was measured here."""

    article: schema.Article
    figure: schema.ArticleFigure
    entry: Entry
    counts: str
    here: Here


def article_figures(site: Site) -> tuple[ArticleFigureRow, ...]:
    """Return every figure that an article gives, article by article, in the order of the records."""
    return tuple(
        ArticleFigureRow(
            article=article,
            figure=figure,
            entry=site.catalog.entries[figure.entry],
            counts=FIGURES[figure.counts],
            here=_here(site, figure),
        )
        for article in site.catalog.articles.values()
        for figure in article.figures
    )


def _here(site: Site, figure: schema.ArticleFigure) -> Here:
    if figure.counts in PAGES:
        return _counted(site, figure.counts, figure.entry)
    if not site.benchmarks:
        return Here()
    stack = stacks_of(site.benchmarks.newest.run).get(figure.entry)
    return _MEASURED[figure.counts](site.benchmarks, stack) if stack and figure.counts in _MEASURED else Here()


def _counted(site: Site, name: str, entry: str) -> Here:
    measure = site.catalog.measured.get(name)
    found = measure.values.get(entry) if measure else None
    if not measure or not found:
        return Here()
    return Here(
        text=f"{number(found.value)} {measure.unit}",
        how=f"counted for {long_date(found.day)}",
        address=f"{site.catalog.entries[entry].kind}/{CRITERIA}/{PAGES[name]}/",
    )


def _requests(view: BenchmarksView, stack: str) -> Here:
    for workload in view.workloads:
        for row in workload.rows:
            if workload.id == WORKLOAD and row.id == stack:
                text = row.per_second if row.per_second == "not comparable" else f"{row.per_second} a second"
                return Here(text=text, how=f"{workload.title}; one processor, {row.stack.server}", address=workload.url)
    return Here()


def _memory(view: BenchmarksView, stack: str) -> Here:
    for row in view.processes:
        if row.id == stack and row.loaded:
            how = f"PSS of all processes after load; {row.stack.server}"
            return Here(text=row.loaded, how=how, address=f"{BENCHMARKS}#processes")
    return Here()


def _latency(view: BenchmarksView, stack: str) -> Here:
    found = tuple(_steady(view, stack))
    if not found:
        return Here()
    middle, late = (median(latency[share] for _, latency in found) for share in ("50", "99"))
    server = view.newest.run.stacks[stack].server
    return Here(
        text=f"{short(middle)} ms; 99 % within {short(late)} ms",
        how=f"{number(found[0][0])} requests a second, each counted from the moment it was due; {server}",
        address=f"{BENCHMARKS}method/#seconds",
    )


def _steady(view: BenchmarksView, stack: str) -> Iterator[tuple[float, Mapping[str, float]]]:
    """Yield rate and latency of the undisturbed windows in which requests came at a fixed rate."""
    run = view.newest.run
    for visit in run.visits:
        for window in visit.windows if visit.stack == stack else ():
            if window.rate and {"50", "99"} <= set(window.latency) and run.undisturbed(window):
                yield window.rate, window.latency


_MEASURED: Mapping[str, Callable[[BenchmarksView, str], Here]] = {
    "requests-per-second": _requests,
    "memory": _memory,
    "latency": _latency,
}
