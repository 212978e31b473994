"""The page of a criterion and what the search knows: the answer in a sentence, who stands where, figures in words."""

from __future__ import annotations

import pytest

from macros.plugin.search import of_generated
from macros.views.answers import Answered, criterion_views, in_a_sentence
from macros.views.measure_specs import MEASURES
from macros.views.site import Site


@pytest.fixture(scope="module")
def site(real):
    return Site(real)


@pytest.fixture(scope="module")
def views(site):
    return criterion_views(site)


def test_every_answer_stands_on_the_page_of_its_criterion_once(site, views):
    for view in views.values():
        named = [entry.id for group in view.groups for entry, _ in group.answers] + [e.id for e in view.unanswered]
        asked = [e.id for e in site.catalog.of_kind(view.kind.id) if view.criterion.id in e.asked]
        assert sorted(named) == sorted(asked), view.url


def test_values_come_in_the_order_of_their_scale(views):
    for view in views.values():
        order = [list(view.criterion.values).index(group.id) for group in view.groups if group.value]
        assert order == sorted(order), view.url


def test_the_sentence_names_who_has_it_and_counts_who_has_not(views):
    view = views["frameworks", "admin"]
    first, last = view.groups[0], view.groups[-1]
    assert all(entry.name in view.sentence for entry, _ in first.answers[:6])
    assert last.value
    assert last.value.tone == "muted"
    assert view.sentence.endswith(f"{last.label.capitalize()}: {len(last.answers)}.")


def test_one_that_nobody_should_choose_is_named_with_its_status(site, views):
    told = [e for e in site.catalog.entries.values() if e.status.word == "ended" and e.kind == "task-queues"]
    sentences = " ".join(view.sentence for (kind, _), view in views.items() if kind == "task-queues")
    assert all(f"{entry.name} (ended)" in sentences for entry in told)


def test_a_criterion_without_an_answer_says_so():
    assert in_a_sentence((), 3) == "Nothing is recorded yet for the 3 entries asked."


def test_a_sentence_says_of_how_many_where_some_are_missing(views):
    group = next(view.groups[0] for view in views.values() if view.groups and view.groups[0].value)
    one = Answered(id=group.id, value=group.value, label=group.label, answers=group.answers[:1])
    assert in_a_sentence((one,), 5).endswith(f"{one.answers[0][0].name}, of 5.")


def test_every_figure_of_a_place_is_measured_for_somebody(site):
    places = [place for place in site.catalog.places if place.figure]
    found = of_generated([], site)["pages"]
    texts = {address: text for address, _, text, _ in found}
    for place in places:
        assert place.figure in MEASURES
        assert texts[place.address], place.name
