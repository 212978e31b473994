"""The elements and the text of a page, as a browser reads it.

Lexbor parses a page forty times as fast as html5lib, but reports no parse errors. Tests that ask for those, or read
only a few pages, use html5lib.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

Elements = list[tuple[str, dict[str, str]]]


def read(html: str) -> tuple[Elements, str]:
    """Return the elements of a page with their attributes, and its text.

    A comment is an element with the name `-comment`. What a `template` holds is left out: it is not in the document.
    """
    root = LexborHTMLParser(html).root
    assert root is not None
    found = [
        (node.tag or "", {name: value or "" for name, value in node.attributes.items()})
        for node in root.traverse(include_text=False)
    ]
    return found, root.text()
