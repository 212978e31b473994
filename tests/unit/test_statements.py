"""What people from a project say beside a value: where it is shown, and what it may be."""

from __future__ import annotations

import pytest

from tests.unit.spoiling import spoil

WORDS = "The next release has one loop for all."


def test_it_is_at_its_fact_and_moves_nothing(catalog):
    beta = catalog.entries["beta"]
    said = {name: [reply.words for reply in fact.replies] for name, fact in beta.facts.items() if fact.replies}
    assert said == {"async-handlers": [WORDS]}
    assert beta.facts["async-handlers"].value == "partial"


@pytest.mark.parametrize("url", ["frameworks/beta/", "compare/alpha-vs-beta/", "frameworks/by/async-handlers/"])
def test_it_is_shown_at_the_cell_with_who_says_it_and_where(site, pages_of, url):
    html = pages_of(site)[url]
    at = html.index(f"<q>{WORDS}</q>")
    shown = html[at : at + 400]
    assert "Ada B." in shown
    assert "maintainer of Beta, 18 Nov 2026" in shown
    assert 'href="https://ada.example.net/loops"' in shown


def test_forty_words_are_the_most(data, problems_of):
    spoil(data / "frameworks/beta.yml", WORDS, "word " * 40)
    assert problems_of(data) == []
    spoil(data / "frameworks/beta.yml", "word " * 40, "word " * 41)
    (problem,) = problems_of(data)
    assert "has more than 40 words. Shorten it, or let the source say the rest." in problem
