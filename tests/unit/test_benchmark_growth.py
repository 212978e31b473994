"""What the pages say of growing costs, of latency and of handlers that wait."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lab.bench import kit
from macros.catalog.benchmarks import WAITED
from macros.plugin.pages import page_specs
from macros.rendering.environment import Renderer
from macros.schema.measured.benchmarks import Growth, Visit, Window
from macros.views.benchmark_growth import growth_sections
from macros.views.benchmark_times import latency_view, waiting_view
from macros.views.site import Site


@pytest.fixture
def run(catalog):
    return catalog.readings.benchmarks["2026-11-18"]


def growth(stack, points, words, growing="rows", exponent=1.0):
    low, high = exponent - 0.1, exponent + 0.1
    return Growth(growing=growing, stack=stack, points=points, exponent=exponent, low=low, high=high, words=words)


def visit(stack, *windows, again=False):
    return Visit(part="latency", round=0, place=0, stack=stack, again=again, windows=windows)


def steady(p50, p99, *, foreign=0.01):
    return Window(
        workload="json", connections=64, requests=800, seconds=4, processor=0.1, load=0.2, foreign=foreign, rate=200,
        latency={"50": p50, "99": p99},
    )  # fmt: skip


def waiting(at_once, requests, *, foreign=0.01):
    return Window(
        workload=f"wait-{at_once}", connections=at_once, requests=requests, seconds=2, processor=0.1, load=0.1,
        foreign=foreign,
    )  # fmt: skip


def with_visits(run, *visits):
    return run.model_copy(update={"visits": visits})


def test_the_handler_waits_as_long_as_the_page_says():
    assert kit.WAIT == WAITED


def test_plots_of_a_section_have_the_same_axes_and_lie_within_them(run):
    found = run.model_copy(
        update={
            "growth": (
                growth("alpha", ((2, 20), (20, 200), (200, 2000)), "grows linearly: 100 times as much at 200 as at 2"),
                growth("beta", ((2, 30), (200, 31)), "hardly grows: 1.03 times as much at 200 as at 2", exponent=0.01),
                growth("gamma", ((2, 50), (200, 55)), "hardly grows: 1.10 times as much at 200 as at 2", exponent=0.02),
            )
        }
    )
    (section,) = growth_sections(found)
    assert section.sentence == "2 hardly grow, 1 grows linearly"
    assert (section.first, section.last) == ("2", "200")
    assert [label for _, label in section.lines] == ["10", "100", "1,000", "10,000"]
    assert [curve.id for curve in section.curves] == ["alpha", "beta", "gamma"]
    places = [point for curve in section.curves for point in curve.points]
    assert all(section.left <= x <= section.right and section.top <= y <= section.bottom for x, y in places)
    linear = section.curves[0].points
    assert linear[0][1] - linear[1][1] == pytest.approx(linear[1][1] - linear[2][1], abs=0.1)
    assert section.curves[0].exponent == "1.00 (0.90 to 1.10)"


def test_what_grows_from_zero_has_a_place_for_zero(run):
    found = run.model_copy(
        update={"growth": (growth("alpha", ((0, 40), (5, 41), (20, 42)), "hardly grows: x", "middleware"),)}
    )
    (section,) = growth_sections(found)
    places = [x for x, _ in section.curves[0].points]
    assert (places[0], places[-1]) == (section.left, section.right)


def test_latency_is_the_median_of_undisturbed_windows_the_least_first(run):
    found = with_visits(
        run,
        visit("alpha", steady(2.0, 9.0), steady(4.0, 11.0), steady(90.0, 99.0, foreign=0.9)),
        visit("alpha", steady(500.0, 500.0), again=True),
        visit("beta", steady(1.0, 30.0)),
        visit("gamma", steady(1.0, 2.0, foreign=0.9)),
    )
    view = latency_view(found)
    assert (view.rate, view.connections, view.quantiles) == ("200", "64", ("50", "99"))
    assert view.columns == ("50 %, ms", "99 %, ms", "Windows")
    assert [(row.id, row.figures) for row in view.rows] == [("beta", ("1", "30", "1")), ("alpha", ("3", "10", "2"))]
    assert view.disturbed == (run.stacks["gamma"],)


def test_waiting_is_told_in_answers_a_second_the_most_at_once_first(run):
    found = with_visits(
        run,
        visit("alpha", waiting(1, 36), waiting(50, 1600)),
        visit("beta", waiting(1, 38), waiting(50, 80, foreign=0.9)),
        visit("gamma", waiting(50, 400), Window(workload="wait-1", connections=1, failed="no request was answered")),
    )
    view = waiting_view(found)
    assert (view.milliseconds, view.at_once, view.most) == (50, (1, 50), ("20", "1,000"))
    assert [(row.id, row.figures) for row in view.rows] == [
        ("alpha", ("18", "800")),
        ("gamma", ("none in time", "200")),
        ("beta", ("19", "disturbed")),
    ]


def test_a_run_without_these_parts_has_no_such_page(run):
    core = with_visits(run, *(one for one in run.visits if one.part == "core"))
    assert latency_view(core) is None
    assert waiting_view(core) is None


def test_growth_and_times_come_from_a_newer_run_even_if_it_is_void(catalog, run):
    grown = growth("alpha", ((2, 20), (20, 90), (200, 900)), "grows linearly: 45 times as much at 200 as at 2", "body")
    newer = with_visits(run, visit("alpha", steady(2.0, 9.0))).model_copy(
        update={
            "moment": "2026-11-19T20:00:00Z",
            "growth": (grown,),
            "controls": tuple(one.model_copy(update={"valid": False}) for one in run.controls),
        }
    )
    readings = replace(catalog.readings, benchmarks={"2026-11-18": run, "2026-11-19": newer})
    site = Site(replace(catalog, readings=readings))
    view = site.benchmarks
    assert (view.newest.name, view.grown.name, view.timed.name) == ("2026-11-18", "2026-11-19", "2026-11-19")
    specs = {spec.url: spec for spec in page_specs(site)}
    for url in ("benchmarks/growth/", "benchmarks/waiting/"):
        text = Renderer(site)(specs[url].template, "../../", **specs[url].context())
        assert "Nothing is ranked by this run: its control differs from itself by 1 %" in " ".join(text.split())


def test_the_pages_are_rendered(catalog, run):
    grown = growth("alpha", ((2, 20), (20, 90), (200, 900)), "grows linearly: 45 times as much at 200 as at 2")
    found = with_visits(run, *run.visits, visit("alpha", steady(2.0, 9.0), waiting(50, 1600)))
    found = found.model_copy(update={"growth": (*run.growth, grown)})
    readings = replace(catalog.readings, benchmarks={"2026-11-18": found})
    site = Site(replace(catalog, readings=readings))
    renderer = Renderer(site)
    specs = {spec.url: spec for spec in page_specs(site)}
    text = {
        url: renderer(specs[url].template, "../../", **specs[url].context())
        for url in ("benchmarks/growth/", "benchmarks/waiting/", "benchmarks/")
    }
    assert 'id="rows-alpha-title"' in text["benchmarks/growth/"]
    assert "grows linearly: 45 times as much" in text["benchmarks/growth/"]
    assert 'id="latency-alpha"' in text["benchmarks/waiting/"]
    assert 'href="../../benchmarks/growth/#rows"' in text["benchmarks/"]
