"""What changed by day: in words, on its page, in feeds; and the rules of its files."""

from __future__ import annotations

import shutil
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from macros.checks.load import load
from macros.reading.folders import Folders
from macros.schema import routes
from macros.views.changes import Line, change_days
from macros.views.feeds import NEWEST, Feed, atom, feeds, kind_feeds, stable_id
from macros.views.site import Site

ADDRESS = "https://guide.example.org/"
A, H = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/1999/xhtml}"


def parsed(site, path, address=ADDRESS):
    feed = next(feed for feed in feeds(site) if feed.path == path)
    return ET.fromstring(atom(feed, address))


def test_the_newest_day_comes_first_and_each_entry_once(catalog):
    days = change_days(catalog)
    assert [day.day for day in days] == [date(2026, 11, 19), date(2026, 11, 18)]
    newest, first = days
    assert [entry.id for entry in newest.changed] == ["alpha", "delta"]
    assert [entry.id for entry in newest.gone] == ["omega"]
    assert [entry.id for entry in first.added] == ["alpha", "delta", "omega"]
    assert (first.changed, first.gone) == ((), ())


def test_changes_are_told_in_the_words_of_the_scales(catalog):
    alpha = change_days(catalog)[0].changed[0]
    assert [line.text for line in alpha.lines] == [
        "Newest release: 2.9 → 2.10",
        "Support of 2.8: 2026-12 → none",
        "Support of 2.10: none → the next release",
        "Async handlers: partial → built in (read for 2.10)",
        "Licence: GPL <3> → MIT",
        "no longer asked: some → built-in",
        "1 fact more",
        "2 facts fewer",
    ]


def test_a_change_leads_to_its_row_where_the_page_has_one(catalog):
    newest = change_days(catalog)[0]
    alpha, gone = newest.changed[0], newest.gone[0]
    places = {line.what: alpha.place(line) for line in alpha.lines}
    assert places["Async handlers"] == "frameworks/alpha/#async-handlers"
    assert places["no longer asked"] == places["Newest release"] == ""
    assert (gone.url, gone.place(Line(what="x", criterion="licence"))) == ("", "")


def test_a_status_that_is_told_is_told_here_too(catalog):
    delta = change_days(catalog)[0].changed[1]
    assert delta.named == "Delta (successor exists)"
    assert delta.title == "Delta (successor exists): Status: active → successor exists"


def test_there_is_a_feed_of_everything_of_each_kind_and_of_each_entry_that_changed(site):
    assert [feed.path for feed in feeds(site)] == [
        "feeds/changes.xml",
        "feeds/frameworks.xml",
        "feeds/frameworks/alpha.xml",
        "feeds/frameworks/delta.xml",
    ]
    assert kind_feeds(site) == (("Everything", "feeds/changes.xml"), ("Frameworks", "feeds/frameworks.xml"))
    assert site.feed_of("frameworks", "alpha") == "feeds/frameworks/alpha.xml"
    assert site.feed_of("frameworks", "beta") is None
    assert site.feed_of("servers") is None


@pytest.mark.parametrize("address", [ADDRESS, ""])
def test_a_feed_has_what_the_standard_asks_for(site, address):
    """RFC 4287: 4.1.1 asks a feed for id, title, updated and an author; 4.1.2 asks an entry for id, title, updated."""
    for feed in feeds(site):
        root = ET.fromstring(atom(feed, address))
        assert root.tag == f"{A}feed"
        for element in (root, *root.iter(f"{A}entry")):
            for name in ("id", "title", "updated"):
                assert len(element.findall(f"{A}{name}")) == 1
                assert element.findtext(f"{A}{name}")
            assert element.findtext(f"{A}id").startswith("urn:uuid:")
            assert element.findtext(f"{A}updated").endswith("T00:00:00Z")
        assert root.findtext(f"{A}author/{A}name") == "Backend Field Guide"
        ids = [entry.findtext(f"{A}id") for entry in root.iter(f"{A}entry")]
        assert len(ids) == len(set(ids)) == len(feed.items)
        for entry in root.iter(f"{A}entry"):
            content = entry.find(f"{A}content")
            assert (content.get("type"), [child.tag for child in content]) == ("xhtml", [f"{H}div"])


