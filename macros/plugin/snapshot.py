"""What a build found out, so that the next one need not read the data where nothing has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from macros.cache.store import Store

TWIN = "index.md"
"""What follows the address of a page where it is in Markdown."""
PICTURE = "preview.png"
"""What follows the address of a page where its picture for links is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHead:
    """What MkDocs and the search must know of a generated page without rendering it."""

    url: str
    title: str
    description: str
    edit: str | None = None
    tile: str | None = None
    feed: str | None = None
    """The path of the feed of its own; None if it is that of the whole site."""
    tiles: tuple[str, ...] = ()
    """The letters of the entries that it is about, as its picture shows them."""
    shared_as: str = ""
    """Its title where somebody links to it; empty if that is `title`."""
    kind_of: str = ""
    """What it is about, in the words of schema.org: `SoftwareApplication`, `TechArticle`; empty if it is a list."""
    crumbs: tuple[tuple[str, str], ...] = ()
    """What it stands below: names and addresses from the root of the site."""
    has_picture: bool = False
    """Whether there is a picture of it for links."""
    twin: str | None = None
    """The template of the same page in Markdown; None if there is none."""
    in_search: str | None = None
    """What the search says of it; None if it finds it by an entry, a pair, a criterion or a place."""


BEFORE_PAGES = frozenset(("extra", "heads", "redirects", "files", "fragments", "search"))
"""The parts of a snapshot that no generated page adds to."""


class Redirect(NamedTuple):
    """A small page that leads to the one that is meant, with its query and anchor."""

    target: str
    """The address that it leads to, from its own."""
    title: str


@dataclass(kw_only=True)
class Snapshot:
    """The generated pages with the keys of their HTML, the redirects, and what else the frame and the search print."""

    extra: dict[str, Any] = field(default_factory=dict)
    """What the frame of all pages prints of the catalog."""
    heads: list[PageHead] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    """The key of the HTML of each generated page, by address."""
    redirects: dict[str, Redirect] = field(default_factory=dict)
    """By the path of their file."""
    files: list[str] = field(default_factory=list)
    """The paths of the files for programs."""
    fragments: dict[str, str] = field(default_factory=dict)
    """The HTML of what macros left on hand-written pages, by root and call."""
    search: dict[str, Any] = field(default_factory=dict)
    """What the search knows of everything but hand-written pages."""
    whole: bool = False
    """Whether it is that of a finished build."""

    @classmethod
    def kept(cls, store: Store, everything: str) -> Snapshot | None:
        """Return the snapshot of the last build of exactly these inputs, or None."""
        data = {}
        for one in fields(cls):
            content = store.get(f"snapshot {one.name} {everything}")
            if content is None:
                return None
            data[one.name] = from_json(content)
        data["heads"] = [PageHead(**head) for head in data["heads"]]
        data["redirects"] = {path: Redirect(*to) for path, to in data["redirects"].items()}
        return cls(**data)

    def keep_first(self, store: Store, everything: str) -> None:
        """Keep the parts that are known before the pages are rendered: then there is still memory for it."""
        self._keep(store, everything, BEFORE_PAGES)

    def keep(self, store: Store, everything: str) -> None:
        """Keep the other parts: with all of them it is the snapshot of a finished build."""
        self.whole = True
        self._keep(store, everything, vars(self).keys() - BEFORE_PAGES)

    def _keep(self, store: Store, everything: str, parts: Iterable[str]) -> None:
        for name in parts:
            store.put(f"snapshot {name} {everything}", to_json(getattr(self, name)))

    def fragment(self, name: str, make: Callable[[], str]) -> str:
        """Return the HTML that is kept by that name, or else make it and keep it."""
        if name not in self.fragments:
            self.fragments[name] = make()
        return self.fragments[name]
