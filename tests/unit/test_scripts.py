"""Scripts are served without their comments, and with all of their code."""

from __future__ import annotations

import pytest
from tree_sitter import Node

from macros.code import syntax
from macros.rendering.scripts import served
from tools.preview import ROOT

SCRIPTS = sorted(
    file for file in (ROOT / "docs" / "assets" / "js").rglob("*.js") if "vendor" not in file.relative_to(ROOT).parts
)


def tokens(node: Node) -> list[bytes]:
    """Return the parts of a program in their order, without comments."""
    if node.type == "comment":
        return []
    return [part for child in node.children for part in tokens(child)] if node.children else [node.text or b""]


def code(source: str) -> list[bytes]:
    """Return the tokens of a script."""
    assert syntax.first_error(source, "javascript") is None
    return tokens(syntax.tree(source, "javascript").root_node)


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_all_code_stays_and_the_types_go(file):
    source = file.read_text(encoding="utf-8")
    text = served(source)
    assert code(text) == code(source)
    assert "/**" not in text
    assert len(text) < len(source)


def test_what_only_looks_like_a_comment_stays():
    source = 'const a = "/** no */";\nconst b = /** @types */ a;\n// d\n'
    assert served(source) == source
    assert served("/** one\n * two **/\nconst a = 1;\n  /** three */\n  a;\n") == "const a = 1;\n  a;\n"
    assert served("const b = /** @type {any} */ (a);\nf(/** @type {A} */ c);\n") == "const b = (a);\nf(c);\n"
