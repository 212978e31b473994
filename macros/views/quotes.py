"""What shows a page, made small, in a frame on another site."""

from __future__ import annotations

from markupsafe import Markup

from macros.catalog.constants import SHOWN_REASONS
from macros.views.site import Site

SHOWN_PLACES = SHOWN_REASONS + 2
"""Places of a ranking that a frame shows."""
FRAME = Markup('<iframe src="{}" title="{}" width="640" height="440" loading="lazy"></iframe>')


def embed_url(url: str) -> str:
    """Return where the small page of a pair or a use case is, from the root of the site."""
    return f"embed/{url}"


def quote_of(site: Site, url: str, title: str) -> str:
    """Return the HTML to copy; empty where the site has no address, since a frame elsewhere must name it."""
    return str(FRAME.format(f"{site.address}{embed_url(url)}", title)) if site.address else ""
