"""The page about an article's code blocks: every block, its findings, and lines that findings lead to."""

from __future__ import annotations

import re

import pytest


@pytest.fixture(scope="module")
def page(pages):
    return pages["code/article/"]


def test_every_block_stands_there_with_both_forms(page):
    assert {f"block-{number:02}" for number in range(1, 19)} <= set(page.ids)
    for number in range(1, 19):
        for form in (" as printed", ", corrected version"):
            assert f'aria-label="Block {number}{form}"' in page.html


def test_every_line_that_a_finding_names_is_marked(page):
    named = set(re.findall(r'href="#(line-\d+)"', page.html))
    assert len(named) > 80
    assert named == set(re.findall(r'<mark id="(line-\d+)">', page.html))


def test_the_broken_calls_have_their_release_and_their_page(page):
    for text in ("Removed in Pydantic 2.0.", "Removed in Django 4.0.", "Removed in Flask-Caching 2.5.0."):
        assert text in "".join(page.text)
    assert "https://docs.pydantic.dev/latest/migration/" in page.html


def test_it_stands_in_the_sitemap(published):
    assert "/code/article/</loc>" in (published / "sitemap.xml").read_text(encoding="utf-8")
