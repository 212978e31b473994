"""What is said first of a pair and of an entry: which for which need, where it stands, since when, with which signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from macros.catalog.evidence import MaintenanceStatus
from macros.rendering.filters import issue_address, repository_of
from macros.views.advice import advices, pair_description
from macros.views.days import usual_days
from macros.views.legend import legend_of
from macros.views.site import Site
from macros.views.stands import stands
from macros.views.strips import strip_of


@pytest.fixture
def entries(site):
    return site.catalog.entries


def said(found):
    return {item.ranking.id: (item.choice.id if item.choice else None, item.reason) for item in found}


def with_status(site, name, word):
    """Return a site in which an entry has another status, from the beginning."""
    status = MaintenanceStatus(word=word, reason="Old.")
    changed = {**site.catalog.entries, name: replace(site.catalog.entries[name], status=status)}
    return Site(replace(site.catalog, entries=changed))


def test_the_common_needs_come_first_with_the_points_of_both(site, entries):
    found = advices(site, entries["alpha"], entries["beta"])
    assert [item.ranking.id for item in found][:2] == ["async-api", "back-office"]
    assert said(found)["async-api"] == ("alpha", "82 against 20 points")
    assert found[0].differences[0][1].startswith("+")


def test_a_pair_is_advised_the_same_from_both_ends(site, entries):
    one, other = entries["alpha"], entries["beta"]
    assert said(advices(site, one, other)) == said(advices(site, other, one))


def test_what_points_do_not_tell_is_not_decided(site, entries):
    """Gamma may reach 100 where Alpha has 82."""
    choice, reason = said(advices(site, entries["alpha"], entries["gamma"]))["async-api"]
    assert choice is None
    assert reason.startswith("no clear difference: ")


@pytest.mark.parametrize(("word", "state"), [("ended", "has ended"), ("dormant", "is dormant")])
def test_what_has_ended_is_never_the_choice(site, word, state):
    changed = with_status(site, "alpha", word)
    found = advices(changed, changed.catalog.entries["alpha"], changed.catalog.entries["beta"])
    assert found
    assert {item.choice.id for item in found if item.choice} <= {"beta"}
    assert any(f"Alpha {state}" in item.reason for item in found)


def test_of_two_that_have_ended_neither_is_advised(site):
    changed = with_status(with_status(site, "alpha", "ended"), "beta", "dormant")
    assert advices(changed, changed.catalog.entries["alpha"], changed.catalog.entries["beta"]) == ()


def test_the_description_of_a_pair_is_its_own(site, entries):
    found = advices(site, entries["alpha"], entries["beta"])
    assert pair_description(entries["alpha"], entries["beta"], found, "Fact by fact.").startswith(
        "Alpha or Beta? Asynchronous API: Alpha, 82 against 20 points."
    )
    assert pair_description(entries["alpha"], entries["beta"], (), "Fact by fact.") == "Alpha or Beta? Fact by fact."
    old = replace(entries["beta"], status=MaintenanceStatus(word="dormant", reason="Old."))
    assert "Beta is dormant." in pair_description(entries["alpha"], old, found, "Fact by fact.")


def test_where_an_entry_stands(site, entries):
    found = {stand.ranking.id: stand for stand in stands(site, entries["alpha"])}
    assert list(found)[:2] == ["async-api", "back-office"]
    stand = found["async-api"]
    assert stand.placed is site.places["async-api"]["alpha"]
    assert stand.ranked == len(site.places["async-api"])


def test_the_strip_shows_what_is_measured_of_at_least_one(entries):
    measured = next(entry for entry in entries.values() if entry.reading)
    rows = {row.label: row.figures for row in strip_of((measured, entries["beta"]))}
    assert rows["Status"][0][0] == measured.status.word
    assert rows["Latest release"][0][0] == measured.reading.latest.version
    assert all(any(text != "not measured" for text, _ in figures) for figures in rows.values())


def test_a_legend_has_the_values_that_are_used_once_each(entries):
    facts = [fact for entry in entries.values() for fact in entry.facts.values()]
    shown = [value for _, values in legend_of(facts) for value in values]
    used = {(fact.meaning.symbol, fact.meaning.label) for fact in facts if fact.meaning and fact.meaning.symbol}
    assert sorted((value.symbol, value.label) for value in shown) == sorted(used)
    assert "neutral" not in {value.tone for value in shown}
    assert legend_of([None]) == ()


def read_on(entry, day):
    facts = {name: replace(fact, checked=day) for name, fact in entry.facts.items()}
    return replace(entry, facts=facts)


def test_the_usual_day_is_said_once(entries):
    one = read_on(entries["beta"], date(2026, 3, 1))
    name = next(iter(one.facts))
    exception = replace(one, facts={**one.facts, name: replace(one.facts[name], checked=date(2026, 4, 1))})
    assert exception.usual_day == date(2026, 3, 1)
    assert "1 Mar 2026" in usual_days((exception,))
    other = read_on(entries["gamma"], date(2026, 5, 1))
    assert "pages of Beta were read on 1 Mar 2026" in usual_days((one, other)).replace(" and programs ran", "")


def test_an_issue_names_the_cell_and_its_line():
    address = issue_address("https://example.org/guide/", "frameworks/alpha/#orm", "data/frameworks/alpha.yml:12")
    assert address.startswith("https://example.org/guide/issues/new?template=wrong-fact.yml&")
    assert "cell=%2Fframeworks%2Falpha%2F%23orm+%28data%2Fframeworks%2Falpha.yml%3A12%29" in address
    assert repository_of("https://example.org/guide/edit/main/data/frameworks/alpha.yml") == "https://example.org/guide"
    assert repository_of(None) == ""


def test_a_fact_knows_the_line_that_states_it(good, entries):
    for entry in entries.values():
        lines = (good.parent / entry.path).read_text(encoding="utf-8").splitlines()
        for name, fact in entry.facts.items():
            if not fact.inherited_from:
                assert lines[fact.line - 1].strip().startswith(f"{name}:"), (entry.id, name)
