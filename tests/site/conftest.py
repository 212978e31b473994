"""Every page of the built site, read once for all workers."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

HOST = "https://served.invalid"
ADDRESSES = ("href", "src", "action", "poster", "data", "formaction", "srcset")
NAMES_OF_IDS = ("for", "popovertarget", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list")


@dataclass(frozen=True)
class Reference:
    """An attribute that leads somewhere."""

    tag: str
    attribute: str
    value: str
    rel: str


@dataclass
class Page(HTMLParser):
    """A page: its address from the root of the site, its ids, what it refers to, and its title."""

    url: str
    html: str
    ids: list[str] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    names_of_ids: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    title: str = ""
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inside = ""
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        given = {name: value or "" for name, value in attrs}
        for name, value in given.items():
            if name == "id":
                self.ids.append(value)
            elif name in ADDRESSES:
                self.references.append(Reference(tag, name, value, given.get("rel", "")))
            elif name in NAMES_OF_IDS:
                self.names_of_ids += value.split()
        if tag == "meta":
            name = given.get("property") or given.get("name") or given.get("http-equiv", "")
            self.meta[name] = given.get("content", "")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "title":
            self.title += data
        elif self.inside not in ("script", "style"):
            self.text.append(data)

    @property
    def is_redirect(self) -> bool:
        """Return whether this is no page but the way to one."""
        return self.meta.get("robots") == "noindex"

    def internal(self, prefix: str) -> Iterator[tuple[Reference, str | None, str]]:
        """Yield what refers into the site, served below `prefix`: the address from the root, and the anchor.

        The address is None where the reference leaves the prefix.
        """
        for reference in self.references:
            parts = urlsplit(urljoin(f"{HOST}{prefix}{self.url}", reference.value))
            if f"{parts.scheme}://{parts.netloc}" != HOST:
                continue
            path, inside = unquote(parts.path), parts.path.startswith(prefix)
            yield reference, path.removeprefix(prefix) if inside else None, unquote(parts.fragment)


def pages_of(site: Path) -> dict[str, Page]:
    """Return every page of a built site by its address from the root, such as `matrix/async/`.

    Those for frames on other sites are no pages of this one: nothing leads to them.
    """
    found = {}
    for file in sorted(site.rglob("*.html")):
        url = file.relative_to(site).as_posix()
        if url.startswith("embed/"):
            continue
        url = url.removesuffix("index.html") if file.name == "index.html" else url
        found[url] = Page(url, file.read_text(encoding="utf-8"))
    return found


Once = Callable[[str, Callable[[Path], None]], Path]


def read_once(once: Once, site: Path) -> Mapping[str, Page]:
    """Return every page of a built site, parsed by the first worker that asks: to load them takes a tenth as long."""
    file = once(f"{site.name}.pages", lambda target: target.write_bytes(pickle.dumps(pages_of(site))) and None)
    found: Mapping[str, Page] = pickle.loads(file.read_bytes())
    gc.freeze()  # millions of texts that stay: the collector need not look at them again and again
    return found


@pytest.fixture(scope="session")
def pages(once: Once, built: Path) -> Mapping[str, Page]:
    """Return every page of the site as `make build` makes it."""
    return read_once(once, built)


@pytest.fixture(scope="session")
def published_pages(once: Once, published: Path) -> Mapping[str, Page]:
    """Return every page of the site as it is published."""
    return read_once(once, published)


@pytest.fixture(scope="session")
def awkward_pages(once: Once, awkward: Path) -> Mapping[str, Page]:
    """Return every page of the site with an awkward entry and two that were added."""
    return read_once(once, awkward)
