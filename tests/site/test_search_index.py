"""The search knows every page, is small, and shows names as text."""

from __future__ import annotations

import gzip
import json
import re

import pytest

MOST_BYTES = 40 * 1024
"""Packed with gzip. The index is part of the first view of every page."""
TAGS = re.compile(r"<(?!/?(?:p|ul|ol|li|code|pre|h[1-6]|em|strong|a|table|thead|tbody|tr|th|td|dl|dt|dd|br|div)\b)")
"""Markup that Markdown does not make."""


@pytest.fixture(scope="module")
def index(built) -> dict[str, dict[str, str]]:
    stated = json.loads((built / "search" / "search_index.json").read_text(encoding="utf-8"))
    entries = {entry["location"]: entry for entry in stated["docs"]}
    assert len(entries) == len(stated["docs"]), "two entries lead to one place"
    return entries


def test_it_is_small(built):
    packed = len(gzip.compress((built / "search" / "search_index.json").read_bytes(), 6))
    assert packed <= MOST_BYTES, f"{packed} bytes packed; at most {MOST_BYTES} are allowed"


def test_every_page_is_found(index, pages):
    expected = {url for url, page in pages.items() if not page.is_redirect and url != "404.html"}
    assert expected - index.keys() == set()


def test_pairs_are_found_by_title_alone(index):
    pairs = [entry for location, entry in index.items() if "-vs-" in location]
    assert len(pairs) > 100
    assert {entry["text"] for entry in pairs} == {""}
    assert all(" and " in entry["title"] for entry in pairs)


def test_criteria_are_found_with_their_question(index):
    assert index["matrix/frameworks/#async-orm"]["text"].endswith("?")


def test_every_result_leads_to_a_page_and_an_element(index, pages):
    for location in index:
        url, _, anchor = location.partition("#")
        assert url in pages, location
        assert not anchor or anchor in pages[url].ids, location


def test_titles_and_texts_are_escaped(index):
    for location, entry in index.items():
        for text in (entry["title"], entry["text"]):
            assert not TAGS.search(text), location
            assert not re.search(r"&(?!#?\w+;)", text), location
