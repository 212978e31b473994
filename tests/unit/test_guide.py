"""Rankings: who is excluded, who is placed where, and whether the articles agree."""

from __future__ import annotations

from dataclasses import replace

import pytest

from macros import schema
from macros.catalog.rankings import rank
from macros.checks.load import load
from macros.reading.folders import Folders


def places(ranking):
    return [(item.place, item.entry.id, item.low, item.high) for item in ranking.placed]


def reasons(ranking):
    return {
        item.entry.id: [f"{need.criterion}: {fact.value}" for need, fact in item.reasons] for item in ranking.excluded
    }


@pytest.fixture
def ranked(catalog):
    """Return a function that ranks a use case, changed as asked."""

    def changed(name, **changes):
        case = catalog.use_cases[name].model_copy(update=changes)
        return rank(replace(catalog, use_cases={name: case}), name)

    return changed


def test_what_is_not_recorded_widens_points_into_a_range(ranked):
    """Alpha (4 × 1 + 4 × 0.8 + 2 × 0.5) ÷ 10, Gamma 4 + 2 known and 4 unknown, Beta 4 × 0.5.

    Gamma may be better, so that it shares the place.
    """
    assert places(ranked("async-api")) == [(1, "alpha", 82, 82), (1, "gamma", 60, 100), (3, "beta", 20, 20)]


def test_the_sum_is_shown(ranked):
    alpha, gamma, _ = ranked("async-api").placed
    assert [(item.id, item.most, item.points) for item in alpha.counted] == [
        ("async-handlers", 40, 40),
        ("websockets", 40, 32),
        ("scope", 20, 10),
    ]
    assert [(item.id, item.points, item.fact) for item in gamma.counted if item.points is None] == [
        ("websockets", None, None)
    ]
    for item in (alpha, gamma):
        assert item.low == sum(counted.points or 0 for counted in item.counted)


def test_reasons_are_the_weights_that_brought_and_cost_most(ranked):
    alpha, gamma, beta = ranked("async-api").placed
    assert [item.id for item in alpha.strongest] == ["async-handlers", "websockets", "scope"]
    assert [item.id for item in alpha.weakest] == ["scope", "websockets"]
    assert [item.id for item in beta.strongest] == ["async-handlers"]
    assert [item.id for item in beta.weakest] == ["websockets", "async-handlers", "scope"]
    assert gamma.weakest == ()


def test_a_need_excludes_by_a_fact(ranked):
    assert reasons(ranked("async-api")) == {
        "alpha-rest": ["async-handlers: none"],
        "delta": ["async-handlers: none"],
    }


def test_a_need_that_is_not_recorded_excludes_nobody_and_is_shown(ranked):
    ranking = ranked("real-time")
    assert reasons(ranking)["beta"] == ["websockets: none"]
    assert {item.entry.id: [need.criterion for need in item.unproven] for item in ranking.placed} == {
        "alpha": [],
        "gamma": ["websockets"],
        "alpha-rest": ["websockets"],
    }


def test_equal_points_share_a_place_and_the_next_one_is_skipped(ranked):
    """What is not asked of Gamma's language, ASGI, stands outside its sum."""
    assert places(ranked("real-time")) == [(1, "alpha", 100, 100), (1, "gamma", 100, 100), (3, "alpha-rest", 50, 50)]


def test_equal_proof_is_ordered_by_what_is_possible(ranked):
    """Docs are not recorded for Gamma: 0 proven like Beta, but 100 possible."""
    ranking = ranked("tiny", ratings={})
    assert places(ranking)[:3] == [(1, "alpha", 100, 100), (2, "alpha-rest", 0, 100), (2, "gamma", 0, 100)]
    assert places(ranking)[3] == (4, "beta", 0, 0)


def test_the_language_excludes(ranked):
    excluded = {item.entry.id: item for item in ranked("back-office").excluded}
    assert excluded["gamma"].wrong_language
    assert excluded["gamma"].reasons == ()
    assert not excluded["delta"].wrong_language


@pytest.mark.parametrize("name", ["async-api", "back-office", "real-time", "rated", "tiny"])
def test_what_has_a_successor_is_not_ranked(ranked, name):
    excluded = {item.entry.id: item for item in ranked(name).excluded}
    assert excluded["delta"].superseded_by.entry == "beta"
    assert all(item.superseded_by is None for item in excluded.values() if item.entry.id != "delta")


@pytest.mark.parametrize(("edge", "out"), [("forked-to", True), ("renamed-to", True), ("extension-of", False)])
def test_forks_and_new_names_supersede_and_other_edges_do_not(data, today, edge, out):
    file = data / "frameworks/delta.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("successor", edge), encoding="utf-8")
    excluded = {item.entry.id for item in rank(load(Folders.around(data), today), "back-office").excluded}
    assert ("delta" in excluded) is out


def test_a_new_name_outside_supersedes_too_but_an_old_one_does_not(catalog):
    motor = catalog.entries["motor"]
    new = replace(motor, edges=(replace(motor.edges[0], type="renamed-to", label="renamed to"),))
    assert {item.entry.id for item in rank(catalog, "server").placed} == {"motor", "wheel"}
    changed = replace(catalog, entries={**catalog.entries, "motor": new})
    assert [item.entry.id for item in rank(changed, "server").excluded] == ["motor"]


