"""Programs from npm, at a fixed version, in .cache/: they check the site, and no part of it stands on them."""

from __future__ import annotations

import shutil
import subprocess
import sys

from tools import preview

CACHE = preview.ROOT / ".cache" / "npm"
OPTIONS = (
    "--no-save",
    "--no-package-lock",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--omit-lockfile-registry-resolved",
    "--loglevel=error",
)


def needed(program: str, what_for: str) -> str:
    """Return the path of a program; end this one with a sentence if it is not there."""
    path = shutil.which(program)
    if not path:
        sys.exit(f"There is no {program}, and {what_for} needs it. Install it and try again.")
    return path


def package(name: str, version: str) -> str:
    """Return the folder of the package, installed if need be."""
    prefix = CACHE / f"{name}-{version}"
    folder = prefix / "node_modules" / name
    if not folder.is_dir():
        npm = needed("npm", f"{name} {version}")
        print(f"Installing {name} {version} into {prefix.relative_to(preview.ROOT)} …", flush=True)
        prefix.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [npm, "install", *OPTIONS, "--prefix", str(prefix), f"{name}@{version}"], cwd=prefix, check=False
        )
        if done.returncode:
            sys.exit(f"npm could not install {name} {version}.")
    return str(folder)
