"""Links from the prose of a page to the glossary, where a word of the site first occurs."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup

from macros.schema import Term

_TAG = re.compile(r"(<!--.*?-->|<[^>]+>)", re.DOTALL)
_NAME = re.compile(r"</?([a-z0-9]+)")
_CLOSED = {"a", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "pre", "script", "style", "summary", "th"}
"""Elements whose text is never linked."""


def link_terms(html: str, terms: Mapping[str, Term], target: str) -> str:
    """Return the HTML with a link where each term first occurs; `target` is the address of the glossary's page.

    Terms that also have an everyday sense are left alone, and so is text in headings, links and code.
    """
    forms = {form.lower(): name for name, term in terms.items() if not term.link for form in (term.name, *term.also)}
    if not forms:
        return html
    longest_first = sorted(map(re.escape, forms), key=len, reverse=True)
    word = re.compile(rf"\b({'|'.join(longest_first)})\b", re.IGNORECASE)
    linked: set[str] = set()

    def link(found: re.Match[str]) -> str:
        name = forms[found[0].lower()]
        if name in linked:
            return found[0]
        linked.add(name)
        return Markup('<a class="term" href="{}#term-{}">{}</a>').format(target, name, Markup(found[0]))  # noqa: S704 - text of the page

    depth = 0
    parts = _TAG.split(html)
    for index, part in enumerate(parts):
        if index % 2:
            tag = _NAME.match(part)
            if tag and tag[1] in _CLOSED:
                depth += -1 if part.startswith("</") else 1
        elif not depth:
            parts[index] = word.sub(link, part)
    return "".join(parts)