def test_what_owes_most_to_what_it_inherits_stands_under_its_origin(ranked):
    ranking = ranked("back-office")
    assert places(ranking) == [(1, "alpha", 100, 100), (2, "beta", 30, 30)]
    assert [(item.place, item.entry.id, item.low) for item in ranking.placed[0].grouped] == [(1, "alpha-rest", 100)]
    assert ranking.placed[1].grouped == ()


def test_half_of_its_points_inherited_is_not_most(ranked, catalog):
    """The mapper is inherited, ASGI its own, and both weigh the same."""
    weights = catalog.use_cases["real-time"].weights | catalog.use_cases["back-office"].weights
    half = {"orm": weights["orm"], "asgi-native": weights["asgi-native"]}
    found = {item.entry.id: item for item in ranked("back-office", weights=half, language=None).placed}
    assert found["alpha-rest"].inherited_share == 0.5
    assert found["alpha"].inherited_share == 0


def test_what_rests_on_an_excluded_entry_has_a_place_of_its_own(ranked, catalog):
    need = catalog.use_cases["async-api"].needs[0]
    without_alpha = need.model_copy(update={"criterion": "scope", "values": ("api", "micro")})
    ranking = ranked("back-office", needs=(without_alpha,))
    assert places(ranking) == [(1, "alpha-rest", 100, 100), (2, "beta", 30, 30)]


def test_a_rating_may_be_a_weight_and_what_does_not_arise_is_none(ranked):
    """Alpha 5 + 5 × 5/5, Beta 2.5 + 5 × 1.4/5, each of 10; Gamma's mapper does not arise: 5 × 1.5/5 of 5."""
    ranking = ranked("rated")
    assert places(ranking) == [(1, "alpha", 100, 100), (2, "beta", 39, 39), (3, "gamma", 30, 30)]
    assert [(item.entry.id, item.scored.low) for item in ranking.doubtful] == [("alpha-rest", 94)]
    assert [(item.name, item.anchor, item.most) for item in ranking.placed[2].counted] == [
        ("rating: Features", "rating-features", 100)
    ]


def test_a_rating_that_is_not_measured_widens(ranked):
    """Size weighs 9 of 12 and is not measured; docs weigh 3."""
    weights = {"docs-tutorial": ranked("tiny").case.weights["docs-tutorial"].model_copy(update={"weight": 9.0})}
    ranking = ranked("tiny", weights=weights, ratings={"size": schema.FigureWeight(weight=3.0)})
    assert places(ranking)[0] == (1, "alpha", 75, 100)
    assert places(ranking)[-1] == (4, "beta", 0, 25)


def test_too_little_known_is_not_ranked(ranked):
    ranking = ranked("tiny")
    assert ranking.placed == ()
    assert ranking.known == pytest.approx(0.1)
    assert [verdict.word for verdict in ranking.verdicts] == ["no verdict"]
    assert ranking.verdicts[0].outside == ()
    assert ranking.witnesses == ()


@pytest.mark.parametrize(("size", "placed"), [(1.0, True), (1.01, False)])
def test_half_is_enough_to_rank(ranked, size, placed):
    assert bool(ranked("tiny", ratings={"size": schema.FigureWeight(weight=size)}).placed) is placed


def test_a_need_that_nobody_meets_leaves_nobody(ranked):
    ranking = ranked("odd-server")
    assert (ranking.placed, ranking.known) == ((), 1.0)
    assert reasons(ranking) == {"motor": ["asgi: built-in"], "wheel": ["asgi: none"]}


def test_every_verdict(ranked):
    words = [(",".join(verdict.said.recommends), verdict.word) for verdict in ranked("async-api").verdicts]
    assert words == [
        ("alpha", "agree"),
        ("alpha,beta", "agree in part"),
        ("beta", "disagree"),
        ("delta", "disagree"),
        ("motor", "no verdict"),
        ("alpha,motor", "agree"),
        ("", "no verdict"),
    ]


def test_a_verdict_says_where_each_entry_stands(ranked):
    verdicts = ranked("async-api").verdicts
    assert [item.entry.id for item in verdicts[1].agreed] == ["alpha"]
    assert [item.entry.id for item in verdicts[1].behind] == ["beta"]
    assert [entry.id for entry in verdicts[3].outside] == ["delta"]
    assert [entry.id for entry in verdicts[5].elsewhere] == ["motor"]


def test_what_rests_on_the_first_is_agreed_with(ranked):
    (verdict,) = ranked("back-office").verdicts
    assert verdict.word == "agree"
    assert [item.entry.id for item in verdict.agreed] == ["alpha-rest"]


