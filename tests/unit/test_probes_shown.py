"""What a probe's answer decides, whose it is, and what the pages say of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from macros.catalog.evidence import probed, shows
from macros.checks.load import load
from macros.reading.folders import Folders
from macros.schema import ProbeRule
from macros.schema.measured.probes import Alone, Release
from macros.views.measurements import behaviour
from tests.unit.test_checks import GAMMA, spoil

FAILS = Alone(answer="fail")
RUN = "measured/probes/gamma.json"
RULE = ProbeRule.model_validate(
    {"id": "x", "pass": ["built-in", "by-default", "official-package", "partial"], "fail": ["none", "by-hand"]}
)


def not_present(data) -> None:
    """Let the only setup of Gamma lack what its probe needs."""
    spoil(data / RUN, '"answer": "pass"', '"answer": "not-present", "reason": "No module named aio"')


@pytest.fixture
def probe(catalog):
    """Return a function that gives the view of the probe with a changed run and a changed answer of Gamma."""

    def of(run=None, **result):
        runs = dict(catalog.readings.runs)
        answer = runs["gamma"].probes["async-handler"].model_copy(update=result)
        runs["gamma"] = runs["gamma"].model_copy(update={**(run or {}), "probes": {"async-handler": answer}})
        (view,) = behaviour(replace(catalog, readings=replace(catalog.readings, runs=runs))).probes
        return view

    return of


# what an answer decides


def test_a_setup_that_lacks_what_a_probe_needs_decides_nothing(data, problems_of, today):

    not_present(data)
    found = load(Folders.around(data), today)
    rule = found.kinds["frameworks"].criteria["async-handlers"].probe
    assert probed(found.readings, "gamma", rule) == ()
    assert found.entries["gamma"].facts["async-handlers"].confirmations == ()
    spoil(data / GAMMA, "async-handlers: built-in", "async-handlers: none")
    assert problems_of(data) == []


def test_a_setup_that_lacks_it_agrees_with_nothing_for_another(data, problems_of):
    """Two setups of Alpha REST: one declares it absent, the other lacks it; the record contradicts the first."""
    spoil(data / "measured/probes/alpha-rest-bare.json", '"answer": "opt-in"', '"answer": "not-present"')
    spoil(data / "frameworks/alpha-rest.yml", "async-handlers: none", "async-handlers: built-in")
    (problem,) = problems_of(data)
    assert 'async-handlers is "built-in", but the probe async-handler of 1.2.0 with motor 1.0 on 2026-11-20' in problem


def test_a_criterion_says_nothing_about_what_is_not_present():
    with pytest.raises(ValueError, match="not-present"):
        ProbeRule.model_validate({"id": "x", "pass": "built-in", "not-present": "none"})
    assert RULE.allowed("not-present") == ()


@pytest.mark.parametrize(
    ("answer", "value", "owner", "shown"),
    [
        ("pass", "built-in", "framework", True),
        ("pass", "built-in", None, True),
        ("pass", "built-in", "server", False),  # the server does it, whatever the framework includes
        ("pass", "by-default", "server", False),
        ("pass", "official-package", "server", True),  # the record says that it comes from elsewhere
        ("pass", "partial", "server", True),
        ("fail", "by-hand", "neither", True),
        ("fail", "none", "server", False),  # the server prevents it
    ],
)
def test_what_the_server_does_says_nothing_of_what_the_framework_includes(answer, value, owner, shown):
    assert shows(RULE, value, answer, owner) is shown


def test_an_answer_comes_with_the_releases_that_ran(catalog):
    rule = catalog.kinds["frameworks"].criteria["async-handlers"].probe
    assert [answer.ran for answer in probed(catalog.readings, "gamma", rule)] == ["22.1.0 with motor 1.0"]
    assert {answer.ran for answer in probed(catalog.readings, "alpha-rest", rule)} == {"1.2.0", "1.2.0 with motor 1.0"}


# what is counted


def test_what_is_not_present_is_counted_apart_from_what_fails(probe):
    view = probe(answer="not-present", reason="No module named aio")
    assert view.summary == (
        "0 of 2 setups pass by default, 1 when it is switched on. 0 behave differently, 1 does not have it. "
        "1 further setup lacks what the question needs."
    )
    assert [cell.run.setup for cell in view.asked] == ["alpha-rest", "alpha-rest-bare"]
    assert {cell.word for cell in view.answered if cell.run.setup == "gamma"} == {"not in this setup"}


def test_passes_of_the_server_are_counted(probe):
    assert probe(owner="framework").summary.endswith("1 does not have it.")
    assert probe(owner="server").summary.endswith("1 does not have it. 1 pass is the server's.")


# whose it is


@pytest.mark.parametrize(
    ("result", "word", "sentence"),
    [
        (
            {"owner": "server", "alone": Alone(answer="pass")},
            "the server's",
            "Without the framework, motor 1.0 passes.",
        ),
        ({"owner": "framework", "alone": FAILS}, "the framework's", "Without the framework, motor 1.0 fails."),
        ({"owner": "neither", "alone": FAILS}, "", "Without the framework, motor 1.0 fails."),
        ({"alone": Alone(answer="pass")}, "", "Without the framework, motor 1.0 passes."),
        ({"owner": "framework"}, "the framework's", "motor 1.0 has nothing of the kind by itself."),
        ({}, "", ""),
    ],
)
def test_a_cell_says_whose_the_answer_is(probe, result, word, sentence):
    cell = probe(**result).answered[-1]
    assert (cell.owner, cell.alone) == (word, sentence)


def test_what_a_framework_with_its_own_server_answers_is_the_frameworks(probe, catalog):
    server = catalog.readings.runs["gamma"].server.model_copy(update={"own": True})
    cell = probe({"server": server}, owner="framework").answered[-1]
    assert (cell.owner, cell.alone) == ("the framework's", "The server is a part of the framework.")


def test_the_page_of_a_probe_names_every_framework_and_server_with_its_release(catalog, site, pages_of):
    pages = pages_of(site)
    page = pages["behaviour/async-handler/"]
    for run in catalog.readings.runs.values():
        block = page.partition(f'id="{run.setup}"')[2].partition("</details>")[0]
        assert block.count(str(run)) == 2, run.setup
        assert str(run.framework) in block
        assert run.server.command in block
    matrix = pages["matrix/behaviour/"]
    assert all(f'<span class="note">{run}</span>' in matrix for run in catalog.readings.runs.values())


def test_a_run_names_a_server_that_is_a_part_of_the_framework_once(catalog):
    run = catalog.readings.runs["gamma"]
    assert str(run) == "gamma 22.1.0 with motor 1.0"
    own = run.server.model_copy(update={"own": True, **dict(Release(name="gamma", version="22.1.0"))})
    assert str(run.model_copy(update={"server": own})) == "gamma 22.1.0"


def test_the_limits_are_those_of_the_last_run(probe):
    later = {"moment": "2026-11-21T07:00:00Z"}
    assert probe(later, thresholds={"waits": "0.3 s"}).thresholds == {"waits": "0.3 s"}
    assert probe({"moment": "2026-11-19T07:00:00Z"}, thresholds={"waits": "0.3 s"}).thresholds == {}
