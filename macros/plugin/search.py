"""What the search knows of generated pages, of hand-written pages that it does not read, and of criteria."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from markupsafe import escape

from macros.plugin.snapshot import PageHead
from macros.views.site import Site


def search_entry(location: str, title: str, text: str, boost: float) -> dict[str, Any]:
    """Return one document of the search index; title and text are HTML there, so they are escaped."""
    return {"location": location, "title": str(escape(title)), "text": str(escape(text)), "boost": boost}


def of_hand_written(pages: Mapping[str, tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """Yield the documents of hand-written pages, given by address with title and description."""
    for url, (title, description) in pages.items():
        yield search_entry(url, title, description, boost=6)


def of_generated(heads: Iterable[PageHead], site: Site) -> Iterator[dict[str, Any]]:
    """Yield the documents of generated pages, by title and one sentence each, and of criteria."""
    for head in heads:
        if head.in_search is not None:
            yield search_entry(head.url, head.title, head.in_search, boost=head.boost)