@pytest.mark.parametrize(("orm", "word"), [(1.0, "agree"), (2.0, "agree"), (4.0, "disagree")])
def test_we_agree_with_what_the_weights_do_not_tell_from_the_first(ranked, catalog, orm, word):
    """Alpha has the mapper, and Beta the scope."""
    weights = {
        "orm": schema.Weight(weight=orm, credit={"built-in": 1.0}),
        "scope": schema.Weight(weight=1.0, credit={"micro": 1.0}),
    }
    said = catalog.use_cases["async-api"].said[2]
    ranking = ranked("real-time", weights=weights, needs=(), language="Python", said=(said,))
    assert ranking.verdicts[0].said.recommends == ("beta",)
    assert ranking.verdicts[0].word == word
    assert [item.entry.id for item in ranking.band] == (["alpha", "beta"] if word == "agree" else ["alpha"])


@pytest.mark.parametrize(("criterion", "values", "word"), [
    ("scope", ["full-stack"], "true"),
    ("scope", ["micro", "api"], "false"),
    ("docs-tutorial", ["present"], "true"),
])  # fmt: skip
def test_a_description_is_compared_with_the_fact_and_recommends_nothing(ranked, catalog, criterion, values, word):
    said = (
        catalog.use_cases["async-api"]
        .said[6]
        .model_copy(update={"of": ("alpha",), "describes": schema.Described(criterion=criterion, values=values)})
    )
    (verdict,) = ranked("async-api", said=(said,)).verdicts
    assert (verdict.word, [entry.id for entry, _, _ in verdict.facts]) == (word, ["alpha"])
    assert (verdict.agreed, verdict.behind, verdict.outside) == ((), (), ())


def test_a_description_of_what_is_not_recorded_has_no_verdict(ranked, catalog):
    said = (
        catalog.use_cases["async-api"]
        .said[6]
        .model_copy(update={"of": ("gamma",), "describes": schema.Described(criterion="websockets", values=["none"])})
    )
    assert ranked("async-api", said=(said,)).verdicts[0].word == "no verdict"


def test_a_witness_agrees_if_what_it_recommends_is_in_the_first_band(ranked):
    own, against = ranked("async-api").witnesses
    assert (own.id, [entry.id for entry in own.recommends], own.agrees) == ("alpha-design", ["alpha"], True)
    assert ([entry.id for entry in against.against], against.agrees) == (["beta"], True)
    assert [found.agrees for found in ranked("back-office").witnesses] == [True]


def test_a_witness_against_the_first_disagrees(ranked, catalog):
    witness = catalog.witnesses["alpha-design"]
    said = witness.statements[0].model_copy(update={"recommends": ("beta",), "against": ("alpha",)})
    other = witness.statements[0].model_copy(update={"recommends": ("motor",)})
    changed = witness.model_copy(update={"statements": (said, other)})
    found = rank(replace(catalog, witnesses={"w": changed}), "async-api").witnesses
    assert [one.agrees for one in found] == [False, None]


LIGHT = """\
name: Alpha Light
tile: Li
language: Python
website: https://light.example.org/
summary: Owes all of its points to Alpha REST.
inherits: {from: alpha-rest, facts: [asgi-native]}
evidence:
  - source: https://light.example.org/
    checked: 2026-11-20
    facts: {orm: none, admin: none}
"""
WEIGHED = "weights:\n  orm: 1\n  admin: 1\n"


@pytest.fixture
def chain(data):
    """Return a data folder in which Alpha Light owes its points to Alpha REST, and that one most of its to Alpha."""
    (data / "frameworks/alpha-light.yml").write_text(LIGHT, encoding="utf-8")
    case = data / "guide/back-office.yml"
    text = case.read_text(encoding="utf-8")
    assert WEIGHED in text
    case.write_text(text.replace(WEIGHED, f"{WEIGHED}  asgi-native: 1\n"), encoding="utf-8")
    return data


def under(ranking) -> dict[str, list[str]]:
    return {item.entry.id: [other.entry.id for other in item.grouped] for item in ranking.placed}


def test_what_is_built_on_what_is_built_on_another_is_listed_under_the_topmost(chain, today):
    ranking = rank(load(Folders.around(chain), today), "back-office")
    assert under(ranking) == {"alpha": ["alpha-light", "alpha-rest"], "beta": []}
    assert {item.place for item in ranking.placed[0].grouped} == {1}


def test_the_topmost_is_one_that_is_ranked(chain, today):
    """Alpha is excluded: Alpha REST is then ranked itself, and Alpha Light listed under it."""
    case = chain / "guide/back-office.yml"
    need = "needs:\n  - {criterion: scope, values: [api, micro], because: It is small.}\nweights:"
    case.write_text(case.read_text(encoding="utf-8").replace("weights:", need), encoding="utf-8")
    assert under(rank(load(Folders.around(chain), today), "back-office"))["alpha-rest"] == ["alpha-light"]


def test_what_an_entry_inherits_cannot_be_inherited_on(chain, problems_of):
    """Evidence is read where it is stated: the checks refuse a chain, and say where the fact comes from."""
    file = chain / "frameworks/alpha-light.yml"
    light = LIGHT.replace("[asgi-native]", "[asgi-native, orm]").replace("{orm: none, admin: none}", "{admin: none}")
    file.write_text(light, encoding="utf-8")
    assert problems_of(chain) == [
        "data/frameworks/alpha-light.yml:6:51: alpha-rest inherits orm from alpha. "
        "Inherit it from there, or state the fact here."
    ]
