"""What templates do with single values: dates, figures, hosts, code, Markdown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlencode

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

ALLOWED_TAGS = {"p", "ul", "ol", "li", "em", "strong", "code", "a", "br"}


def figure(value: Any) -> str:
    """Return a figure that a probe saw, as text: yes or no, a number, a word, or several of them."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {figure(item)}" for name, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(figure, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def is_package(target: str) -> bool:
    """Return whether the text is a package URL and not the id of an entry."""
    return target.startswith("pkg:")


def host(address: str) -> str:
    """Return the host of an https address, without www."""
    return address.removeprefix("https://").split("/", 1)[0].removeprefix("www.")


def code(text: str) -> Markup:
    """Return plain text with what stands between backticks as code; everything is escaped."""
    parts = [escape(part) for part in text.split("`")]
    marked = [Markup("<code>{}</code>").format(part) if index % 2 else part for index, part in enumerate(parts)]
    return Markup("").join(marked)


def markdown(text: str) -> Markup:
    """Return contributed Markdown as HTML: no raw HTML, then sanitised, links to https only."""
    html = MarkdownIt("commonmark", {"html": False}).render(text)
    clean = nh3.clean(
        html, tags=ALLOWED_TAGS, attributes={"a": {"href"}}, url_schemes={"https"}, url_relative="deny", link_rel=None
    )
    return Markup(clean)  # noqa: S704 - sanitised in the line above


def marked(code: Markup, same: Collection[int]) -> Markup:
    """Return code in which the lines whose index is in `same` are marked."""
    if not same:
        return code
    lines = str(code).split("\n")
    for index in same:
        lines[index] = f'<span class="same">{lines[index]}</span>'
    return Markup("\n".join(lines))  # noqa: S704 - every line is markup already


def issue_address(repository: str, cell: str, place: str) -> str:
    """Return where an issue about a cell is opened, with its address and the line of its record filled in."""
    given = {"template": "wrong-fact.yml", "title": f"Wrong: {cell}", "cell": f"/{cell} ({place})"}
    return f"{repository.rstrip('/')}/issues/new?{urlencode(given)}"


def repository_of(edit_url: str | None) -> str:
    """Return the repository that an address to edit a file belongs to; nothing where none is known."""
    return edit_url.partition("/edit/")[0] if edit_url else ""
