"""The page about an article's code blocks: every block, its findings, and lines that findings lead to."""

from __future__ import annotations

import re

import pytest


@pytest.fixture(scope="module")
def page(pages):
    return pages["code/article/"]


def test_every_block_is_there_in_both_forms(page, real):
    assert real.blocks.keys() <= set(page.ids)
    for block in real.blocks:
        number = int(block.removeprefix("block-"))
        assert len(re.findall(rf'aria-label="Block {number} [^"]+"', page.html)) == 2, block


def test_every_line_that_a_finding_names_is_marked(page, real):
    named = set(re.findall(r'href="#(line-\d+)"', page.html))
    assert named == {f"line-{line}" for block in real.blocks.values() for one in block.findings for line in one.line}
    assert named == set(re.findall(r'<mark id="(line-\d+)">', page.html))


def test_the_broken_calls_have_their_release_and_their_page(page):
    for text in ("Removed in Pydantic 2.0.", "Removed in Django 4.0.", "Removed in Flask-Caching 2.5.0."):
        assert text in "".join(page.text)
    assert "https://docs.pydantic.dev/latest/migration/" in page.html


def test_it_stands_in_the_sitemap(published):
    assert "/code/article/</loc>" in (published / "sitemap.xml").read_text(encoding="utf-8")
