"""What is published for programs: feeds, the calendar, pages in Markdown, pictures, linked data, badges."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar
from PIL import Image

from macros.catalog.model import Catalog
from macros.plugin.snapshot import PICTURE
from macros.schema import end_of, routes
from tests.conftest import SITE_URL
from tests.site.test_html import errors_in

A, H = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1999/xhtml}"
LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
MARKDOWN_LINK = re.compile(r"\]\((?!https?://)([^)]+)\)")
MOST_BYTES = 24_000
"""Of a picture for links."""


def files(site: Path, pattern: str) -> dict[str, Path]:
    return {file.relative_to(site).as_posix(): file for file in sorted(site.glob(pattern))}


@pytest.fixture(scope="module")
def feeds(published: Path) -> dict[str, ET.Element]:
    return {name: ET.parse(file).getroot() for name, file in files(published, "feeds/**/*.xml").items()}


def leads_somewhere(address: str, pages) -> bool:
    url, _, anchor = address.removeprefix(SITE_URL).partition("#")
    return address.startswith(SITE_URL) and url in pages and (not anchor or anchor in pages[url].ids)


def test_every_entry_with_a_change_has_a_feed_and_its_page_names_it(real: Catalog, feeds, published_pages):
    changed = {name for record in real.changes.values() for name in record.entries}
    assert changed & set(real.entries), "the data has no change to look for"
    for name in changed & set(real.entries):
        entry = real.entries[name]
        path = routes.feed_of(entry.kind, name)
        assert path in feeds
        named = {
            urljoin(f"{SITE_URL}{entry.url}", reference.value)
            for reference in published_pages[entry.url].references
            if reference.rel == "alternate"
        }
        assert named == {f"{SITE_URL}{path}", f"{SITE_URL}{entry.url}index.md"}


def test_links_in_feeds_lead_to_pages_and_rows(feeds, published_pages):
    for name, root in feeds.items():
        (own,) = (link for link in root.findall(f"{A}link") if link.get("rel") == "self")
        assert own.get("href") == f"{SITE_URL}{name}"
        found = [link.get("href") for link in root.iter(f"{A}link") if link.get("rel") == "alternate"]
        found += [anchor.get("href") for anchor in root.iter(f"{H}a")]
        assert found
        assert [address for address in found if not leads_somewhere(address, published_pages)] == []


def test_no_two_items_of_all_feeds_share_an_id(feeds):
    everything = [entry.findtext(f"{A}id") for entry in feeds[routes.ALL_CHANGES].iter(f"{A}entry")]
    own = [root.findtext(f"{A}id") for root in feeds.values()]
    assert len({*everything, *own}) == len(everything) + len(own)


def test_a_site_without_an_address_links_nowhere(built):
    for name, file in files(built, "feeds/**/*.xml").items():
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<link|<a ", text), name
        assert ET.fromstring(text).findtext(f"{A}id").startswith("urn:uuid:")


def test_the_calendar_has_every_end_that_is_a_day(published, real, published_pages):
    events = Calendar.from_ical((published / routes.SUPPORT).read_bytes()).walk("VEVENT")
    series = [one for entry in real.entries.values() for one in entry.record.series]
    stated = [until for one in series for until in (one.bug_fixes_until, one.supported_until) if until]
    days = sorted(day for until in stated if (day := end_of(until)))
    assert days
    assert sorted(event["DTSTART"].dt for event in events) == days
    assert [event["URL"] for event in events if not leads_somewhere(event["URL"], published_pages)] == []


def test_the_calendar_of_releases_leads_to_their_entries(published, published_pages):
    events = Calendar.from_ical((published / routes.RELEASES).read_bytes()).walk("VEVENT")
    assert events
    assert [event["URL"] for event in events if not leads_somewhere(event["URL"], published_pages)] == []


def test_every_link_in_markdown_leads_to_a_file(built):
    pages = files(built, "**/index.md")
    assert len(pages) > len(files(built, "frameworks/*/index.html"))
    for name, file in {**pages, "llms.txt": built / "llms.txt"}.items():
        found = MARKDOWN_LINK.findall(file.read_text(encoding="utf-8"))
        targets = {link: (file.parent / link.partition("#")[0]).resolve() for link in found}
        lost = [link for link, path in targets.items() if not (path.is_file() or (path / "index.html").is_file())]
        assert lost == [], name


def test_the_list_for_programs_names_every_entry_with_its_address(published, real):
    text = (published / "llms.txt").read_text(encoding="utf-8")
    assert [entry.id for entry in real.entries.values() if f"]({SITE_URL}{entry.url}index.md)" not in text] == []


def test_a_picture_belongs_to_every_page_that_names_one(published, published_pages, built, pages, record_property):
    named = {url: page.meta["og:image"] for url, page in published_pages.items() if "og:image" in page.meta}
    assert named == {url: f"{SITE_URL}{url}{PICTURE}" for url in named}
    found = files(published, f"**/{PICTURE}")
    assert {f"{url}{PICTURE}" for url in named} == set(found)
    assert {"frameworks/django/", "compare/django-vs-fastapi/", "matrix/frameworks/"} <= set(named)
    sizes = sorted(file.stat().st_size for file in found.values())
    record_property("bytes of the largest picture for links", sizes[-1])
    assert sizes[-1] <= MOST_BYTES
    for file in (found[name] for name in list(found)[::50]):
        assert Image.open(file).size == (1200, 630)
    for url in named:
        meta = published_pages[url].meta
        assert meta["twitter:card"] == "summary_large_image"
        assert meta["og:image:alt"] == f"{meta['og:title']}: {meta['og:description']}"
    assert files(built, f"**/{PICTURE}") == {}
    assert [url for url, page in pages.items() if "og:image" in page.meta] == []


def test_a_pair_is_shared_under_both_names(published_pages):
    assert published_pages["compare/django-vs-fastapi/"].meta["og:title"] == "Django vs FastAPI"


def test_linked_data_is_of_this_site(published_pages, pages):
    found = {url: LINKED_DATA.findall(page.html) for url, page in published_pages.items()}
    assert found["frameworks/django/"]
    for url, (text, *others) in ((url, texts) for url, texts in found.items() if texts):
        *_, crumbs = json.loads(text)["@graph"]
        assert others == []
        items = [item["item"] for item in crumbs["itemListElement"]]
        assert items[0] == SITE_URL
        assert items[-1] == f"{SITE_URL}{url}"
        assert [item for item in items if not leads_somewhere(item, published_pages)] == []
    assert [url for url, page in pages.items() if LINKED_DATA.search(page.html)] == []


def test_every_entry_has_a_badge_and_its_page_the_code_for_it(real, published, published_pages, pages):
    for entry in real.entries.values():
        badge = ET.parse(published / "badges" / f"{entry.id}.svg").getroot()
        said = badge.get("aria-label")
        assert said.startswith(f"{entry.name} in Backend Field Guide: ")
        assert entry.told in said
        assert f"]({SITE_URL}badges/{entry.id}.svg)]({SITE_URL}{entry.url})" in published_pages[entry.url].html
        assert 'id="badge"' not in pages[entry.url].html


def test_a_frame_on_another_site_shows_a_page_without_a_script(published, published_pages):
    frames = {name: file.read_text(encoding="utf-8") for name, file in files(published, "embed/**/*.html").items()}
    assert "embed/compare/django-vs-fastapi/index.html" in frames
    for name, html in frames.items():
        url = name.removeprefix("embed/").removesuffix("index.html")
        assert f"src=&#34;{SITE_URL}embed/{url}&#34;" in published_pages[url].html
        assert "<script" not in html
        assert '<base target="_top">' in html
        assert html.count("<h1>") == 1
        found = {urljoin(f"{SITE_URL}embed/{url}", link) for link in re.findall(r'href="([^"]+)"', html)}
        assert f"{SITE_URL}{url}" in found
        paths = [published / address.removeprefix(SITE_URL) for address in found]
        assert [path for path in paths if not path.is_file() and not (path / "index.html").is_file()] == []


@pytest.mark.parametrize("place", ["compare", "guide"])
def test_a_page_for_frames_is_parsed_without_an_error(published, place):
    frames = list(files(published, f"embed/{place}/**/*.html").values())[::10]
    assert frames
    assert {file: errors for file in frames if (errors := errors_in(file.read_text(encoding="utf-8")))} == {}
