"""Own weights: the data that the page reads, and one scoring in two languages, on every use case of the catalog."""

from __future__ import annotations

import gzip
import json
import subprocess
from dataclasses import replace

import pytest

from macros.plugin.files import file_specs
from macros.schema.routes import YOURS, YOURS_DATA
from macros.views.site import Site
from macros.views.yours import INHERITED, MACHINE, QUESTIONS, READER, RUN, Lists, yours_file, yours_view
from tests import scoring
from tools import npm
from tools.preview import ROOT

MOST_BYTES = 100 * 1024
"""Packed with gzip. It is read when the page is used."""


@pytest.fixture(scope="module")
def node() -> str:
    return npm.commands("a test")[0]


@pytest.fixture(scope="module")
def everything(real) -> bytes:
    return yours_file(Site(real))


def in_javascript(node, file, queries):
    """Return what the script of the page makes of these queries."""
    command = [node, str(ROOT / "tests" / "js" / "decide.js"), str(file)]
    done = subprocess.run(command, input=json.dumps(queries), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def near(own, other):
    """Return whether two values are the same, numbers but for their last digits."""
    if isinstance(other, dict):
        return own.keys() == other.keys() and all(near(own[name], value) for name, value in other.items())
    if isinstance(other, list):
        return len(own) == len(other) and all(near(one, value) for one, value in zip(own, other, strict=True))
    return own == pytest.approx(other, abs=1e-9) if isinstance(other, float) else own == other


def test_the_cases_are_what_python_computes(catalog):
    """If the rules have changed on purpose: python -m tests.scoring."""
    assert json.loads(scoring.FILE.read_text(encoding="utf-8")) == json.loads(json.dumps(scoring.written(catalog)))


def test_the_script_ranks_every_use_case_as_its_page_does(real, everything, node, tmp_path):
    (tmp_path / "data.json").write_bytes(everything)
    found = in_javascript(node, tmp_path / "data.json", [f"case={name}" for name in real.use_cases])
    for name, own in zip(real.use_cases, found, strict=True):
        assert own.pop("notes") == []
        assert near(own, json.loads(json.dumps(scoring.ranked(real, name, {})))), name


def test_the_script_ranks_changed_use_cases_as_python_would(real, everything, node, tmp_path):
    """Every weight of a case but its lightest doubled in turn, in the case with most weights."""
    (tmp_path / "data.json").write_bytes(everything)
    name = max(real.use_cases, key=lambda one: len(real.use_cases[one].weights))
    weights = real.use_cases[name].weights
    queries = [f"case={name}&lasts=less&w={one}:{2 * weight.weight:g}" for one, weight in weights.items()]
    found = in_javascript(node, tmp_path / "data.json", queries)
    for (one, weight), own in zip(weights.items(), found, strict=True):
        assert own.pop("notes") == []
        doubled = {**weights, one: weight.model_copy(update={"weight": 2 * weight.weight})}
        expected = scoring.ranked(real, name, {"lasts": "less", "weights": doubled})
        assert near(own, json.loads(json.dumps(expected))), one


def test_the_data_is_light(everything, record_property):
    packed = len(gzip.compress(everything, 6))
    record_property("KiB of the data of own weights, packed", round(packed / 1024, 1))
    assert packed <= MOST_BYTES


def test_a_fact_brings_its_page_its_day_and_what_confirms_it(catalog):
    data = json.loads(yours_file(Site(catalog)))
    for kind in data["kinds"]:
        for entry in kind["entries"]:
            known = catalog.entries[entry["id"]]
            assert (entry["name"], entry["told"], entry["language"]) == (known.name, known.told, known.record.language)
            for criterion in kind["criteria"]:
                fact, own = known.facts.get(criterion["id"]), entry["facts"].get(criterion["id"])
                assert (fact is None) == (own is None)
                if fact:
                    value, source, day, proof = own
                    assert criterion["values"][value][:2] == [fact.value, fact.text]
                    assert kind["sources"][source] == fact.source
                    assert kind["days"][day] == fact.checked.isoformat()
                    assert (proof >= INHERITED) == bool(fact.inherited_from)


@pytest.mark.parametrize(
    ("proof", "is_such"),
    [
        (READER, lambda fact: fact.proof == "reader"),
        (MACHINE, lambda fact: fact.proof in ("words", "absence") and not fact.confirmations),
        (RUN, lambda fact: bool(fact.confirmations)),
    ],
)
def test_what_confirms_a_fact_is_told_from_least_to_most(catalog, proof, is_such):
    lists = Lists.of(catalog, catalog.kinds["frameworks"])
    facts = (fact for entry in catalog.of_kind("frameworks") for fact in entry.facts.values())
    found = [fact for fact in facts if fact.criterion.values and not fact.is_demonstrated and is_such(fact)]
    assert found, "the good data has no such fact"
    assert {lists.fact(fact, list(fact.criterion.values))[3] % INHERITED for fact in found} == {proof}


def test_the_version_is_that_of_the_content(catalog):
    before = json.loads(yours_file(Site(catalog)))
    entry = catalog.entries["alpha"]
    renamed = replace(entry, record=entry.record.model_copy(update={"name": "Alpha <b>"}))
    after = json.loads(yours_file(Site(replace(catalog, entries={**catalog.entries, "alpha": renamed}))))
    assert before["version"] == json.loads(yours_file(Site(catalog)))["version"]
    assert before["version"] != after["version"]


def test_questions_ask_for_values_that_their_criteria_have(real):
    for question in QUESTIONS:
        asked = [
            kind.criteria[question.criterion] for kind in real.kinds.values() if question.criterion in kind.criteria
        ]
        assert asked, question.criterion
        for criterion in asked:
            assert {value for _, values in question.answers for value in values} <= set(criterion.values)
    for kind in real.kinds.values():
        assert 3 + sum(one.criterion in kind.criteria for one in QUESTIONS) <= 6, kind.id


def test_a_weight_has_one_meaning(real):
    """A criterion, a rating and a figure of a kind with one id could not be told apart in an address."""
    for kind in json.loads(yours_file(Site(real)))["kinds"]:
        ids = [*(one["id"] for one in kind["criteria"]), *kind["ratings"], *kind["figures"]]
        assert len(ids) == len(set(ids)), kind["id"]


def test_the_page_offers_every_use_case(site):
    offered = [name for _, cases in yours_view(site).groups for name, _ in cases]
    assert sorted(offered) == sorted(site.catalog.use_cases)


def test_the_file_is_published_below_its_page(site):
    assert YOURS_DATA in [spec.path for spec in file_specs(site, "")]
    assert YOURS_DATA.startswith(YOURS)


def test_without_a_use_case_there_is_neither(catalog):
    empty = Site(replace(catalog, use_cases={}))
    assert YOURS_DATA not in [spec.path for spec in file_specs(empty, "")]
