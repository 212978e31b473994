"""The style sheet is joined in the order of the files' names, and says the same as they do."""

from __future__ import annotations

import re

import pytest

from macros.rendering.styles import stylesheet
from tools.preview import ROOT

STYLES = ROOT / "macros" / "rendering" / "stylesheets"


@pytest.fixture
def folder(tmp_path):
    """Return a folder with three style sheets, written in another order than that of their names."""
    (tmp_path / "10-c.css").write_text("p { color: blue; }\n", encoding="utf-8")
    (tmp_path / "02-b.css").write_text("/* “b” */\np { color: green; }\n", encoding="utf-8")
    (tmp_path / "01-a.css").write_text("p,\na > b { color: red; }", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a style sheet", encoding="utf-8")
    return tmp_path


def test_files_are_joined_in_the_order_of_their_names(folder):
    assert stylesheet(folder) == "p,a>b{color:red}p{color:green}p{color:blue}\n"


def test_what_spaces_separate_stays_separated(folder):
    (folder / "20-d.css").write_text(
        """
        @media (min-width: 64.01em) { @supports selector(::details-content) { .a :has(> [data-b]) { top: 0 } } }
        .c { width: calc(100% + 2 * var(--gap) - 1px); font: 600 1rem/1.2 var(--serif) }
        .d::after { content: "  /* ↓ */  " }
        .e { background: url("data:image/svg+xml,%3Csvg viewBox='0 0 20 20'/%3E") center / 1.2rem no-repeat }
        """,
        encoding="utf-8",
    )
    joined = stylesheet(folder)
    assert "@media (min-width:64.01em){@supports selector(::details-content){.a :has(>[data-b]){top:0}}}" in joined
    assert "calc(100% + 2 * var(--gap) - 1px)" in joined
    assert "font:600 1rem/1.2 var(--serif)" in joined
    assert '"  /* ↓ */  "' in joined
    assert "viewBox='0 0 20 20'/%3E\") center / 1.2rem no-repeat" in joined


def test_a_file_without_a_place_in_the_order_is_refused(folder):
    (folder / "late.css").write_text("p { color: black; }", encoding="utf-8")
    with pytest.raises(ValueError, match=r"begins with two digits.*Rename late\.css\."):
        stylesheet(folder)


def test_a_folder_without_style_sheets_is_refused(tmp_path):
    with pytest.raises(ValueError, match="there are no style sheets"):
        stylesheet(tmp_path)


def test_every_rule_of_the_site_is_in_the_style_sheet():
    def selectors(text: str) -> list[str]:
        without_comments = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        return [re.sub(r"[\s]", "", part) for part in re.findall(r"[^{};]+(?=\{)", without_comments)]

    written = [part for file in sorted(STYLES.glob("*.css")) for part in selectors(file.read_text(encoding="utf-8"))]
    assert len(written) > 100
    assert selectors(stylesheet(STYLES)) == written


def test_every_variable_that_is_used_has_a_value():
    joined = stylesheet(STYLES)
    given = set(re.findall(r"(--[\w-]+):", joined)) | {"--x", "--y", "--share"}
    assert set(re.findall(r"var\((--[\w-]+)", joined)) - given == set()
