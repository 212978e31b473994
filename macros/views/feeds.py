"""What changed, as Atom feeds (RFC 4287): one for everything, one for each kind, one for each entry.

An id of a feed must be absolute and must never change, not even when the site moves. So ids are UUIDs made from names,
and no address of the site. Links are absolute or left out: without the address of the site there are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from macros.schema import routes
from macros.views.changes import EntryOfDay, Line
from macros.views.site import Site

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"
NAMES = UUID("5f0c6c2e-6c0b-4a57-9a53-1d1e8f2b7a40")
"""The name space of the ids. It never changes: readers know by it what they have shown already."""
NEWEST = 200
"""Items of a feed."""
TITLE = "Backend Field Guide"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may have (https://www.w3.org/TR/xml/#charsets)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: where it is and what it is about, from the root of the site, and its items, the newest first."""

    path: str
    title: str
    about: str
    items: tuple[EntryOfDay, ...]


def feeds(site: Site) -> Iterator[Feed]:
    """Yield the feed of everything, of each kind and of each entry; none without anything that changed."""
    items = [entry for day in site.changes for entry in day.entries]
    if not items:
        return
    yield Feed(path=routes.ALL_CHANGES, title=f"{TITLE}: changes", about=routes.CHANGES, items=tuple(items))
    for kind in site.catalog.kinds.values():
        if own := tuple(item for item in items if item.kind == kind.id):
            yield Feed(path=routes.feed_of(kind.id), title=f"{kind.name}: changes", about=routes.CHANGES, items=own)
    for entry in site.catalog.entries.values():
        if own := tuple(item for item in items if item.id == entry.id):
            path = routes.feed_of(entry.kind, entry.id)
            yield Feed(path=path, title=f"{entry.name}: changes", about=entry.url, items=own)


def kind_feeds(site: Site) -> tuple[tuple[str, str], ...]:
    """Return the feeds that are not of one entry alone: what each is about, and its path."""
    kinds = {routes.feed_of(kind.id): kind.name for kind in site.catalog.kinds.values()}
    return tuple(
        (kinds.get(feed.path, "Everything"), feed.path) for feed in feeds(site) if feed.about == routes.CHANGES
    )


def stable_id(name: str) -> UUID:
    """Return the id of what has this name, the same in every build and at every address."""
    return uuid5(NAMES, name)


def atom(feed: Feed, site_url: str) -> bytes:
    """Return the feed as XML; `site_url` ends with a slash, or is empty where the site has no address yet."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _text(root, "title", feed.title)
    _text(root, "id", stable_id(feed.path).urn)
    _text(root, "updated", _moment(feed.items[0]))
    _text(ET.SubElement(root, "author"), "name", TITLE)
    _text(root, "rights", "CC BY 4.0")
    if site_url:
        _link(root, "self", "application/atom+xml", urljoin(site_url, feed.path))
        _link(root, "alternate", "text/html", urljoin(site_url, feed.about))
    for item in feed.items[:NEWEST]:
        _item(root, item, site_url)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _item(root: ET.Element, item: EntryOfDay, site_url: str) -> None:
    entry = ET.SubElement(root, "entry")
    _text(entry, "title", item.title)
    _text(entry, "id", stable_id(f"{item.day}/{item.id}").urn)
    _text(entry, "updated", _moment(item))
    if site_url:
        _link(entry, "alternate", "text/html", urljoin(site_url, item.url or routes.CHANGES))
    content = ET.SubElement(entry, "content", {"type": "xhtml"})
    listed = ET.SubElement(ET.SubElement(content, "div", {"xmlns": XHTML}), "ul")
    for line in item.lines:
        _line(ET.SubElement(listed, "li"), item, line, site_url)


def _line(element: ET.Element, item: EntryOfDay, line: Line, site_url: str) -> None:
    place = item.place(line)
    if not (site_url and place):
        element.text = _clean(line.text)
        return
    link = ET.SubElement(element, "a", {"href": urljoin(site_url, place)})
    link.text = _clean(line.what)
    link.tail = _clean(line.text.removeprefix(line.what))


def _moment(item: EntryOfDay) -> str:
    """Return the beginning of the day as a moment: no record knows the hour."""
    return f"{item.day}T00:00:00Z"


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _clean(text)


def _link(parent: ET.Element, rel: str, form: str, href: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "type": form, "href": href})


def _clean(text: str) -> str:
    return NOT_XML.sub("", text)
