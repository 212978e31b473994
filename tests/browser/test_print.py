"""On paper: the whole table, every fold open, nothing that only a screen can use."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

A3_LANDSCAPE = {"width": round((420 - 24) / 25.4 * 96), "height": round((297 - 24) / 25.4 * 96)}
"""The page of the print style sheet, without its margins, in CSS pixels."""


@pytest.fixture
def paper(opened):
    page = opened(viewport=A3_LANDSCAPE)
    page.emulate_media(media="print", color_scheme="dark")
    return page


@pytest.mark.parametrize("url", ["matrix/frameworks/", "matrix/behaviour/"])
def test_the_whole_matrix_fits_on_the_page(paper, real, url):
    shown = real.of_kind("frameworks") if "frameworks" in url else real.readings.runs
    paper.goto(url)
    heads = paper.evaluate(
        """[...document.querySelectorAll("table[data-matrix] thead th[data-column]")].map((head) => {
            const box = head.getBoundingClientRect();
            return [head.querySelector("bdi").textContent, box.left, box.right];
        })"""
    )
    assert len(heads) == len(shown)
    assert all(0 <= left < right <= A3_LANDSCAPE["width"] for _, left, right in heads), heads
    for selector in (".tools", ".top nav", ".legend"):
        for element in paper.locator(selector).all():
            expect(element).to_be_hidden()


def test_ink_is_black_on_white_whatever_the_scheme(paper):
    paper.goto("frameworks/django/")
    assert paper.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert paper.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_ink_is_black_though_the_reader_chose_dark(paper):
    paper.goto("frameworks/django/")
    paper.evaluate("document.documentElement.dataset.scheme = 'dark'")
    assert paper.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    tints = paper.evaluate("getComputedStyle(document.documentElement).colorScheme")
    assert tints == "light"


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("url", ["compare/django-vs-fastapi/", "frameworks/django/", "guide/ml-serving/"])
def test_folds_are_open(opened, url, scripts):
    page = opened(java_script_enabled=scripts)
    page.goto(url)
    tables = page.locator("details:not(.part) > table, details:not(.part) > .part > table")
    assert tables.count() > 0
    for table in tables.all():
        expect(table).to_be_hidden()
    page.emulate_media(media="print")
    for table in tables.all():
        expect(table).to_be_visible()


def test_the_printed_file_has_every_column(opened, real):
    page = opened()
    page.goto("matrix/frameworks/")
    names = page.locator("table[data-matrix] thead th[data-column]").evaluate_all(
        "heads => heads.map((head) => head.dataset.column)"
    )
    printed = page.pdf(prefer_css_page_size=True)
    links = set(re.findall(rb"/URI \(([^)]+)\)", printed))
    assert sorted(names) == sorted(entry.id for entry in real.of_kind("frameworks"))
    assert [n for n in names if not any(link.endswith(f"/frameworks/{n}/".encode()) for link in links)] == []
    cells = [n for n in names if not any(f"/frameworks/{n}/#websockets".encode() in link for link in links)]
    assert cells == [], "cells that did not reach the paper"
