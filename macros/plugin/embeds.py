"""Small pages of pairs and rankings, for frames on other sites: files, since neither menu nor search leads to them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from macros.catalog.model import Entry, pair_url
from macros.plugin.files import FileSpec
from macros.rendering.environment import Renderer
from macros.views.advice import advices
from macros.views.quotes import SHOWN_PLACES, embed_url
from macros.views.site import Site
from macros.views.strips import strip_of
from macros.views.use_case import answer


def embed_files(renderer: Renderer) -> Iterator[FileSpec]:
    """Yield the small page of every pair and of every use case."""
    site = renderer.site
    for kind in site.catalog.kinds:
        for one, other in site.catalog.pairs(kind):
            yield _file(renderer, pair_url(one, other), "embed/pair.html", partial(pair_context, site, one, other))
    for name in site.rankings:
        yield _file(renderer, f"guide/{name}/", "embed/ranking.html", partial(ranking_context, site, name))


def _file(renderer: Renderer, url: str, template: str, context: partial[dict[str, Any]]) -> FileSpec:
    def content() -> bytes:
        address = embed_url(url)
        day = renderer.site.catalog.today
        return renderer(template, "../" * address.count("/"), url=url, day=day, **context()).encode()

    return FileSpec(path=f"{embed_url(url)}index.html", content=content)


def pair_context(site: Site, one: Entry, other: Entry) -> dict[str, Any]:
    """Return what the small page of a pair shows."""
    both = (one, other)
    title = f"{one.named} and {other.named}"
    return {"title": title, "both": both, "advices": advices(site, one, other), "strip": strip_of(both)}


def ranking_context(site: Site, name: str) -> dict[str, Any]:
    """Return what the small page of a use case shows."""
    ranking = site.rankings[name]
    case, placed = ranking.case, ranking.placed[:SHOWN_PLACES]
    return {"title": case.name, "question": case.question, "answer": answer(ranking), "placed": placed}
