"""What one template needs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from macros.catalog.evidence import MaintenanceStatus
from macros.views.entries import entry_view
from macros.views.matrices import matrix_view
from macros.views.pairs import pair_view
from macros.views.site import Site, UnknownNameError


def names(sections):
    return [question.criterion.id for section in sections for question in section.questions]


@pytest.fixture
def pair(site):
    return lambda one, other: pair_view(site, site.catalog.entries[one], site.catalog.entries[other])


def test_differing_agreeing_and_unknown_criteria_are_all_that_are_asked(site):
    for kind in site.catalog.kinds:
        for one, other in site.catalog.pairs(kind):
            view = pair_view(site, one, other)
            shown = names(view.differ) + names(view.agree) + [question.criterion.id for question in view.unknown]
            assert len(shown) == len(set(shown))
            assert set(shown) == {*one.asked, *other.asked}
            assert (view.differ_count, view.agree_count) == (len(names(view.differ)), len(names(view.agree)))


def test_a_criterion_differs_agrees_or_is_unknown_by_its_values(pair):
    view = pair("alpha", "gamma")
    assert names(view.differ) == ["scope", "orm", "admin"]
    assert names(view.agree) == ["async-handlers", "licence"]
    assert [question.criterion.id for question in view.unknown] == ["asgi-native", "websockets", "docs-tutorial"]


def test_what_is_asked_of_one_alone_says_so(pair):
    asgi, websockets, _ = pair("alpha", "gamma").unknown
    assert (asgi.asked, [bool(fact) for fact in asgi.facts]) == ((True, False), [True, False])
    assert websockets.asked == (True, True)


def test_a_pair_is_the_same_from_both_ends(pair):
    assert pair("gamma", "alpha") == pair("alpha", "gamma")
    assert (pair("gamma", "alpha").one.id, pair("gamma", "alpha").url) == ("alpha", "compare/alpha-vs-gamma/")


def test_the_edges_of_a_pair(pair):
    assert [(edge.label, edge.note) for edge in pair("alpha", "alpha-rest").edges] == [
        ("base of", "It serialises Alpha's models.")
    ]
    assert [edge.label for edge in pair("beta", "delta").edges] == ["successor of"]
    assert pair("alpha", "beta").edges == ()


def test_ratings_of_a_pair_stand_side_by_side(pair):
    ratings = pair("alpha", "beta").ratings
    assert [(first.id, first.value, second.value) for first, second in ratings][:2] == [
        ("features", 5.0, 1.4),
        ("asynchrony", 5.0, 1.2),
    ]
    assert all(first.id == second.id for first, second in ratings)


def cases(reasons):
    return [reason.ranking.id for reason in reasons if reason.ranking]


def criteria(reasons):
    return [reason.criterion.id for reason in reasons if reason.criterion]


def test_reasons_are_use_cases_with_a_clear_lead_then_heavy_criteria(pair):
    """Exclusion counts most; then 100 to 30, 82 to 20, 100 to 39; and facts by lead × weight in the guide."""
    view = pair("alpha", "beta")
    assert cases(view.choose_one) == ["real-time", "back-office", "async-api", "rated"]
    assert view.choose_one[0].other is None
    assert (view.choose_one[1].own.low, view.choose_one[1].other.high) == (100, 30)
    assert criteria(view.choose_one) == ["websockets", "orm", "async-handlers", "asgi-native", "docs-tutorial"]
    assert view.choose_other == ()


@pytest.mark.parametrize(
    ("word", "told", "advised"),
    [("active", False, True), ("quiet", True, True), ("dormant", True, False), ("ended", True, False)],
)
def test_a_pair_tells_the_status_and_advises_nothing_that_has_ended(site, word, told, advised):
    one, other = next(site.catalog.pairs("frameworks"))
    view = pair_view(site, replace(one, status=MaintenanceStatus(word=word, reason="Old.")), other)
    assert ([entry.id for entry in view.warnings] == [one.id]) is told
    own = next(choice for choice in view.choices if choice.own.id == one.id)
    assert own.own.is_advised is advised
    assert advised or not own.use_cases


def test_a_lead_counts_only_against_the_upper_end_of_a_range(pair):
    """Gamma may reach 100 in async-api, so Alpha's 82 lead nothing; in `rated` 100 lead 30."""
    view = pair("alpha", "gamma")
    assert cases(view.choose_one) == ["rated"]
    assert cases(view.choose_other) == []


