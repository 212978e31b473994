"""How the server of a stack is started: one worker, no access log, production mode."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from lab.bench.environments import Environment
from lab.bench.stacks import Stack
from lab.bench.workloads import Workload
from lab.core.paths import ROOT
from lab.core.tools import bare_variables

Program = Literal["uvicorn", "gunicorn", "gunicorn-aiohttp", "hypercorn", "waitress", "node", "own", "books"]

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "uvicorn": (
        *("{python}", "-m", "uvicorn", "{module}:app", "--host", "127.0.0.1", "--port", "{port}"),
        *("--no-access-log", "--log-level", "warning"),
    ),
    "gunicorn": (
        *("{python}", "-m", "gunicorn", "{module}:app", "--bind", "127.0.0.1:{port}", "--log-level", "warning"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", "4", "--keep-alive", "5"),
    ),
    "gunicorn-aiohttp": (
        *("{python}", "-m", "gunicorn", "{module}:app", "--bind", "127.0.0.1:{port}", "--log-level", "warning"),
        *("--worker-class", "aiohttp.GunicornUVLoopWebWorker", "--workers", "1"),
    ),
    "hypercorn": (
        "{python}",
        "-m",
        "hypercorn",
        "{module}:app",
        "--bind",
        "127.0.0.1:{port}",
        "--log-level",
        "warning",
    ),
    "waitress": ("{python}", "-m", "waitress", "--listen=127.0.0.1:{port}", "--threads=4", "{module}:app"),
    "node": ("node", "{folder}/serve.mjs", "{module}", "{port}"),
    "own": ("{python}", "-m", "{module}", "{port}"),
}
"""Every server by the name that a stack gives it; {module} is the adapter."""


def command(stack: Stack, environment: Environment, port: int) -> list[str]:
    """Return the command that serves a stack on 127.0.0.1."""
    values = {
        "python": str(environment.python),
        "module": environment.module,
        "port": str(port),
        "folder": str(environment.folder),
    }
    return [part.format(**values) for part in COMMANDS[stack.program]]


def variables(stack: Stack, environment: Environment, workload: Workload | None = None) -> dict[str, str]:
    """Return the environment variables that the server of a stack starts with, for a workload or for the plain ones."""
    own = {"NODE_ENV": "production", "PYTHONPATH": str(ROOT)}
    return bare_variables(environment.bin) | own | dict(workload.variables if workload else {})
