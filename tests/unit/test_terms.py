"""Words of the site lead to the glossary where they first occur in the prose of a page."""

from __future__ import annotations

import re

from macros.rendering.terms import link_terms
from macros.schema import Term

TERMS = {
    "fact": Term(name="fact", meaning="The value of a criterion.", also=("facts",)),
    "use-case": Term(name="use case", meaning="Needs and weights."),
    "value": Term(name="value", meaning="An answer.", link="never"),
}


def linked(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a class="term" href="([^"]+)">([^<]+)</a>', link_terms(html, TERMS, "../method/"))


def test_a_word_is_linked_once_in_the_form_that_the_text_has():
    assert linked("<p>Facts are checked. A fact has a source.</p>") == [("../method/#term-fact", "Facts")]


def test_headings_links_and_code_are_left_alone():
    assert linked("<h2>Facts</h2><p><a href='x'>a fact</a> <code>fact</code> facts</p>") == [
        ("../method/#term-fact", "facts")
    ]


def test_parts_of_words_and_everyday_words_are_left_alone():
    assert linked("<p>A factory has value; artefacts too.</p>") == []


def test_tags_and_entities_are_not_text():
    html = '<p title="fact">&lt;use case&gt;</p>'
    assert link_terms(html, TERMS, "") == (
        '<p title="fact">&lt;<a class="term" href="#term-use-case">use case</a>&gt;</p>'
    )


def test_without_terms_the_page_is_as_it_was():
    assert link_terms("<p>A fact.</p>", {}, "") == "<p>A fact.</p>"
