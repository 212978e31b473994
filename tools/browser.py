"""Finds a Chromium for the browser tests, or installs one: `python -m tools.browser` says which."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "msedge")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Headless Chromium in a container, without the requests that it makes of its own accord."""


def found() -> str | None:
    """Return the path of a Chromium: CHROMIUM, one on the PATH, or Playwright's own; None if there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    return on_path or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where nothing is on the PATH

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> str | None:
    """Try the ways there are to install one, the first that works; return its path."""
    ways = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        ways.insert(0, [*sudo, "sh", "-c", "apt-get update -qq && apt-get install -y -qq chromium"])
    for way in ways:
        print(f"No Chromium found. Trying: {' '.join(way)}", flush=True)
        subprocess.run(way, check=False, stdout=subprocess.DEVNULL)
        path = found()
        if path:
            return path
    return None


def main() -> int:
    """Print the browser that the tests use; install one if need be; return 1 if none can be had."""
    path = found() or install()
    if not path:
        print("No Chromium could be installed. Install one and set CHROMIUM to its path.", file=sys.stderr)
        return 1
    print(f"Browser tests use {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
