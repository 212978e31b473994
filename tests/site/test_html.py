"""Every page is HTML that a strict parser accepts, with what a page must have."""

from __future__ import annotations

import re

import html5lib
import pytest
from html5lib.constants import E as SENTENCES

STATUS = re.compile(r" \((dormant|ended|successor exists)\)")
"""What is told with a name where a page is shared."""
SHARES = 8
"""The parser takes two minutes for the whole site: the workers share the pages."""


def errors_in(text: str) -> list[str]:
    """Return what the HTML standard calls a parse error, with line and column."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(text)
    return [f"{position}: {SENTENCES[code] % values}" for position, code, values in parser.errors]


def test_the_parser_finds_errors():
    page = "<!doctype html><html lang=en><title>x</title><p>{}"
    assert errors_in(page.format("right</p>")) == []
    for wrong in (
        "<b>never closed</p>",
        "</i>",
        "<table><div></div></table>",
        '<a href="x" href="y">z</a>',
        "&unknown;",
    ):
        assert errors_in(page.format(wrong)), wrong


@pytest.mark.parametrize("share", [pytest.param(0, marks=pytest.mark.long), *range(1, SHARES)])
def test_every_page_is_parsed_without_an_error(published_pages, share):
    urls = sorted(published_pages)[share::SHARES]
    found = {url: errors_in(published_pages[url].html) for url in urls}
    assert {url: errors for url, errors in found.items() if errors} == {}


def test_every_page_has_one_heading_a_title_of_its_own_and_a_description(pages):
    titles: dict[str, str] = {}
    for url, page in pages.items():
        if page.is_redirect:
            continue
        assert page.html.count("<h1") == 1, url
        assert page.title.strip(), url
        assert titles.setdefault(page.title, url) == url, f"{url} has the title of {titles[page.title]}"
        assert 40 <= len(page.meta["description"]) <= 220, f"{url}: {page.meta['description']!r}"
        assert '<html lang="en"' in page.html, url
        shared = STATUS.sub("", page.meta["og:title"]).replace(" vs ", " and ")
        assert shared in page.title, url
        assert page.meta["og:description"] == page.meta["description"], url
