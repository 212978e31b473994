"""What the pages of the guide, of stacks, of rules and of lists show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from macros.views.guide import case_groups, common_cases, heat_map
from macros.views.lists import kind_views, spring_view
from macros.views.matrices import matrix_view, matrix_views
from macros.views.method import own_values, rule_views
from macros.views.pairs import pair_view
from macros.views.stacks import stack_views
from macros.views.text import factor_in_words, share_of_draws
from macros.views.use_case import answer, case_view, vulnerable


@pytest.fixture
def case(site):
    return lambda name: case_view(site.catalog, site.rankings[name])


def test_a_use_case_has_needs_and_weights_in_words(case):
    view = case("async-api")
    assert [(need.name, need.values, need.because) for need in view.needs] == [
        ("Async handlers", "built in, partial", "Handlers wait.")
    ]
    assert [(weight.name, weight.weight, weight.credits, weight.because) for weight in weights(view)] == [
        ("Async handlers", 4, "", ""),
        ("WebSocket", 4, "", "Clients are told."),
        ("Scope", 2, "API framework 1, full-stack 0.5", ""),
    ]
    assert sum(group.share for group in view.groups) == pytest.approx(1)
    assert list(view.articles) == ["review", "essay"]


def weights(view):
    return [weight for group in view.groups for weight in group.weights]


def test_a_rating_in_a_use_case_leads_to_its_rule(case):
    assert [(weight.address, weight.name) for weight in weights(case("rated"))] == [
        ("frameworks/by/orm/", "ORM"),
        ("method/#rating-features", "Rating: Features"),
    ]


def test_the_parts_of_a_bar_add_up_to_the_points(case):
    for row in case("async-api").rows:
        assert sum(part.points for part in row.parts) == pytest.approx(row.placed.low)
        assert row.placed.low + row.unknown == pytest.approx(row.placed.high)
    assert case("real-time").missing(case("real-time").ranking.placed[1]) == "WebSocket"


def test_the_answer_is_a_sentence(site):
    found = {name: answer(ranking) for name, ranking in site.rankings.items()}
    assert found["async-api"] == "First: Alpha or Gamma; the weights do not tell them apart."
    assert found["back-office"] == "First: Alpha, in 100 % of the draws."
    assert found["tiny"] == ""


def test_a_long_band_is_counted(site):
    ranking = site.rankings["async-api"]
    band = tuple(replace(ranking.placed[0]) for _ in range(6))
    assert answer(replace(ranking, placed=band)) == (
        "First: Alpha, Alpha, Alpha or 3 others; the weights do not tell them apart."
    )


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0 %"), (0.001, "< 1 %"), (0.5, "50 %"), (0.995, "> 99 %"), (1.0, "100 %"), (None, "–")],
)
def test_a_share_of_draws_in_words(share, text):
    assert share_of_draws(share) == text


def test_a_factor_in_words():
    assert [factor_in_words(factor) for factor in (0.666, 1.5, 2.345)] == [
        "0.67 times as much", "1.5 times as much", "2.35 times as much"
    ]  # fmt: skip


def test_a_known_vulnerability_is_said(site):
    entry = site.catalog.entries["alpha-rest"]
    assert vulnerable(entry) == "The newest release, 1.2.0, has a known vulnerability: CVE-2026-1."
    assert vulnerable(replace(entry, reading=entry.reading.model_copy(update={"vulnerabilities": ()}))) == ""
    assert vulnerable(replace(entry, reading=None)) == ""


def test_the_heat_picture_has_a_cell_for_each_entry_and_case(site):
    heat = heat_map(site.catalog, site.rankings.values(), "frameworks")
    rows = {line.ranking.id: cells for _, _, lines in heat.groups for line, cells in lines}
    assert {len(cells) for cells in rows.values()} == {len(heat.entries)}
    cells = {cell.entry.id: cell for cell in rows["back-office"]}
    assert (cells["alpha"].first, cells["alpha"].points, cells["beta"].first) == (True, 100, False)
    assert (cells["gamma"].points, cells["gamma"].text) == (None, "–")
    assert cells["alpha-rest"].first, "what is grouped stands where its origin stands"


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
    said = {advice.ranking.id for advice in view.advices}
    unsaid = [reason for reason in view.choose_one if not (reason.ranking and reason.ranking.id in said)]
    assert [*one.use_cases, *one.criteria] == unsaid
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
