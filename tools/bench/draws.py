"""What it takes to draw a ranking of the page of own weights in a browser: in a worker, as there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from macros.catalog.constants import DRAWS, DRAWS_SEED, WEIGHT_FACTOR
from tools import browser, preview

ENTRIES, WEIGHTS = 19, 20
REPEATS = 9
MEASURE = """async ([address, rules, drawing, repeats]) => {
    const draw = async (worker, weights) => {
        const begin = performance.now();
        const answer = new Promise((done) => worker.addEventListener("message", done, {once: true}));
        worker.postMessage({rules, drawing: {...drawing, weights}});
        await answer;
        return performance.now() - begin;
    };
    const worker = new Worker(address, {type: "module"});
    const times = [];
    for (let turn = 0; turn <= repeats; turn++)
        times.push(await draw(worker, {...drawing.weights, "weight-0": 1 + turn}));
    return times;
}"""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Milliseconds from a question to its answer: the first, with reading the script and drawing all numbers; later."""

    first: float
    later: float


def drawing() -> dict[str, Any]:
    """Return what is to be drawn: every twentieth credit is not known."""
    weights = {f"weight-{weight}": 1.0 + weight % 5 for weight in range(WEIGHTS)}
    entries = {
        f"entry-{entry}": {
            name: None if (entry + place) % 20 == 0 else (entry * 5 + place * 11) % 10 / 10
            for place, name in enumerate(weights)
        }
        for entry in range(ENTRIES)
    }
    return {"weights": weights, "entries": entries, "leader": "entry-0"}


@contextmanager
def page_of_scripts() -> Iterator[Path]:
    """Make a folder with the scripts of the site and an empty page, which is also what an unknown address gives."""
    with tempfile.TemporaryDirectory(prefix="field-guide-") as name:
        folder = Path(name)
        shutil.copytree(preview.ROOT / "docs" / "assets" / "js", folder / "js")
        for page in ("index.html", "404.html"):
            (folder / page).write_text("<!doctype html><title>Draws</title>", encoding="utf-8")
        yield folder


def draw_times() -> Drawn | None:
    """Return what it takes; None where there is no browser."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - starts Node.js: only where it is measured

    path = browser.found()
    if not path:
        return None
    rules = {"draws": DRAWS, "seed": DRAWS_SEED, "factor": WEIGHT_FACTOR}
    with page_of_scripts() as folder, preview.served(folder) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(browser.ARGUMENTS))
        page = chromium.new_page()
        page.goto(address)
        first, *later = page.evaluate(MEASURE, [f"{address}js/yours/worker.js", rules, drawing(), REPEATS])
        chromium.close()
    return Drawn(first=first, later=median(later))