def test_a_lead_in_another_language_is_none(pair, site):
    assert site.catalog.use_cases["back-office"].language == "Python"
    assert "back-office" in cases(pair("alpha", "beta").choose_one)
    assert "back-office" not in cases(pair("alpha", "gamma").choose_one)
    assert "back-office" not in cases(pair("beta", "gamma").choose_one)


def test_a_lead_from_the_end_of_a_ranking_recommends_nothing(site, monkeypatch):
    one, other = (site.catalog.entries[name] for name in ("beta", "delta"))
    assert cases(pair_view(site, one, other).choose_one) == ["rated", "back-office", "async-api"]
    monkeypatch.setattr("macros.views.pairs.LEADING_PLACES", 1)
    assert cases(pair_view(site, one, other).choose_one) == []


def test_a_criterion_is_a_reason_if_it_leads_by_half_a_point_and_is_there(pair):
    reasons = [reason for reason in pair("alpha", "gamma").choose_one if reason.criterion]
    assert [(reason.criterion.id, reason.fact.value, reason.other_fact.value) for reason in reasons] == [
        ("admin", "built-in", "by-hand")
    ]


def test_half_a_point_alone_is_no_reason(pair):
    """Beta's async handlers have limits, Delta has none: a lead by half a point, but nothing to choose it for."""
    facts = pair("beta", "delta")
    assert [question.facts[0].credit for section in facts.differ for question in section.questions] == [0.5, None]
    assert criteria(facts.choose_one) == []


def test_a_matrix_by_criteria(site):
    first, second = matrix_view(site, "overview").tables
    assert [entry.id for entry in first.entries] == ["beta", "alpha"]
    assert [(section.name, section.note) for section in first.sections] == [
        ("Asynchrony", None),
        ("More", "What is asked next."),
    ]
    assert names(first.sections) == ["async-handlers", "asgi-native", "websockets", "orm"]
    ((rating, name, scores),) = first.sections[1].scores
    assert (rating.name, name, [score.value for score in scores]) == ("Features", "features", [1.4, 5.0])
    assert [entry.id for entry in second.entries] == ["motor", "wheel"]
    assert (first.caption, second.caption, first.by_entry) == ("Two frameworks", "Overview", False)
    assert [question.criterion.id for question in second.rows] == ["asgi", "tls"]


def test_a_matrix_by_entries(site):
    view = matrix_view(site, "ratings")
    (table,) = view.tables
    assert table.by_entry
    assert view.url == "matrix/ratings/"
    assert [name for _, name, _ in table.sections[0].scores] == ["features", "speed", "size"]
    assert names(table.sections) == ["scope", "docs-tutorial"]


def test_cells_stand_in_the_order_of_the_entries(site):
    table = matrix_view(site, "overview").tables[0]
    orm = table.rows[-1]
    assert [fact.value for fact in orm.facts] == ["third-party", "built-in"]


def test_the_full_matrix_of_a_kind_has_every_criterion_of_every_entry(site):
    view = matrix_view(site, "frameworks")
    (table,) = view.tables
    assert names(table.sections) == list(site.catalog.kinds["frameworks"].criteria)
    assert sorted(entry.id for entry in table.entries) == [entry.id for entry in site.catalog.of_kind("frameworks")]
    assert view.summary == "All 8 criteria of 5 entries in one table."
    assert [section.name for section in table.sections] == ["Shape", "Asynchrony", "Data", "Project"]


