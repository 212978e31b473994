"""Runs Lighthouse, as on a phone, over pages of the built site: `make lighthouse`. It needs a Chromium."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tools import browser, npm, preview

VERSION = "12.8.2"
"""The last for Node.js 18 and 20; version 13 asks for 22."""
PAGES = ("", "frameworks/django/", "compare/django-vs-fastapi/", "matrix/frameworks/", "guide/ml-serving/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLOOR = 98
TARGET = 100


def audit(address: str, chromium: str) -> Mapping[str, Any]:
    """Return Lighthouse's report of one page, on a simulated phone."""
    script = Path(npm.package("lighthouse", VERSION)) / "cli" / "index.js"
    node, _ = npm.commands("Lighthouse")
    command = [
        node,
        str(script),
        address,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(browser.ARGUMENTS)}",
    ]
    environment = {**npm.environment(node), "CHROME_PATH": chromium}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        sys.exit(f"Lighthouse could not read {address}:\n{done.stderr[-2000:]}")
    report: Mapping[str, Any] = json.loads(done.stdout)
    return report


def scores(report: Mapping[str, Any]) -> dict[str, int]:
    """Return the score of each category, from 0 to 100."""
    return {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}


def faults(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield every audit that cost points, with what it says."""
    for name in CATEGORIES:
        for part in report["categories"][name]["auditRefs"]:
            found = report["audits"][part["id"]]
            if part["weight"] and found["score"] is not None and found["score"] < 0.9:
                yield f"{name}: {found['title']} ({found['score']:.2f}) {found.get('displayValue', '')}".rstrip()


def main() -> int:
    """Build the site, read each page, print the scores; return 1 if one lies below the floor."""
    parser = argparse.ArgumentParser(prog="python -m tools.lighthouse", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs of each page, of which the median counts (3)")
    parser.add_argument("pages", nargs="*", default=PAGES, help="addresses from the root of the site")
    arguments = parser.parse_args()
    chromium = browser.found()
    if not chromium:
        sys.exit("There is no browser. `make browser` says how to get one.")
    below = []
    with preview.built() as site, preview.served(site) as address:
        print(f"| page | {' | '.join(CATEGORIES)} |\n|---|{'---:|' * len(CATEGORIES)}")
        for page in arguments.pages:
            reports = [audit(address + page, chromium) for _ in range(arguments.runs)]
            found = {name: int(statistics.median(scores(report)[name] for report in reports)) for name in CATEGORIES}
            print(f"| /{page} | {' | '.join(str(found[name]) for name in CATEGORIES)} |", flush=True)
            if min(found.values()) < TARGET:
                print("\n".join(f"    {fault}" for fault in faults(reports[-1])), file=sys.stderr)
            below += [f"/{page}: {name} {score}" for name, score in found.items() if score < FLOOR]
    if below:
        print(f"Below the floor of {FLOOR}: {'; '.join(below)}", file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
