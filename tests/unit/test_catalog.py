"""The frozen model: what is linked and counted."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest
from pydantic import ValidationError

from macros.catalog.model import pair_url
from macros.checks.load import InvalidDataError, load
from macros.reading.folders import Folders


def edges(entry):
    return [(edge.label, edge.entry or edge.outside.name) for edge in entry.edges]


def test_what_is_inherited_says_so_and_keeps_its_evidence(catalog):
    own, inherited = catalog.entries["alpha"].facts["orm"], catalog.entries["alpha-rest"].facts["orm"]
    assert inherited == replace(own, inherited_from="alpha", of="Alpha")
    assert own.inherited_from is None
    assert (inherited.value, inherited.source, inherited.version) == ("built-in", own.source, "2.10")


def test_nothing_is_inherited_that_is_not_named(catalog):
    rest = catalog.entries["alpha-rest"]
    assert "websockets" not in rest.facts
    assert rest.facts["licence"].inherited_from is None


def test_facts_stand_in_the_order_of_the_criteria(catalog):
    for entry in catalog.entries.values():
        assert list(entry.facts) == [name for name in entry.asked if name in entry.facts]


def test_a_short_fact_and_a_long_one_are_the_same(catalog):
    beta = catalog.entries["beta"].facts
    assert (beta["admin"].value, beta["admin"].note, beta["admin"].via) == ("by-hand", None, ())
    assert (beta["async-handlers"].value, beta["async-handlers"].note) == (
        "partial",
        "One event loop for each request.",
    )
    assert beta["orm"].via == ("pkg:pypi/mapper", "alpha")
    assert catalog.entries["alpha"].facts["asgi-native"].since == "2.0"


def test_a_fact_knows_what_its_value_means(catalog):
    alpha = catalog.entries["alpha"].facts
    assert (alpha["websockets"].meaning.label, alpha["websockets"].credit) == ("official package", 0.8)
    assert (alpha["scope"].meaning.label, alpha["scope"].credit) == ("full-stack", None)
    assert (alpha["licence"].meaning, alpha["licence"].credit) == (None, None)
    assert catalog.entries["gamma"].facts["orm"].credit is None


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("alpha", [("base of", "alpha-rest")]),
        ("alpha-rest", [("built on", "alpha")]),
        ("beta", [("fork of", "Omega"), ("successor of", "delta")]),
        ("delta", [("succeeded by", "beta")]),
        ("motor", [("renamed from", "Engine"), ("not to be confused with", "wheel")]),
        ("wheel", [("not to be confused with", "motor")]),
        ("gamma", []),
    ],
)
def test_an_edge_is_seen_from_both_ends(catalog, entry, expected):
    assert edges(catalog.entries[entry]) == expected


def test_an_edge_has_its_note_and_evidence_at_both_ends(catalog):
    there, back = catalog.entries["delta"].edges[0], catalog.entries["beta"].edges[1]
    assert there.source == back.source == "https://delta.example.org/end/"
    assert there.checked == back.checked == date(2026, 11, 20)
    assert catalog.entries["alpha"].edges[0].note == "It serialises Alpha's models."


def test_used_with_holds_for_both_whoever_says_it(catalog):
    assert catalog.entries["alpha"].used_with == ("motor",)
    assert catalog.entries["motor"].used_with == ("beta", "alpha")
    assert catalog.entries["beta"].used_with == ("motor",)


@pytest.mark.parametrize(
    ("entry", "answered", "asked"),
    [("alpha", 8, 8), ("beta", 8, 8), ("gamma", 5, 7), ("alpha-rest", 6, 8), ("delta", 3, 8), ("wheel", 2, 3)],
)
def test_coverage_counts_what_is_asked_of_the_language(catalog, entry, answered, asked):
    found = catalog.entries[entry]
    assert (found.answered, len(found.asked)) == (answered, asked)
    assert found.coverage == answered / asked


def test_a_criterion_of_one_language_is_not_asked_of_another(catalog):
    assert "asgi-native" in catalog.entries["alpha"].asked
    assert "asgi-native" not in catalog.entries["gamma"].asked


def test_the_newest_version_comes_from_the_pages_of_the_entry_itself(catalog):
    versions = {name: entry.newest_version for name, entry in catalog.entries.items()}
    assert versions["alpha"] == "2.10"
    assert versions["gamma"] == "v22.1.0-rc.1"
    assert versions["beta"] is None
    assert versions["alpha-rest"] is None


@pytest.mark.parametrize("version", ["²", "x", ".", "v", "٣.١", "2.9 <b>"])
def test_a_version_may_be_any_text(catalog, version):
    alpha = catalog.entries["alpha"]
    facts = {name: replace(fact, version=version) for name, fact in alpha.facts.items()}
    assert replace(alpha, facts=facts).newest_version == version


def test_an_entry_knows_its_pages_and_its_last_reading(catalog):
    alpha = catalog.entries["alpha"]
    assert alpha.last_checked == date(2026, 11, 20)
    assert len(alpha.sources) == 4
    assert (alpha.url, alpha.name, alpha.tile) == ("frameworks/alpha/", "Alpha", "Al")


def test_kinds_ratings_and_matrices_stand_by_position(catalog):
    assert list(catalog.kinds) == ["frameworks", "servers"]
    assert list(catalog.matrices) == ["ratings", "overview"]
    assert list(catalog.ratings)[:3] == ["features", "asynchrony", "speed"]


def test_entries_of_a_kind_stand_by_name(catalog):
    assert [entry.id for entry in catalog.of_kind("frameworks")] == ["alpha", "alpha-rest", "beta", "delta", "gamma"]
    assert catalog.of_kind("nothing") == ()


def test_every_two_entries_of_a_kind_are_a_pair_once_in_the_order_of_ids(catalog):
    pairs = [(one.id, other.id) for one, other in catalog.pairs("frameworks")]
    assert len(pairs) == len(set(pairs)) == 10
    assert all(one < other for one, other in pairs)
    assert pairs == sorted(pairs)
    assert [(one.id, other.id) for one, other in catalog.pairs("servers")] == [("motor", "wheel")]
    assert catalog.pair_count == 11


def test_a_pair_has_one_address_from_both_ends(catalog):
    alpha, beta = catalog.entries["alpha"], catalog.entries["beta"]
    assert pair_url(alpha, beta) == pair_url(beta, alpha) == "compare/alpha-vs-beta/"


def test_counts(catalog):
    assert catalog.fact_count == 8 + 8 + 5 + 6 + 3 + 3 + 2
    assert catalog.source_count == 4 + 1 + 1 + 1 + 1 + 1 + 1


def test_shared_criteria_and_scales_are_resolved(catalog):
    frameworks, servers = catalog.kinds["frameworks"], catalog.kinds["servers"]
    assert frameworks.criteria["licence"].question == servers.criteria["licence"].question
    assert frameworks.criteria["licence"].values == {}
    assert list(frameworks.criteria["docs-tutorial"].values) == ["present", "absent"]
    assert frameworks.groups["project"] == ("licence", "docs-tutorial")
    assert frameworks.criteria["orm"].group == "data"


def test_the_model_is_frozen(catalog):
    with pytest.raises(FrozenInstanceError):
        catalog.entries["alpha"].facts["orm"].value = "none"
    with pytest.raises(FrozenInstanceError):
        catalog.entries["alpha"].kind = "servers"
    with pytest.raises(ValidationError):
        catalog.entries["alpha"].record.name = "Omega"


def test_what_is_not_in_order_is_not_loaded(data, today, problems_of):
    (data / "frameworks/gamma.yml").unlink()
    (data / "frameworks/beta.yml").write_text("name: Beta", encoding="utf-8")
    with pytest.raises(InvalidDataError) as caught:
        load(Folders.around(data), today)
    assert list(map(str, caught.value.problems)) == problems_of(data)
    assert str(caught.value) == "\n".join(problems_of(data))
    assert len(caught.value.problems) > 5
