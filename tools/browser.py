"""Finds the browser of the tests: `python -m tools.browser` says which one, installs one, or says how.

It asks nobody for a password: it installs a browser only as root or in CI.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
    "msedge",
)
"""Programs that are Chromium or built on it, in the order in which they are tried.

The headless shell is Chromium without its windows. It comes first, as Playwright prefers it: its tests take a tenth
less CPU.
"""
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
"""Where macOS keeps them, which puts none on the PATH."""
OFF = (
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
    "WebUIOmniboxPopup",
    "msEdgeUpdateLaunchServicesPreferredVersion",
    "msForceBrowserSignIn",
)
"""Features of Chromium that are switched off.

WebUIOmniboxPopup is a page that headless Chromium renders for every window: half a second of CPU. The others are those
that Playwright 1.65 switches off, since Chromium heeds only the last of two such switches.
"""
ARGUMENTS = (
    f"--disable-features={','.join(OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Headless Chromium in a container, without the requests that it makes by itself."""
PLAYWRIGHT = (sys.executable, "-m", "playwright", "install")


def found() -> str | None:
    """Return the path of a browser that runs: CHROMIUM if it is set, else one installed, else Playwright's own.

    Return None if there is none. Where CHROMIUM is set, no other browser is looked for.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        return named if _runs(named) else None
    installed = [path for name in NAMES if (path := shutil.which(name))]
    return next(filter(_runs, (*installed, *PLACES)), None) or _playwrights_own()


def _runs(path: str) -> bool:
    """Return whether the program can say its version: Ubuntu has a `chromium-browser` that only asks for a snap."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - starts Node.js: only where nothing else is there

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def may_install() -> bool:
    """Return whether a browser may be installed without asking: as root, or in CI."""
    return os.geteuid() == 0 or os.environ.get("CI", "") not in ("", "0", "false")


def ways() -> list[list[str]]:
    """Return the commands that install a browser without a password, the best first."""
    root, debian = os.geteuid() == 0, bool(shutil.which("apt-get"))
    packages = " || ".join(f"apt-get install -y -qq {name}" for name in ("chromium-headless-shell", "chromium"))
    from_debian = ["sh", "-c", f"apt-get update -qq && {{ {packages}; }}"]
    return [*([from_debian] if root and debian else []), [*PLAYWRIGHT, "chromium"]]


def command() -> str:
    """Return the one command that installs a browser here; on Debian and Ubuntu with the libraries that it needs."""
    libraries = ["--with-deps"] if shutil.which("apt-get") else []
    return shlex.join([*PLAYWRIGHT, *libraries, "chromium"])


def install(commands: Sequence[Sequence[str]]) -> str | None:
    """Run the commands until one has brought a browser; return its path, or None if none did."""
    for way in commands:
        print(f"No browser found. Trying: {shlex.join(way)}", flush=True)
        subprocess.run(way, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        path = found()
        if path:
            return path
    return None


def main() -> int:
    """Print the browser that the tests use; return 1, and say what to do, if there is none."""
    named = os.environ.get("CHROMIUM")
    path = found() or (install(ways()) if may_install() and not named else None)
    if path:
        print(f"Browser tests use {path}")
        return 0
    if named:
        print(f"CHROMIUM is {named}, which does not run. Correct it, or unset it.", file=sys.stderr)
    else:
        print(f"The browser tests need Chromium, Chrome or Edge. To install one, run:\n  {command()}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
