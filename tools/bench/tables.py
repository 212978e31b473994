"""What it takes in a browser to filter and to sort a matrix: the site's own script and style, on tables of two sizes.

Each figure is the median of several changes, each made after the one before. It ends when the browser has worked out
where everything stands (`offsetHeight`), so what a reader waits for is in it but for painting.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from macros.rendering.styles import stylesheet
from tools import browser, preview
from tools.bench.processes import say

SIZES = ((60, 60, 16.0), (1_000, 60, 100.0))
"""Rows, columns, and the milliseconds that a change may take."""
REPEATS = 7
PAGE = """<!doctype html>
<html lang="en" class="js"><meta charset="utf-8"><title>Tables</title>
<link rel="stylesheet" href="assets/css/site.css">
<div class="tools" data-tools></div><div class="wide-view"><div class="scroll"></div></div></html>
"""
MAKE = """async ([rows, columns]) => {
    const tones = ["supported", "external", "limited", "muted"];
    const made = (tag, attributes, ...children) => {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        element.append(...children);
        return element;
    };
    let seed = 1;
    const next = (below) => (seed = (seed * 48271) % 2147483647) % below;
    const head = (at) => made("th", {scope: "col", "data-column": `entry-${at}`},
        made("a", {class: "entry", href: "#"}, made("span", {class: "tile compact"}, "Xx"),
            made("bdi", {}, `Entry ${at}`)));
    const cell = (row, at) => {
        const value = row % 3 ? next(4) : row % 4; // In every third row all agree.
        const mark = made("span", {class: `value ${tones[value]}`}, made("i", {}, "■"), `answer ${value}`);
        return made("td", {id: `row-${row}--entry-${at}`, "data-label": `Entry ${at}`, "data-column": `entry-${at}`,
            "data-value": `answer-${value}`}, made("a", {href: "#"}, mark));
    };
    const places = [...Array(columns).keys()];
    const body = made("tbody", {}, ...[...Array(rows).keys()].map((row) => made("tr", {id: `row-${row}`,
        "data-row": ""}, made("th", {scope: "row"}, made("a", {href: "#"}, `Criterion ${row}`)),
        ...places.map((at) => cell(row, at)))));
    const table = made("table", {class: "matrix"},
        made("thead", {}, made("tr", {}, made("th", {scope: "col"}, "Criterion"), ...places.map(head))), body);
    document.querySelector(".scroll").append(table);
    const {Matrix} = await import(new URL("assets/js/matrix/start.js", location.href));
    const bar = {parameters: () => new URLSearchParams(), set() {}, add() {}, onReturn() {}, flush() {}};
    window.matrix = new Matrix(table, bar);
    table.setAttribute("data-matrix", ""); // Not before: the script takes those that are there.
    window.matrix.take();
    await window.matrix.matrix.expect(); // as when the pointer first moves
    return table.offsetHeight;
}"""
CHANGE = """(changes) => {
    const table = document.querySelector("table");
    const begin = performance.now();
    window.matrix.change({...window.matrix.choice, ...changes});
    table.offsetHeight;
    return performance.now() - begin;
}"""
RESET = "() => { window.matrix.change({...window.matrix.choice, words: '', differing: false, order: []}); }"


@dataclass(frozen=True, slots=True)
class Change:
    """What a change of a table took: its name, the size of the table, milliseconds, and how many were wanted."""

    name: str
    rows: int
    columns: int
    took: float
    at_most: float


def changes() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield what is measured: a name, and the changes of the choice, one after the other."""
    words = ["criterion 1", "criterion 12", "", "criterion 2", "", "criterion 3", ""]
    yield "filter by words", [{"words": text} for text in words]
    yield "only where they differ", [{"differing": at % 2 == 0} for at in range(REPEATS)]
    keys = [f"entry-{at}" for at in range(REPEATS)]
    yield "sort by a column", [{"order": [{"key": key, "direction": -1}]} for key in keys]
    two = [[{"key": key, "direction": 1}, {"key": "entry-9", "direction": -1}] for key in keys]
    yield "sort by two columns", [{"order": order} for order in two]


def table_changes() -> list[Change]:
    """Return what filtering and sorting takes at each size in the browser of the tests; nothing where there is none."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - whoever measures builds must stay small

    path = browser.found()
    if not path:
        say("  There is no browser; `make browser` says how to get one.")
        return []
    found = []
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        shutil.copytree(preview.ROOT / "docs" / "assets", site / "assets")
        (site / "assets" / "css").mkdir()
        (site / "assets" / "css" / "site.css").write_text(stylesheet(), encoding="utf-8")
        for name in ("index.html", "404.html"):
            (site / name).write_text(PAGE, encoding="utf-8")
        with preview.served(site) as address, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=path, args=list(browser.ARGUMENTS))
            for rows, columns, at_most in SIZES:
                page = chromium.new_page(viewport={"width": 1440, "height": 900})
                page.set_default_timeout(120_000)
                page.goto(address)
                page.evaluate(MAKE, [rows, columns])
                for name, steps in changes():
                    page.evaluate(RESET)
                    took = median(page.evaluate(CHANGE, step) for step in steps)
                    found.append(Change(name, rows, columns, took, at_most))
                    say(f"  {name}, {rows:,} × {columns}: {took:.1f} ms")
                page.close()
            chromium.close()
    return found
