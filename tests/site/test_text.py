"""Names and notes with any characters come out as text, wherever they stand."""

from __future__ import annotations

import html
import json

import pytest

from tests.conftest import NAME, NOTE, SUMMARY


@pytest.fixture(scope="module")
def pages(awkward_pages):
    return awkward_pages


def test_the_title_and_the_header_show_the_name(pages):
    page = pages["frameworks/flask/"]
    assert page.title.startswith(f"{NAME} · ")
    assert page.meta["og:title"] == NAME
    assert page.meta["description"].startswith(SUMMARY)
    assert f"<h1><bdi>{html.escape(NAME).replace('&quot;', '&#34;').replace('&#x27;', '&#39;')}</bdi></h1>" in page.html


def test_the_pair_and_the_matrix_show_the_name(pages):
    assert pages["compare/django-vs-flask/"].title.startswith(f"Django and {NAME} · ")
    for url in ("compare/django-vs-flask/", "matrix/frameworks/", "frameworks/", "", "guide/", "compare/"):
        assert NAME in pages[url].text, url


def test_a_note_is_shown_as_it_was_written(pages):
    for url in ("frameworks/flask/", "compare/django-vs-flask/"):
        assert NOTE in pages[url].text, url
        assert "<b onclick" not in pages[url].html, url


def test_a_note_in_a_matrix_stays_out_of_the_markup(pages):
    assert all("<b onclick" not in page.html for page in pages.values())
    assert all("field-guide:1" not in page.html.replace("&lt;!--field-guide:1--&gt;", "") for page in pages.values())


def test_the_search_holds_the_name_as_text(awkward):
    """Its script writes text, never markup: tests/browser/test_search.py looks at the page."""
    entries = json.loads((awkward / "search" / "index.json").read_text(encoding="utf-8"))["entries"]
    (own,) = [entry for entry in entries if entry[0] == "flask"]
    assert own[2] == NAME
    assert own[4].endswith(SUMMARY)
