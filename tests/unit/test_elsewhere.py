"""Other people's benchmarks and the figures of articles, beside what was measured here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from macros import schema
from macros.plugin.pages import page_specs
from macros.rendering.environment import Renderer
from macros.schema.measured.benchmarks import Window
from macros.schema.routes import BENCHMARKS_ELSEWHERE
from macros.views.article_figures import article_figures
from macros.views.elsewhere import elsewhere_view, state
from macros.views.entries import entry_view
from macros.views.guide import Heard, heard
from macros.views.site import Site

TODAY = date(2026, 11, 20)
STATED = {"name": "A", "link": "https://a.example.org/", "by": "B", "statements": ()}


def benchmark(**days):
    return schema.OutsideBenchmark.model_construct(**STATED, ended=days.get("ended"), last_run=days.get("last_run"))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"ended": date(2026, 3, 24), "last_run": date(2026, 3, 1)}, "ended on 24 Mar 2026"),
        ({"last_run": date(2025, 11, 20)}, "active, newest run found 20 Nov 2025"),
        ({"last_run": date(2025, 11, 19)}, "no newer run found than 19 Nov 2025"),
        ({}, "no dated run found"),
    ],
)
def test_a_benchmark_says_whether_it_is_still_run(days, expected):
    assert state(benchmark(**days), TODAY) == expected


def test_what_has_ended_comes_last_and_statements_have_an_order(site):
    view = elsewhere_view(site)
    assert [one.id for one in view.benchmarks] == ["race", "old-race"]
    assert [label for label, _ in view.benchmarks[0].statements] == ["What it measures", "Load"]
    assert [(article.name, line) for article, line in view.benchmarks[0].mentions] == [("A review", 9)]


def test_a_result_stands_beside_our_costs_and_says_how_far_the_orders_agree(site):
    (result,) = elsewhere_view(site).benchmarks[0].results
    costs = site.catalog.measured["cpu-per-request"].values
    assert [row.entry.id for row in result.rows] == ["beta", "alpha", "gamma", "delta"]
    assert [row.value for row in result.rows] == ["2,000", "1,000", "900.5", "10"]
    assert [row.here for row in result.rows] == [
        costs[name].value if name in costs else None for name in ("beta", "alpha", "gamma", "delta")
    ]
    assert result.agreement.startswith("Pairs in the same order here: ")


@pytest.mark.parametrize(
    ("costs", "expected"),
    [
        ({"beta": 10, "alpha": 20, "gamma": 30}, ("3 of 3", "0", "0")),
        ({"beta": 30, "alpha": 20, "gamma": 10}, ("0 of 3", "3", "0")),
        ({"beta": 10, "alpha": 10.5, "gamma": 30}, ("2 of 3", "0", "1")),
        ({"beta": 10, "alpha": 10.6, "gamma": 30}, ("3 of 3", "0", "0")),
    ],
)
def test_two_are_tied_here_within_the_limit_of_the_benchmarks(site, costs, expected):
    measure = site.catalog.measured["cpu-per-request"]
    one = next(iter(measure.values.values()))
    values = {name: one.model_copy(update={"value": float(value)}) for name, value in costs.items()}
    measured = {**site.catalog.measured, "cpu-per-request": measure.model_copy(update={"values": values})}
    (result,) = elsewhere_view(Site(replace(site.catalog, measured=measured))).benchmarks[0].results
    same, opposite, tied = expected
    assert result.agreement == (
        f"Pairs in the same order here: {same}; in the opposite order: {opposite}; "
        f"tied in one of the two lists: {tied}."
    )


def test_less_is_better_puts_the_least_first(site):
    record = site.catalog.outside_benchmarks["race"]
    turned = record.model_copy(update={"results": (record.results[0].model_copy(update={"better": "less"}),)})
    catalog = replace(site.catalog, outside_benchmarks={"race": turned})
    (result,) = elsewhere_view(Site(catalog)).benchmarks[0].results
    assert [row.entry.id for row in result.rows] == ["delta", "gamma", "alpha", "beta"]


def test_figures_of_articles_stand_beside_what_was_measured(site):
    found = {(row.entry.id, row.counts): row.here for row in article_figures(site)}
    workload = next(view for view in site.benchmarks.workloads if view.id == "json")
    alpha = next(row for row in workload.rows if row.id == "alpha-own")
    beta = next(row for row in site.benchmarks.processes if row.id == "beta")
    expected = alpha.per_second if alpha.per_second == "not comparable" else f"{alpha.per_second} a second"
    assert found["alpha", "requests a second"].text == expected
    assert found["alpha", "requests a second"].address == "benchmarks/json/"
    assert found["beta", "memory"].text == beta.loaded
    assert found["alpha", "latency"].text == "", "no window with a fixed rate was measured"
    assert found["delta", "requests a second"].text == "", "no stack of it was measured"
    assert found["alpha", "stars on GitHub"].text == "", "its stars were not counted"


def test_latency_comes_from_undisturbed_windows_with_a_fixed_rate(site):
    ((name, run),) = site.catalog.readings.benchmarks.items()
    window = Window(
        workload="json", connections=16, requests=500, seconds=5.0, processor=1.0, load=0.1, foreign=0.01,
        rate=100.0, latency={"50": 1.5, "90": 2.0, "99": 3.25},
    )  # fmt: skip
    loud = window.model_copy(update={"foreign": 1.0, "latency": {"50": 90.0, "90": 90.0, "99": 90.0}})
    visits = tuple(
        visit.model_copy(update={"windows": (*visit.windows, window, loud)}) if visit.stack == "alpha-own" else visit
        for visit in run.visits
        if visit.part == "core"
    )
    readings = replace(site.catalog.readings, benchmarks={name: run.model_copy(update={"visits": visits})})
    measured = Site(replace(site.catalog, readings=readings))
    found = {(row.entry.id, row.counts): row.here for row in article_figures(measured)}
    here = found["alpha", "latency"]
    assert here.text == "1.5 ms; 99 % within 3.25 ms"
    assert here.how.startswith("100 requests a second, each counted from the moment it was due")


def test_stars_and_downloads_are_those_that_were_counted(site):
    measure = site.catalog.measured["cpu-per-request"]
    counted = measure.model_copy(update={"unit": "stars", "values": {"alpha": next(iter(measure.values.values()))}})
    found = article_figures(Site(replace(site.catalog, measured={**site.catalog.measured, "stars": counted})))
    here = next(row.here for row in found if row.figure.counts == "stars")
    assert here.text.endswith(" stars")
    assert here.address == "frameworks/by/stars/"


def page(site):
    spec = next(spec for spec in page_specs(site) if spec.url == BENCHMARKS_ELSEWHERE)
    return Renderer(site)(spec.template, "../../", **spec.context())


def test_the_page_names_source_and_day_of_everything(site):
    html = page(site)
    assert 'href="https://race.example.org/how/"' in html
    assert "“20,000+ requests/s”" in html
    assert "18 Nov 2026" in html


def test_the_page_stands_without_a_run_and_without_any_record(site):
    without = replace(site.catalog, readings=replace(site.catalog.readings, benchmarks={}), measured={})
    assert "not measured yet" in page(Site(without))
    assert "no valid run yet" in page(Site(without))
    articles = {name: article.model_copy(update={"figures": ()}) for name, article in without.articles.items()}
    assert "is recorded yet" in page(Site(replace(without, outside_benchmarks={}, articles=articles)))


def test_official_pages_are_shown_tutorials_first(site):
    view = entry_view(site, site.catalog.entries["alpha"])
    assert [word for word, _ in view.resources] == ["Tutorial", "Security policy"]
    assert entry_view(site, site.catalog.entries["beta"]).resources == ()


def test_the_share_of_witnesses_counts_statements_that_name_an_entry_of_the_kind(site):
    told = [one.agrees for ranking in site.rankings.values() for one in ranking.witnesses]
    assert heard(site.rankings.values()) == Heard(agree=told.count(True), told=len(told) - told.count(None))
    assert Heard(agree=0, told=0).words == ""
    assert Heard(agree=1, told=4).share == 0.25
