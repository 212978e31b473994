"""What the pages of the guide, of stacks, of rules and of lists show."""

from __future__ import annotations

import pytest

from macros.views.guide import case_groups, case_view, common_cases
from macros.views.lists import kind_views, spring_view
from macros.views.matrices import matrix_view, matrix_views
from macros.views.method import own_values, rule_views
from macros.views.pairs import pair_view
from macros.views.stacks import stack_views


@pytest.fixture
def case(site):
    return lambda name: case_view(site.catalog, site.rankings[name])


def test_a_use_case_has_needs_and_weights_in_words(case):
    view = case("async-api")
    assert [(need.name, need.values, need.because) for need in view.needs] == [
        ("Async handlers", "built in, partial", "Handlers wait.")
    ]
    assert [(weight.name, weight.weight, weight.credits, weight.because) for weight in view.weights] == [
        ("Async handlers", 4, "", ""),
        ("WebSocket", 4, "", "Clients are told."),
        ("Scope", 2, "API framework 1, full-stack 0.5", ""),
    ]
    assert list(view.articles) == ["review", "essay"]


def test_a_rating_in_a_use_case_leads_to_its_rule(case):
    assert [(weight.address, weight.name) for weight in case("rated").weights] == [
        ("matrix/frameworks/#orm", "ORM"),
        ("method/#rating-features", "Rating: Features"),
    ]


def test_points_have_a_bar_and_a_lag(case):
    view = case("async-api")
    alpha, gamma, _ = view.ranking.placed
    assert (alpha.points, view.bar(alpha)) == ("82", "--x:4.1;--y:4.1")
    assert (gamma.points, view.bar(gamma), view.lag(gamma)) == ("60–100", "--x:3;--y:5", "22")
    assert case("real-time").missing(case("real-time").ranking.placed[1]) == "WebSocket"


def test_too_little_is_known_below_the_published_share(case):
    assert case("tiny").too_little_known
    assert not case("odd-server").too_little_known, "nobody meets its needs, but that is known"


def test_use_cases_come_in_groups_with_their_first_entries_and_verdicts(site):
    groups = case_groups(site.rankings.values())
    assert [group for group, _, _ in groups] == ["build", "run", "team", "part"]
    (first, _) = groups[0][2]
    assert [placed.entry.id for placed in first.leading] == ["alpha", "gamma", "beta"]
    assert first.verdicts == (("agree", 2), ("agree in part", 1), ("disagree", 2), ("no verdict", 2))
    assert [line.ranking.id for line in common_cases(site.rankings.values())] == ["async-api", "back-office"]


def test_a_group_without_use_cases_is_left_out(site):
    assert [group for group, _, _ in case_groups([site.rankings["rated"]])] == ["team"]


def test_the_verdict_on_a_stack_has_words(site):
    assert {view.id: (view.tone, view.verdict) for view in stack_views(site.catalog)} == {
        "small-app": ("agree-in-part", "agree with changes"),
        "web-app": ("agree", "agree"),
    }


def test_a_stack_stands_beside_the_one_of_the_article_part_by_part(site):
    for view in stack_views(site.catalog):
        assert [row.ours for row in view.rows if row.ours] == list(view.stack.parts)
        assert sorted(row.theirs for row in view.rows if row.theirs) == sorted(view.stack.said.recommends)
        assert all(row.theirs == row.ours.entry for row in view.rows if row.is_same)


def test_the_map_of_spring_leads_to_entries_that_one_may_choose(site):
    view = spring_view(site.catalog, tuple(matrix_views(site)))
    assert [(like, [entry.id for entry in entries]) for like, entries in view.map] == [
        (site.catalog.entries["alpha"].record.spring.like, ["alpha"])
    ]


def test_a_rule_names_its_parts_and_steps(site):
    rules = {view.id: view for view in rule_views(site.catalog)}
    assert [f"{part.name}{part.remark}" for part in rules["features"].parts] == [
        "ORM (× 2)",
        "Admin",
        "Scope (full-stack 1, API framework 0.5)",
    ]
    assert [f"{part.name}{part.remark}" for part in rules["learning"].parts] == [
        "names imported (fewer is better; × 2)",
        "lines written (fewer is better)",
    ]
    assert (rules["speed"].best, rules["speed"].worst, rules["speed"].measured) == ("lowest", "highest", True)
    assert rules["reach"].steps == "10, 100, 1,000, 10,000, 100,000"
    assert not rules["size"].measured


def test_own_values_are_those_of_no_scale(site):
    assert [(own.kind.id, own.names) for own in own_values(site.catalog)] == [("frameworks", "Scope")]


def test_every_pair_of_a_kind_is_in_the_grid_in_both_directions(site):
    frameworks, servers = kind_views(site.catalog)
    assert (frameworks.is_library, servers.is_library) == (False, True)
    assert [(entry.id, [cell and cell.url for cell in cells]) for entry, cells in servers.grid] == [
        ("motor", [None, "compare/motor-vs-wheel/"]),
        ("wheel", ["compare/motor-vs-wheel/", None]),
    ]
    shown = [cell.url for _, cells in frameworks.grid for cell in cells if cell]
    assert len(shown) == 2 * len(set(shown)) == 2 * len(list(site.catalog.pairs("frameworks")))


def test_the_grid_counts_what_the_page_of_the_pair_counts(site):
    (frameworks, _) = kind_views(site.catalog)
    for one, cells in frameworks.grid:
        for cell in filter(None, cells):
            assert cell.differ == pair_view(site, one, cell.other).differ_count


def test_a_concept_of_spring_is_answered_by_entries_of_its_kind(site):
    view = spring_view(site.catalog, tuple(matrix_views(site)))
    assert [matrix.id for matrix in view.parts] == ["overview"]
    found = [(item.concept.concept, [(e.id, f and f.value, m) for e, f, m in item.answers]) for item in view.concepts]
    assert found[1] == (
        "Tomcat",
        [("alpha", None, "not asked"), ("beta", None, "not asked"), ("motor", "partial", "not recorded")],
    )
    assert [entry.id for entry in view.similar] == ["alpha"]


def test_a_pair_has_a_choice_for_each_of_the_two(site):
    view = pair_view(site, site.catalog.entries["alpha"], site.catalog.entries["beta"])
    one, other = view.choices
    assert (one.own.id, one.other.id, other.own.id) == ("alpha", "beta", "beta")
    assert (*one.use_cases, *one.criteria) == view.choose_one
    assert other.reasons == ()
    assert (view.names, view.count) == ("Alpha and Beta", 8)


def test_a_table_by_entries_has_the_cells_of_each_section(site):
    (table,) = matrix_view(site, "ratings").tables
    for at, (entry, sections) in enumerate(table.by_entries()):
        assert entry is table.entries[at]
        for section, cells in zip(table.sections, sections, strict=True):
            assert [score for _, _, score in cells.scores] == [scores[at] for _, _, scores in section.scores]
            assert [fact for _, fact in cells.facts] == [question.facts[at] for question in section.questions]


def test_the_articles_decide_which_two_a_phone_shows_first(site):
    assert site.mentions == {"alpha": 3, "beta": 3, "motor": 2, "delta": 1, "alpha-rest": 1}
    assert site.most_mentioned(["gamma", "delta", "delta", "beta"]) == ("beta", "delta")
    assert site.most_mentioned(["wheel"]) == ("wheel",)
