"""Source code to HTML: the classes of Pygments for what has a colour of its own, and nothing else marked up.

Languages with a grammar are read by it; Pygments reads all others.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from markupsafe import Markup, escape
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Comment, Keyword, Literal, Name, Operator
from pygments.util import ClassNotFound

from macros.code.colours import coloured
from macros.code.syntax import GRAMMARS

COLOURED = (
    *(Comment, Keyword, Operator.Word, Literal.String, Literal.Number),
    *(Name.Builtin, Name.Class, Name.Decorator, Name.Exception, Name.Function, Name.Tag, Name.Attribute),
)
"""What has a colour; anything below one of these has the same."""


def lines(text: str, language: str) -> tuple[Markup, ...]:
    """Return the code as HTML, a line at a time, without line ends; every line closes what it opens.

    `language` is a name or an alias that Pygments knows, such as python, typescript or html+jinja. In any other
    nothing has a colour.
    """
    return read(text, language)[0]


def highlight(text: str, language: str) -> Markup:
    """Return the code as HTML, to stand in `<pre class="highlight"><code>`."""
    return Markup("\n").join(lines(text, language))


def read(source: str, language: str) -> tuple[tuple[Markup, ...], frozenset[int]]:
    """Return the code as HTML by lines, and the numbers of those that are neither blank nor comment nor docstring."""
    if language in GRAMMARS:
        return coloured(source.removesuffix("\n"), language)
    lexer = _lexer(language)
    found: list[list[str]] = [[]]
    code: set[int] = set()
    for token, part in lexer.get_tokens(source.removesuffix("\n")):
        name, silent = _class_of(token), _is_silent(token)
        for index, piece in enumerate(part.split("\n")):
            if index:
                found.append([])
            if piece:
                text = piece if piece.isalnum() or piece.isspace() else escape(piece)
                found[-1].append(f'<span class="{name}">{text}</span>' if name else text)
                if not silent and piece.strip():
                    code.add(len(found))
    return tuple(Markup("".join(pieces)) for pieces in found), frozenset(code)  # noqa: S704 - every piece is escaped


def _lexer(language: str) -> Lexer:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return get_lexer_by_name("text", stripnl=False, ensurenl=False)


@cache
def _class_of(token: Any) -> str:
    """Return the class of the kind of token with a colour that this one is, or nothing."""
    return next((STANDARD_TYPES[kind] for kind in COLOURED if token in kind), "")


@cache
def _is_silent(token: Any) -> bool:
    return token in Comment or token in Literal.String.Doc
