"""Scripts are served without their comments, and with all of their code."""

from __future__ import annotations

import pytest

from macros.rendering.scripts import served
from tools.preview import ROOT

SCRIPTS = sorted(
    file for file in (ROOT / "docs" / "assets" / "js").rglob("*.js") if "vendor" not in file.relative_to(ROOT).parts
)


def code(source: str) -> list[str]:
    """Return the lines that are not those of a comment with two asterisks."""
    found, inside = [], False
    for line in source.splitlines():
        begins, ends = line.lstrip().startswith("/**"), line.rstrip().endswith("*/")
        if not inside and not (begins and (ends or "*/" not in line)):
            found.append(line)
        inside = (inside or begins) and "*/" not in line
    return found


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_all_code_stays_and_nothing_else(file):
    source = file.read_text(encoding="utf-8")
    text = served(source)
    assert text.splitlines() == code(source)
    assert len(text) < len(source)


def test_what_only_looks_like_a_comment_stays():
    source = 'const a = "/** no */";\nconst b = /** @type {any} */ (a);\n/** @type {any} */ (b).c();\n// d\n'
    assert served(source) == source
    assert served("/** one\n * two **/\nconst a = 1;\n  /** three */\n  a;\n") == "const a = 1;\n  a;\n"
