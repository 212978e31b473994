"""What the page of comparisons reads: every fact with its source, and words for what is missing or old."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from macros.catalog.evidence import Ageing
from macros.plugin.files import file_specs
from macros.views.comparisons import age_of, entry_answers, kind_questions, note_of


@pytest.fixture
def entries(site):
    return [entry for kind in site.catalog.kinds for entry in site.catalog.of_kind(kind)]


def test_every_fact_is_there_with_its_source_and_day(site, entries):
    facts = 0
    for entry in entries:
        answers = entry_answers(site, entry)
        assert set(answers["facts"]) == set(entry.facts)
        for name, (value, label, symbol, tone, _, link, day, _, _) in answers["facts"].items():
            fact = entry.facts[name]
            assert (value, label, link) == (fact.value, fact.text, fact.link)
            assert (symbol, tone) == ((fact.meaning.symbol, fact.meaning.tone) if fact.meaning else ("", "neutral"))
            assert day.endswith(str(fact.checked.year))
            facts += 1
    assert facts == site.catalog.fact_count


def test_every_criterion_is_in_its_group(site):
    for kind in site.catalog.kinds.values():
        asked = kind_questions(site, kind)
        assert [name for _, _, criteria in asked["groups"] for name, _ in criteria] == list(kind.criteria)
        assert {name for name, _ in asked["ratings"]} == {
            name for name, rating in site.catalog.ratings.items() if rating.kind == kind.id
        }


def test_ratings_are_those_of_the_pages(site, entries):
    for entry in entries:
        rated = {score.id: f"{score.value:.1f}" for score in site.scores[entry.id] if score.value is not None}
        assert entry_answers(site, entry)["ratings"] == rated


def test_a_fact_that_is_inherited_or_old_says_so(site, entries):
    entry = next(entry for entry in entries if entry.facts)
    fact = replace(next(iter(entry.facts.values())), probed=(), demonstration=None, of=None)
    inherited = replace(fact, inherited_from=entry.id, note="A note")
    assert note_of(site.catalog, inherited).endswith(f"A note. As in {entry.named}.")
    assert age_of(replace(fact, aged=None)) == ""
    assert age_of(replace(fact, aged=Ageing(since="5.2"))) == "checked before 5.2"
    assert age_of(replace(fact, aged=Ageing(since="5.2"), of="Flask")) == "checked before Flask 5.2"
    assert age_of(replace(fact, aged=Ageing(days=400))) == "read 400 days ago"


def test_a_file_is_published_for_each_kind_with_entries_and_each_entry(site, entries):
    specs = {spec.path: spec.content for spec in file_specs(site, "") if spec.path.startswith("compare/")}
    kinds = {entry.kind for entry in entries}
    expected = {f"compare/{kind}.json" for kind in kinds} | {f"compare/{e.kind}/{e.id}.json" for e in entries}
    assert set(specs) == expected
    for entry in entries:
        content = specs[f"compare/{entry.kind}/{entry.id}.json"]()
        assert content == specs[f"compare/{entry.kind}/{entry.id}.json"]()
        assert json.loads(content) == json.loads(json.dumps(entry_answers(site, entry)))
