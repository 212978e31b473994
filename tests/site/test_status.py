"""What is dormant, has ended or has a successor says so wherever it is named with a link, and nothing advises it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest

from macros.catalog.model import Catalog, Entry
from tests.site.conftest import HOST, Page

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
CHOOSE = re.compile(r"<h2>\s*Choose\s+<bdi>(.*?)</bdi> when")
ADVISED = re.compile(r"<b><bdi>([^<]*)</bdi></b>,")
INSTEAD = re.compile(r"<b>Use (.*?) instead\.</b>", re.DOTALL)


def text_of(html: str) -> str:
    """Return the text of a piece of HTML on one line."""
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


def named(page: Page, told: Mapping[str, Entry]) -> Iterator[tuple[Entry, str]]:
    """Yield every link of a page that leads to such an entry, its code or its pairs, and names it: with its text."""
    for href, inside in LINK.findall(page.html):
        address = urlsplit(urljoin(f"{HOST}/{page.url}", unescape(href)))
        path, text = address.path.strip("/"), text_of(inside)
        for name, entry in told.items() if f"https://{address.netloc}" == HOST else ():
            leads = path in (entry.url.strip("/"), f"{entry.url}code") or name in re.split("[/]|-vs-", path)
            if leads and re.search(rf"(?<![\w-]){re.escape(entry.name)}(?![\w-])", text):
                yield entry, text


@pytest.fixture(scope="module")
def told(real: Catalog) -> dict[str, Entry]:
    """Return the entries whose status is told, by id."""
    found = {entry.id: entry for entry in real.entries.values() if entry.told}
    assert {entry.told for entry in found.values()} >= {"dormant", "ended"}, "the data has none to look for"
    return found


def test_every_link_that_names_such_an_entry_tells_its_status(pages, told):
    shown = {url: page for url, page in pages.items() if not page.is_redirect}
    links = [(url, entry, text) for url, page in shown.items() for entry, text in named(page, told)]
    silent = [f"{url}: {text}" for url, entry, text in links if entry.told not in text]
    assert {entry.id for _, entry, _ in links} == set(told)
    assert silent == []


def test_nothing_says_to_choose_such_an_entry(pages, told):
    names = {entry.name for entry in told.values()}
    chosen = {url: CHOOSE.findall(page.html) + ADVISED.findall(page.html) for url, page in pages.items()}
    assert sum(map(len, chosen.values())) > 100
    assert {url: found for url, found in chosen.items() if names & set(map(unescape, found))} == {}


def test_the_page_of_such_an_entry_tells_it_first_with_the_way_on(pages, told):
    for entry in told.values():
        body = pages[entry.url].html.partition("</header>")[2]
        band = body[body.index('class="band') : body.index("</aside>")]
        assert entry.told in text_of(band).lower(), entry.id
        assert body.index('class="band') < body.index('class="strip"'), entry.id
        assert len(INSTEAD.findall(band)) == len(entry.ways_on), entry.id


def test_the_way_on_is_told_once_on_a_pair(pages, told):
    for entry in told.values():
        for url in (url for url in pages if re.search(rf"compare/(.*-vs-)?{entry.id}(-vs-.*)?/$", url)):
            if not pages[url].is_redirect:
                assert len(re.findall(r"(?i)forked to", text_of(pages[url].html))) <= 1, url
