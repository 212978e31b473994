"""The elements and the text of a page, as a browser reads it.

Lexbor reads a page forty times as fast as html5lib, and does not say what the standard calls an error: where that is
asked, or a few pages are read, html5lib does it.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

Elements = list[tuple[str, dict[str, str]]]


def read(html: str) -> tuple[Elements, str]:
    """Return the elements of a page with their attributes, and its text.

    A comment is an element of the name `-comment`. What is inside a `template` is left out, as a browser does.
    """
    root = LexborHTMLParser(html).root
    assert root is not None
    found = [
        (node.tag or "", {name: value or "" for name, value in node.attributes.items()})
        for node in root.traverse(include_text=False)
    ]
    return found, root.text()
