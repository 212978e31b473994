"""What the page about other people's benchmarks needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from macros import schema
from macros.catalog.benchmarks import PROTOCOL
from macros.catalog.constants import ACTIVE_DAYS
from macros.catalog.model import Catalog, Entry
from macros.schema.outside_benchmarks import ASPECTS
from macros.views.article_figures import ArticleFigureRow, article_figures
from macros.views.benchmarks import RunView
from macros.views.site import Site
from macros.views.text import long_date, number

COST = "cpu-per-request"
"""The measure that is set beside their figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """An entry in a result: its figure and place there, and what a request costs here."""

    entry: Entry
    figure: schema.OutsideFigure
    value: str
    here: float | None
    """Processor time a request, in the unit of the measure; None if it is not measured."""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """A result, the best entry first, and how far its order agrees with ours."""

    record: schema.OutsideResult
    rows: tuple[FigureRow, ...]
    agreement: str

    @property
    def compared(self) -> bool:
        """Return whether any of its entries was measured here."""
        return any(row.text for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideView:
    """Somebody else's benchmark."""

    id: str
    record: schema.OutsideBenchmark
    state: str
    statements: tuple[tuple[str, schema.BenchmarkStatement], ...]
    mentions: tuple[tuple[schema.Article, int], ...]
    results: tuple[ResultView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElsewhereView:
    """The page: benchmarks, those with the newest run first, and the figures of articles."""

    benchmarks: tuple[OutsideView, ...]
    figures: tuple[ArticleFigureRow, ...]
    newest: RunView | None

    @property
    def measured(self) -> int:
        """Return how many figures of articles have one of ours beside them."""
        return sum(1 for row in self.figures if row.here.text)


def elsewhere_view(site: Site) -> ElsewhereView | None:
    """Return what the page shows, or None if there is no benchmark and no figure."""
    catalog = site.catalog
    found = [_outside(catalog, name, record) for name, record in catalog.outside_benchmarks.items()]
    figures = article_figures(site)
    if not found and not figures:
        return None
    found.sort(key=lambda view: (bool(view.record.ended), -(view.record.last_run or date.min).toordinal(), view.id))
    newest = site.benchmarks.newest if site.benchmarks else None
    return ElsewhereView(benchmarks=tuple(found), figures=figures, newest=newest)


def _outside(catalog: Catalog, name: str, record: schema.OutsideBenchmark) -> OutsideView:
    said = {statement.about: statement for statement in record.statements}
    return OutsideView(
        id=name,
        record=record,
        state=state(record, catalog.today),
        statements=tuple((label, said[about]) for about, label in ASPECTS.items() if about in said),
        mentions=tuple((catalog.articles[one.article], one.line) for one in record.mentions),
        results=tuple(_result(catalog, result) for result in record.results),
    )


def state(record: schema.OutsideBenchmark, today: date) -> str:
    """Return in a few words whether a benchmark is still run."""
    if record.ended:
        return f"ended on {long_date(record.ended)}"
    if record.last_run is None:
        return "no dated run found"
    last = long_date(record.last_run)
    active = (today - record.last_run).days <= ACTIVE_DAYS
    return f"active, newest run found {last}" if active else f"no newer run found than {last}"


def _result(catalog: Catalog, record: schema.OutsideResult) -> ResultView:
    measure = catalog.measured.get(COST)
    ours = measure.values if measure else {}
    rows = [
        FigureRow(
            entry=catalog.entries[name],
            figure=figure,
            value=number(figure.value),
            here=ours[name].value if name in ours else None,
            text=f"{number(ours[name].value)} {measure.unit}" if measure and name in ours else "",
        )
        for name, figure in record.figures.items()
    ]
    rows.sort(key=lambda row: row.figure.value, reverse=record.better == "more")
    return ResultView(record=record, rows=tuple(rows), agreement=agreement(rows))


def agreement(rows: Sequence[FigureRow]) -> str:
    """Return how many pairs of entries are in the same order here; the best of theirs comes first.

    Two are tied here if their costs differ by no more than the benchmarks' own limit. Nothing is said without a pair.
    """
    words = Counter(_order(one, other) for one, other in combinations(rows, 2))
    pairs = words["same"] + words["opposite"] + words["tied"]
    if not pairs:
        return ""
    return (
        f"Pairs in the same order here: {words['same']} of {pairs}; in the opposite order: {words['opposite']}; "
        f"tied in one of the two lists: {words['tied']}."
    )


def _order(one: FigureRow, other: FigureRow) -> str:
    if one.here is None or other.here is None:
        return "unknown"
    least, most = sorted((one.here, other.here))
    if one.figure.value == other.figure.value or most <= (1 + PROTOCOL.tie) * least:
        return "tied"
    return "same" if one.here < other.here else "opposite"
