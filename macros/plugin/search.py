"""What the search knows of generated pages and of criteria."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import escape

from macros.plugin.pages import page_specs
from macros.plugin.state import BUILD
from macros.views.site import Site


def search_entry(location: str, title: str, text: str, boost: float) -> dict[str, Any]:
    """Return one document of the search index; title and text are HTML there, so they are escaped."""
    return {"location": location, "title": str(escape(title)), "text": str(escape(text)), "boost": boost}


def search_entries(site: Site) -> Iterator[dict[str, Any]]:
    """Yield what the search knows of pages that it does not read, and of criteria."""
    for url, (title, description) in BUILD.hand_written.items():
        yield search_entry(url, title, description, boost=6)
    for spec in page_specs(site):
        if spec.in_search is not None:
            yield search_entry(spec.url, spec.title, spec.in_search, boost=spec.boost)
    for kind in site.catalog.kinds.values():
        if site.catalog.of_kind(kind.id):
            for criterion in kind.criteria.values():
                title, text = f"{criterion.name} ({kind.name})", criterion.question
                yield search_entry(f"matrix/{kind.id}/#{criterion.id}", title, text, boost=1)
