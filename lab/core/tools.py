"""Commands that the lab asks for an answer: uv, npm, git."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from lab.core.errors import LabError, RefusedError, without_addresses

PATIENCE = 600
"""Seconds after which a command is stopped."""

REFUSALS = ("No solution found", "Failed to build", "no wheels with a matching", "has no usable wheels")
NETWORK = ("error sending request", "Failed to fetch", "dns error", "timed out", "Connection re", "os error")


def run(
    command: Sequence[str],
    *,
    cwd: Path | None = None,
    seconds: float = PATIENCE,
    text: str = "",
    variables: Mapping[str, str] | None = None,
) -> str:
    """Return what the command prints; raise RefusedError or LabError with its error message.

    It is stopped after `seconds`, which counts as a failure of the lab. `variables` are added to those of this process.
    """
    together = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "NO_COLOR": "1", **(variables or {})}
    try:
        done = subprocess.run(
            command, cwd=cwd, env=together, input=text, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise LabError(f"{command[0]} took more than {seconds:g} s") from None
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.strip() or done.stdout.strip() or f"exit status {done.returncode}"
    refused = any(sign in said for sign in REFUSALS) and not any(sign in said for sign in NETWORK)
    raise (RefusedError if refused else LabError)(without_addresses(said))


def found(program: str, cure: str) -> str:
    """Return the path of a program; raise LabError with the cure if it is not on the PATH."""
    path = shutil.which(program)
    if not path:
        raise LabError(f"{program} is missing. {cure}")
    return path


def uv(*arguments: str, text: str = "", variables: Mapping[str, str] | None = None) -> str:
    """Return what uv prints; it is the uv beside this Python, or the one on the PATH."""
    beside = Path(sys.executable).with_name("uv")
    program = str(beside) if beside.is_file() else found("uv", "Install it: python -m pip install uv")
    return run([program, *arguments], text=text, variables=variables)


def bare_variables(*folders: Path) -> dict[str, str]:
    """Return the variables for a program that must find only `folders` and the system's own commands."""
    path = os.pathsep.join([*map(str, folders), "/usr/local/bin", "/usr/bin", "/bin"])
    kept = {name: os.environ[name] for name in ("LANG", "HOME", "TMPDIR") if name in os.environ}
    return kept | {"PATH": path, "PYTHONNOUSERSITE": "1", "PYTHONUNBUFFERED": "1"}