def test_a_question_asked_of_none_of_the_entries_is_left_out(site):
    catalog = site.catalog
    alone = replace(catalog, entries={"gamma": catalog.entries["gamma"]}, use_cases={}, ratings={})
    assert "asgi-native" not in names(matrix_view(Site(alone), "frameworks").tables[0].sections)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("overviev", 'there is no matrix "overviev". Did you mean overview?'),
        ("x", 'there is no matrix "x".'),
    ],
)
def test_an_unknown_name_is_told_with_a_suggestion(site, name, message):
    with pytest.raises(UnknownNameError) as caught:
        matrix_view(site, name)
    assert str(caught.value) == f"{message} There are ratings, overview, frameworks, servers."


def test_the_strip_says_what_an_entry_is(site):
    strip = entry_view(site, site.catalog.entries["alpha"]).strip
    assert [(figure.label, figure.text, figure.small, figure.target) for figure in strip] == [
        ("Language", "Python", "", ""),
        ("Scope", "full-stack", "", "scope"),
        ("Licence", "MIT", "", "licence"),
        ("Release read", "2.10", "", ""),
        ("Answered", "8 / 8", "100%", ""),
    ]


def test_the_strip_leaves_out_what_is_not_known(site):
    alpha = site.catalog.entries["alpha"]
    facts = {name: replace(alpha.facts[name], version=None) for name in ("orm", "admin")}
    strip = entry_view(site, replace(alpha, facts=facts)).strip
    assert [(figure.label, figure.text) for figure in strip] == [("Language", "Python"), ("Answered", "2 / 8")]
    assert strip[-1].small == "25%"


def test_an_entry_page(site):
    view = entry_view(site, site.catalog.entries["alpha"])
    assert names(view.sections) == list(site.catalog.entries["alpha"].asked)
    assert [other.id for other in view.used_with] == ["motor"]
    assert [(other.id, url) for other, url in view.pairs] == [
        ("alpha-rest", "compare/alpha-vs-alpha-rest/"),
        ("beta", "compare/alpha-vs-beta/"),
        ("delta", "compare/alpha-vs-delta/"),
        ("gamma", "compare/alpha-vs-gamma/"),
    ]
    assert [name for name, _ in view.stacks] == ["web-app"]
    assert [score.id for score in view.scores] == list(site.catalog.ratings)


def test_an_entry_page_lists_what_was_removed_before_what_is_deprecated(site):
    view = entry_view(site, site.catalog.entries["alpha"])
    assert [(idiom.what, status.label) for idiom, status in view.idioms] == [
        ("Routes", "removed"),
        ("Code at the start", "deprecated"),
    ]
    assert entry_view(site, site.catalog.entries["beta"]).idioms == ()


def test_an_entry_page_asks_only_what_is_asked_of_its_language(site):
    view = entry_view(site, site.catalog.entries["gamma"])
    assert "asgi-native" not in names(view.sections)
    assert [question.facts for section in view.sections for question in section.questions][2] == (None,)


def test_an_entry_page_names_the_use_cases_that_it_leads(site):
    leading = {
        name: [(ranking.id, placed.place) for ranking, placed in entry_view(site, site.catalog.entries[name]).leading]
        for name in ("alpha", "alpha-rest", "wheel", "delta")
    }
    assert leading["alpha"] == [("async-api", 1), ("back-office", 1), ("rated", 1), ("real-time", 1)]
    assert leading["alpha-rest"] == [("real-time", 3)]
    assert leading["wheel"] == [("server", 2)]
    assert leading["delta"] == []


def test_weights_add_up_over_the_use_cases_of_a_kind(site):
    assert site.weights["frameworks", "orm"] == 1 + 5
    assert site.weights["frameworks", "async-handlers"] == 4 + 1
    assert site.weights["servers", "tls"] == 1 + 1


def test_places_include_what_rests(site):
    assert site.places["back-office"]["alpha-rest"].place == 1
    assert "delta" not in site.places["back-office"]