def test_a_feed_is_as_new_as_its_newest_item(site):
    root = parsed(site, routes.ALL_CHANGES)
    assert root.findtext(f"{A}updated") == max(entry.findtext(f"{A}updated") for entry in root.iter(f"{A}entry"))


def test_links_are_absolute_or_left_out(site):
    linked = parsed(site, "feeds/frameworks/alpha.xml")
    links = {link.get("rel"): link.get("href") for link in linked.findall(f"{A}link")}
    assert links == {"self": f"{ADDRESS}feeds/frameworks/alpha.xml", "alternate": f"{ADDRESS}frameworks/alpha/"}
    anchors = [anchor.get("href") for anchor in linked.iter(f"{H}a")]
    assert anchors == [f"{ADDRESS}frameworks/alpha/#async-handlers", f"{ADDRESS}frameworks/alpha/#licence"]
    bare = parsed(site, "feeds/frameworks/alpha.xml", "")
    assert [*bare.iter(f"{A}link"), *bare.iter(f"{H}a")] == []
    texts = ["".join(item.itertext()) for item in linked.iter(f"{H}li")]
    assert texts == ["".join(item.itertext()) for item in bare.iter(f"{H}li")]
    assert "Licence: GPL <3> → MIT" in texts


def test_ids_do_not_change_when_the_site_moves(site):
    here, there = (parsed(site, routes.ALL_CHANGES, address) for address in (ADDRESS, "https://other.example/a/"))
    assert [found.text for found in here.iter(f"{A}id")] == [found.text for found in there.iter(f"{A}id")]
    assert str(stable_id("feeds/changes.xml")) == str(stable_id("feeds/changes.xml")) != str(stable_id("x"))


def test_what_xml_may_not_hold_is_left_out(site):
    item = next(feeds(site)).items[0]
    odd = Feed(path="x.xml", title="a\ufffeb\x00c", about="", items=(item,) * (NEWEST + 5))
    root = ET.fromstring(atom(odd, ""))
    assert root.findtext(f"{A}title") == "abc"
    assert len(root.findall(f"{A}entry")) == NEWEST


def test_without_changes_there_is_no_feed_and_the_page_says_so(data, today, pages_of):
    shutil.rmtree(data / "changes")
    site = Site(load(Folders.around(data), today))
    assert list(feeds(site)) == []
    assert "No change is recorded yet." in pages_of(site)[routes.CHANGES]


def test_the_page_names_what_is_gone_without_a_link(site, pages_of):
    html = pages_of(site)[routes.CHANGES]
    assert "Omega &amp; Co" in html
    assert "omega" not in html
    assert 'href="../frameworks/alpha/#async-handlers"' in html
    assert "GPL &lt;3&gt;" in html


def test_an_entry_without_a_record_must_be_said_to_be_gone(data, problems_of):
    (data / "changes/2026-11-19.yml").unlink()
    assert problems_of(data) == [
        'data/changes/2026-11-18.yml:5:3: "omega" has no record, and no later day says that it is gone. '
        "Run: python -m tools.changes --write"
    ]


def test_an_entry_that_came_back_is_not_gone(data, problems_of):
    commit = "commit: 0123456789abcdef0123456789abcdef01234567"
    back = f"{commit}\nentries:\n  beta: {{kind: frameworks, name: Beta, record: removed}}\n"
    (data / "changes/2026-11-20.yml").write_text(back)
    assert problems_of(data) == [
        'data/changes/2026-11-20.yml:3:3: "beta" is said to be gone, and has a record. '
        "Run: python -m tools.changes --write"
    ]
