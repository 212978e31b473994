"""What a page says of itself to search engines: JSON-LD in the words of schema.org."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from macros.plugin.snapshot import PageHead
from macros.views.text import compact_json

CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""Signs that could end the script, or be read as markup in it."""


def linked_data(head: PageHead, site_url: str) -> str:
    """Return JSON for a script: what the page is about, and what it stands below. It holds no `<`."""
    root = f"{site_url.rstrip('/')}/"
    graph = [*_about(head, urljoin(root, head.url)), _breadcrumbs(head, root)]
    data = {"@context": CONTEXT, "@graph": graph}
    return compact_json(data).translate(ESCAPED)


def _about(head: PageHead, url: str) -> list[dict[str, Any]]:
    named = {"name": head.title, "description": head.description, "url": url}
    if head.kind_of == "SoftwareApplication":
        category = "DeveloperApplication"
        return [{"@type": head.kind_of, **named, "applicationCategory": category, "mainEntityOfPage": url}]
    if head.kind_of:
        return [{"@type": head.kind_of, "headline": head.shared_as or head.title, **named, "license": LICENCE}]
    return []


def _breadcrumbs(head: PageHead, root: str) -> dict[str, Any]:
    steps = [("Backend Field Guide", ""), *head.crumbs, (head.title, head.url)]
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": urljoin(root, url)}
        for place, (name, url) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
