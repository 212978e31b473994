"""What an adapter is written with: it registers capabilities, declares absences and options, and notes events.

It runs inside a setup's environment, so this module and `work`, which it passes on, import nothing but the standard
library. CONTRACT.md says what each capability answers.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

from lab.probes.work import (
    CONFIDENTIAL,
    FLOOD_CHUNK,
    FLOOD_CHUNKS,
    PAUSE,
    TICKS,
    block,
    chunks,
    chunks_async,
    failure,
    flood,
    flood_async,
    note,
    numbers,
    numbers_async,
    pause,
    started,
    stopped,
    ticks,
    ticks_async,
    work,
    work_async,
)

__all__ = [
    "CAPABILITIES",
    "CONFIDENTIAL",
    "FILES",
    "FLOOD_CHUNK",
    "FLOOD_CHUNKS",
    "FRIEND",
    "KEY",
    "LATER",
    "ONLY_WITH_OPTIONS",
    "OPTED_IN",
    "PAUSE",
    "PORT",
    "STATIC",
    "TEMPLATES",
    "TICKS",
    "VARIANT",
    "WORKSPACE",
    "AdapterError",
    "block",
    "capability",
    "chunks",
    "chunks_async",
    "declarations",
    "failure",
    "flood",
    "flood_async",
    "missing",
    "note",
    "numbers",
    "numbers_async",
    "optin",
    "pause",
    "require",
    "started",
    "stopped",
    "ticks",
    "ticks_async",
    "work",
    "work_async",
]
Registration = TypeVar("Registration", bound=Callable[[], Any])

CAPABILITIES: tuple[str, ...] = (
    "ping",
    "async-sleep",
    "blocking-sleep",
    "query",
    "path-text",
    "typed-path",
    "typed-query",
    "json-body",
    "validation",
    "response-model",
    "form",
    "upload",
    "body-length",
    "template",
    "session",
    "stream",
    "events",
    "flood",
    "ticks",
    "background",
    "lifespan",
    "error",
    "websocket",
    "injection",
    "group",
    "static",
    "nan",
    "openapi",
    "docs-ui",
    "cors",
    "test-client",
    "command-line",
)
"""Every capability of the contract; an adapter registers each or declares it missing."""
ONLY_WITH_OPTIONS = frozenset({"cors"})
"""Capabilities that would change other answers: registered only in the run with options."""
LATER = frozenset({"test-client"})
"""Capabilities whose function runs after the whole adapter is imported, and outside the server."""

VARIANT = os.environ.get("PROBE_VARIANT", "")
"""Which variant of the framework the setup asks for, such as `wsgi` or `asgi`; empty if there is only one."""
OPTED_IN = os.environ.get("PROBE_RUN") == "options"
"""Whether this is the run in which everything declared by `optin` is switched on."""
PORT = os.environ.get("PROBE_PORT", "0")
"""The port that the server listens on, for allowed hosts that name it."""
WORKSPACE = Path(os.environ.get("PROBE_WORKSPACE", "."))
"""An empty folder of this run, where an adapter may write; the server's working directory."""
FILES = Path(__file__).parent / "files"
STATIC = FILES / "static"
"""The folder to serve under /static/."""
TEMPLATES = FILES / "templates"
"""The folder of templates; `hello.html` puts `name` into a paragraph."""

KEY = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
"""A key for signing sessions, 64 hexadecimal digits; it protects nothing."""
FRIEND = "https://friend.example"
"""The origin that `cors` allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Where something is in the adapter file: first and last line, counted from 1."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A capability that the adapter registered; `error` is the exception that registering raised."""

    lines: Lines
    value: Any = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A capability that the framework does not have, as its documentation shows."""

    lines: Lines
    reason: str
    documentation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something that is off by default, and how to switch it on; `error` is the exception that this raised."""

    lines: Lines
    how: str
    documentation: str
    error: str | None = None


REGISTERED: dict[str, Registered] = {}
MISSING: dict[str, Missing] = {}
OPTIONS: dict[str, Option] = {}
_LATER: dict[str, Callable[[], Any]] = {}


class AdapterError(Exception):
    """The adapter does not follow the contract."""


def capability(name: str) -> Callable[[Registration], Registration]:
    """Return a decorator that calls the function at once; what it returns or raises is kept as evidence."""
    _known(name)

    def register(function: Registration) -> Registration:
        lines = _function_lines(function)
        if name in LATER:
            _LATER[name] = function
            REGISTERED[name] = Registered(lines=lines)
        elif name in ONLY_WITH_OPTIONS and not OPTED_IN:
            REGISTERED[name] = Registered(lines=lines)
        else:
            value, error = _attempt(function)
            REGISTERED[name] = Registered(lines=lines, value=value, error=error)
        return function

    return register


def missing(name: str, reason: str, *, documentation: str) -> None:
    """Declare that the framework lacks a capability; `documentation` is the page that says or shows that."""
    _known(name)
    _link(name, documentation)
    MISSING[name] = Missing(lines=_call_lines(sys._getframe(1)), reason=reason, documentation=documentation)


def optin(probe: str, *, how: str, documentation: str) -> Callable[[Registration], Registration]:
    """Declare that what a probe asks for is off by default; the decorated function, if any, switches it on.

    It is called only in the run with options. If a branch on OPTED_IN does the work, decorate nothing.
    """
    _link(probe, documentation)
    lines = _call_lines(sys._getframe(1))
    OPTIONS[probe] = Option(lines=lines, how=how, documentation=documentation)

    def register(function: Registration) -> Registration:
        error = _attempt(function)[1] if OPTED_IN else None
        OPTIONS[probe] = Option(lines=_function_lines(function), how=how, documentation=documentation, error=error)
        return function

    return register


def require(module: str) -> None:
    """Raise ModuleNotFoundError if a module is not installed that a capability needs only when it is used."""
    if find_spec(module) is None:
        raise ModuleNotFoundError(f"No module named {module!r}")


def declarations() -> dict[str, Any]:
    """Return what the adapter declared, as plain data; the functions in LATER are called now."""
    for name, function in _LATER.items():
        value, error = _attempt(function)
        REGISTERED[name] = Registered(lines=REGISTERED[name].lines, value=value, error=error)
    return {
        "registered": {name: asdict(item) for name, item in REGISTERED.items()},
        "missing": {name: asdict(item) for name, item in MISSING.items()},
        "options": {name: asdict(item) for name, item in OPTIONS.items()},
    }


def _attempt(function: Callable[[], Any]) -> tuple[Any, str | None]:
    try:
        return function(), None
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"[:400]


def _known(name: str) -> None:
    if name not in CAPABILITIES:
        raise AdapterError(f"{name!r} is not a capability of the contract. Choose from {', '.join(CAPABILITIES)}.")


def _link(name: str, documentation: str) -> None:
    if not documentation.startswith("https://"):
        raise AdapterError(f"{name}: the documentation must be a link (https://…), not {documentation!r}.")


def _function_lines(function: Callable[..., Any]) -> Lines:
    source: Sequence[str]
    source, first = inspect.getsourcelines(function)
    return Lines(first=first, last=first + len(source) - 1)


def _call_lines(frame: FrameType) -> Lines:
    place = inspect.getframeinfo(frame).positions
    first = place.lineno if place and place.lineno else frame.f_lineno
    last = place.end_lineno if place and place.end_lineno else first
    return Lines(first=first, last=last)
