"""What the site makes of a run of the benchmarks."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
from pydantic import ValidationError

from macros.catalog.benchmarks import benchmark_measures, cost, newest_valid, stacks_of
from macros.catalog.ratings import score
from macros.plugin.pages import page_specs
from macros.reading.measurements import load
from macros.rendering.environment import Renderer
from macros.schema.measured.benchmarks import (
    BenchmarkRun,
    Window,
)
from macros.schema.ratings import First
from macros.views.benchmarks import benchmarks_view
from macros.views.costs import pair_costs
from macros.views.dots import dot_plot, figure
from macros.views.site import Site

KNOWN = {"alpha", "beta", "gamma"}


def window(workload, *, foreign=0.01):
    return Window(
        workload=workload, connections=16, requests=10_000, seconds=1.0, processor=0.98, load=0.3, foreign=foreign
    )


@pytest.fixture
def run(catalog):
    return catalog.readings.benchmarks["2026-11-18"]


@pytest.fixture
def without(catalog):
    """Return the catalog without a run."""
    return replace(catalog, readings=replace(catalog.readings, benchmarks={}))


@pytest.fixture
def benched(catalog):
    return Site(catalog)


def void(run, **update):
    controls = tuple(control.model_copy(update={"valid": False}) for control in run.controls)
    return run.model_copy(update={"controls": controls, **update})


def test_the_newest_valid_run_counts(run):
    older = run.model_copy(update={"moment": "2026-11-01T20:00:00Z"})
    later = void(run, moment="2026-11-19T20:00:00Z")
    quick = run.model_copy(update={"moment": "2026-11-19T20:00:00Z", "profile": "quick"})
    assert newest_valid({"a": older, "b": run, "c": later, "d": quick}) is run
    assert newest_valid({"d": quick}) is quick
    assert newest_valid({"c": later, "e": run.model_copy(update={"controls": ()})}) is None


def test_a_run_says_why_it_is_void(run):
    disturbed = tuple(visit.model_copy(update={"windows": (window("json", foreign=1.24),)}) for visit in run.visits)
    assert run.void == ""
    assert run.model_copy(update={"controls": ()}).void == "it has no control"
    assert void(run).void == "its control differs from itself by 1 %"
    assert run.model_copy(update={"visits": disturbed}).void == "everything else kept 1.2 cores busy"


def test_a_void_run_ranks_nothing(catalog, run):
    assert benchmark_measures({"c": void(run)}, KNOWN) == {}
    assert benchmarks_view(replace(catalog, readings=replace(catalog.readings, benchmarks={"c": void(run)}))) is None


def test_an_entry_stands_on_the_server_that_is_recommended(run):
    assert stacks_of(run) == {"alpha": "alpha-own", "beta": "beta", "gamma": "gamma"}


def test_a_dear_workload_does_not_decide_alone():
    def order(_, workload):
        median = {"json": 10.0, "items": 10.0, "post": 10_000.0}[workload]
        return SimpleNamespace(estimates={"a": SimpleNamespace(median=median)})

    assert cost(SimpleNamespace(order=order), "processor", "a") == pytest.approx(100.0)
    assert cost(SimpleNamespace(order=order), "processor", "b") is None


def test_measures_are_the_mean_of_the_rated_workloads(run):
    found = benchmark_measures({"b": run}, KNOWN)
    assert {entry: one.value for entry, one in found["cpu-per-request"].values.items()} == {
        "alpha": 90, "beta": 102, "gamma": 300,
    }  # fmt: skip
    assert set(found["instructions-per-request"].values) == {"alpha", "beta"}
    assert set(benchmark_measures({"b": run}, {"beta"})["cpu-per-request"].values) == {"beta"}


@pytest.mark.parametrize(
    ("processor", "instructions", "expected"),
    [
        ((100, 104, 300), (None, None, None), [5.0, 5.0, 0.0]),
        ((100, 106, 300), (None, None, None), [5.0, 2.5, 0.0]),
        ((100, 101, 300), (900, 800, None), [2.5, 5.0, 0.0]),
        ((100, 200, 300), (900, 910, None), [5.0, 2.5, 0.0]),
    ],
)
def test_instructions_come_first_and_ties_are_equal(catalog, run, processor, instructions, expected):
    names, measured = ("alpha", "beta", "gamma"), benchmark_measures({"b": run}, KNOWN)
    for name, figures in (("cpu-per-request", processor), ("instructions-per-request", instructions)):
        one = measured[name].values["alpha"]
        values = {entry: one.model_copy(update={"value": float(value)})
                  for entry, value in zip(names, figures, strict=True) if value}  # fmt: skip
        measured[name] = measured[name].model_copy(update={"values": values})
    rating = catalog.ratings["speed"]
    first = First(measure="instructions-per-request", tie=0.03)
    rating = rating.model_copy(update={"rule": rating.rule.model_copy(update={"tie": 0.05, "first": first})})
    changed = replace(catalog, measured=measured, ratings={**catalog.ratings, "speed": rating})
    assert [score(changed, changed.entries[name], "speed").value for name in names] == expected


def test_a_workload_shows_bands_floors_and_what_is_comparable(benched):
    view = benchmarks_view(benched.catalog)
    json_view = next(one for one in view.workloads if one.id == "json")
    rows = {row.id: row for row in json_view.rows}
    assert [*rows] == ["raw-asgi", "alpha-own", "alpha", "beta", "gamma"]
    assert rows["alpha"].costs["processor"].above == "+80"
    assert (rows["alpha"].costs["processor"].band, rows["alpha"].costs["processor"].tied) == (3, 1)
    assert rows["gamma"].costs["instructions"] is None
    assert rows["alpha"].per_second == "10,000"
    assert rows["beta"].per_second == "not comparable"
    assert rows["alpha"].per_month == figure(30 * 24 * 3600 / 100)
    assert [row.held for row in view.processes] == ["10.2 KiB"] * 5


def test_a_pair_has_its_ratio_from_either_side(benched):
    view = benched.benchmarks
    for one, other, expected in (("alpha", "gamma", "0.30 (0.30 to 0.30)"), ("gamma", "alpha", "3.33 (3.30 to 3.37)")):
        row = pair_costs(view, one, other).rows[0]
        assert row.ratios == {"instructions": "", "processor": expected}
    assert pair_costs(view, "beta", "alpha").rows[0].ratios["instructions"] == "1.14 (1.13 to 1.15)"
    assert pair_costs(view, "alpha", "motor") is None
    assert pair_costs(None, "alpha", "beta") is None


def test_a_plot_has_every_stack_within_its_axis(run):
    chart = dot_plot(run, run.orders[1])
    assert [dot.label for dot in chart.dots] == ["Bare", "Alpha alone", "Alpha", "Beta", "Gamma"]
    assert [dot.shape for dot in chart.dots] == ["floor", "recommended", "same", "recommended", "recommended"]
    assert all(chart.left <= dot.low < dot.x < dot.high <= chart.right for dot in chart.dots)
    assert len(chart.bands) == 2
    assert sorted(dot.y for dot in chart.dots) == [dot.y for dot in chart.dots]


@pytest.mark.parametrize(("value", "text"), [(7.254, "7.25"), (72.54, "72.5"), (725.4, "725"), (7254, "7,250")])
def test_figures_have_three_digits(value, text):
    assert figure(value) == text


def test_the_pages_are_rendered_with_a_run_and_without(benched, without):
    for site, count in ((benched, 8), (Site(without), 3)):
        renderer = Renderer(site)
        specs = [spec for spec in page_specs(site) if spec.url.startswith("benchmarks/")]
        assert len(specs) == count
        text = {spec.url: renderer(spec.template, "../" * spec.url.count("/"), **spec.context()) for spec in specs}
        assert "<h1>Benchmarks</h1>" in text["benchmarks/"]
        assert ("no valid run yet" in text["benchmarks/"]) is (site is not benched)
        if site is benched:
            assert "status 500 &lt;b&gt;instead&lt;/b&gt; of 200" in text["benchmarks/post/"]


@pytest.mark.parametrize("ending", [".json", ".json.gz"])
def test_a_run_is_read_as_it_was_written(tmp_path, run, ending):
    folder = tmp_path / "measured" / "benchmarks"
    folder.mkdir(parents=True)
    content = json.dumps(run.model_dump(mode="json", by_alias=True, exclude_defaults=True)).encode()
    file = folder / f"2026-11-18{ending}"
    file.write_bytes(gzip.compress(content) if ending.endswith("gz") else content)
    found, problems = load(tmp_path, "data")
    assert not problems
    assert found.benchmarks == {"2026-11-18": run}


def test_a_broken_archive_is_a_problem_with_its_cure(tmp_path):
    folder = tmp_path / "measured" / "benchmarks"
    folder.mkdir(parents=True)
    (folder / "2026-11-18.json.gz").write_bytes(gzip.compress(b"{}" * 999)[:20])
    _, problems = load(tmp_path, "data")
    assert [problem.message for problem in problems] == [
        "The file is not whole gzip. A program writes this file: run python -m lab bench."
    ]


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (("visits", 0, "stack"), "names the stack nobody, which is not in stacks"),
        (("controls", 0, "workload"), "names the workload nobody, which is not in workloads"),
        (("stacks", "alpha", "floor"), "names the stack nobody, which is not in stacks"),
        (("orders", 0, "bands", 0, "stacks", 0), "whose estimates and bands are not of the same stacks"),
    ],
)
def test_a_run_names_what_it_lists(run, place, told):
    data = run.model_dump(mode="json", by_alias=True, exclude_none=True)
    here = data
    for step in place[:-1]:
        here = here[step]
    here[place[-1]] = "nobody"
    with pytest.raises(ValidationError, match=told):
        BenchmarkRun.model_validate(data, by_name=False)
