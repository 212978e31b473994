"""The file that the search reads: what the site knows, and the hand-written pages with their sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from mkdocs.structure.toc import AnchorLink, TableOfContents

from macros.plugin.snapshot import PageHead
from macros.views.answers import criterion_views
from macros.views.finding import Page, other_pages, search_index
from macros.views.site import Site

INDEX = "search/index.json"
"""Where the file is, from the root of the site."""


class HandWritten(NamedTuple):
    """What the search knows of a hand-written page: its title, its description, and its sections with their anchors."""

    title: str
    description: str
    sections: tuple[tuple[str, str], ...]

    def places(self, url: str) -> Iterator[Page]:
        """Yield the page and its sections."""
        yield url, self.title, self.description, ""
        yield from ((f"{url}#{anchor}", name, self.title, "") for name, anchor in self.sections)


def sections_of(toc: TableOfContents) -> tuple[tuple[str, str], ...]:
    """Return the sections of a page below its title, each with its anchor."""

    def below(links: Iterable[AnchorLink]) -> Iterator[tuple[str, str]]:
        for link in links:
            if link.level > 1:
                yield link.title, link.id
            yield from below(link.children)

    return tuple(below(toc.items))


def of_generated(heads: Iterable[PageHead], site: Site) -> dict[str, Any]:
    """Return what the search knows of everything but hand-written pages."""
    pages = [(head.url, head.title, head.in_search, _words(head.url)) for head in heads if head.in_search is not None]
    views = criterion_views(site)
    found: dict[str, Any] = search_index(site, views, [*other_pages(site, views), *pages])
    return found | {"code": list(site.sides)}


def _words(url: str) -> str:
    """Return the words of an address: `behaviour|malformed json`."""
    return "|".join(part.replace("-", " ") for part in url.split("/") if part)


def whole(generated: Mapping[str, Any], pages: Mapping[str, HandWritten]) -> dict[str, Any]:
    """Return the content of the file."""
    written = [list(place) for url, page in pages.items() for place in page.places(url)]
    return {**generated, "pages": [*generated["pages"], *written]}
