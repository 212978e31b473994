"""What a probe is: a question, the capabilities that it needs, and its view of a running server."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from math import isqrt
from threading import Lock
from typing import Any, Literal

from lab.core.errors import NoAnswerError
from lab.probes import client
from lab.probes.client import Answer, Headers
from lab.probes.server import Server
from macros.schema.measured.probes import Exchange, Observed

MOST_EXCHANGES = 8
BODY_SHOWN = 200
NOT_SHOWN = {"date"}
When = Literal["running", "stopping", "stopped"]
Figures = Mapping[str, Any]
"""Numbers, words and lists of them, by name."""
LIMITS = frozenset({"accepted bytes", "refused bytes", "not refused bytes"})
"""Figures that say where a limit is: of two that are the same limit, they are the same."""
KIB, MIB = 1024, 1024 * 1024


def size(count: int) -> str:
    """Return a number of bytes as pages write it: `64 KiB`."""
    if count % KIB:
        return f"{count} bytes"
    return f"{count // MIB} MiB" if count % MIB == 0 else f"{count // KIB} KiB"


def limit(low: int, high: int, part: int, taken: Callable[[int], bool]) -> tuple[int, int]:
    """Return a size that is taken and one that is refused, which differ by at most 1/`part` of it."""
    while high - low > low // part:
        middle = isqrt(low * high)
        low, high = (middle, high) if taken(middle) else (low, middle)
    return low, high


class NotPresentError(Exception):
    """What the question needs is not in this setup; the text says what."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether the probe saw what its question asks for, and the figures that show it."""

    passed: bool
    figures: Figures = field(default_factory=dict)
    withheld: bool = False
    """Whether this may be a vulnerability; then nothing about it is written."""

    def same(self, other: Finding) -> bool:
        """Return whether the other finding is the same answer, with the same limit where there is one."""
        if not (self.passed and other.passed):
            return self.passed == other.passed
        ours, theirs = ({k: v for k, v in one.figures.items() if k in LIMITS} for one in (self, other))
        return ours == theirs


@dataclass(slots=True)
class Subject:
    """A setup's server as one probe sees it; requests through it are recorded, up to a limit."""

    server: Server
    values: Mapping[str, Any]
    """What the adapter's functions returned, by capability."""
    exchanges: list[Exchange] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def get(self, target: str, headers: Headers | None = None) -> Answer:
        """Return the answer to GET `target`."""
        return self.ask("GET", target, headers=headers)

    def post(self, target: str, body: bytes, headers: Headers) -> Answer:
        """Return the answer to POST `target`."""
        return self.ask("POST", target, body, headers)

    def ask(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: Headers | None = None,
        *,
        timeout: float = 10,
    ) -> Answer:
        """Return the answer to a request on a new connection; raise NoAnswerError if there is none."""
        with self._recorded(method, target, body, headers) as keep:
            answer = client.ask(self.server.port, method, target, body, headers, timeout=timeout)
            keep(answer)
        return answer

    def exchange(self, connection: HTTPConnection, method: str, target: str) -> Answer:
        """Return the answer to a request on a connection that stays open; raise NoAnswerError if there is none."""
        with self._recorded(method, target, None, None) as keep:
            answer = client.exchange(connection, method, target)
            keep(answer)
        return answer

    def record(self, exchange: Exchange) -> None:
        """Keep an exchange that was not made by `ask`."""
        with self._lock:
            if len(self.exchanges) < MOST_EXCHANGES:
                self.exchanges.append(exchange)

    def observed(self, finding: Finding) -> Observed:
        """Return what was seen."""
        figures = {name: value for name, value in finding.figures.items() if value not in (None, "")}
        return Observed(exchanges=tuple(self.exchanges), figures=figures)

    @contextmanager
    def _recorded(
        self, method: str, target: str, body: bytes | None, headers: Headers | None
    ) -> Iterator[Callable[[Answer], None]]:
        request = _request(method, target, body, headers)
        try:
            yield lambda answer: self.record(_shown(request, answer))
        except NoAnswerError as error:
            self.record(Exchange(request=request, status=f"no answer: {error}"))
            raise


def _request(method: str, target: str, body: bytes | None, headers: Headers | None) -> str:
    shown = target if len(target) <= 120 else f"{target[:120]}…"
    lines = [f"{method} {shown}"]
    for name, value in (headers or {}).items():
        if name == "Cookie":
            value = re.sub(r"=[^;]*", "=…", value)  # noqa: PLW2901 - what is shown of it
        lines.append(f"{name}: {value if len(value) <= 120 else f'{value[:20]}… ({len(value)} characters)'}")
    if body is not None:
        lines.append(body.decode("utf-8", "replace") if len(body) <= BODY_SHOWN else f"({len(body)} bytes)")
    return "\n".join(lines)


def _shown(request: str, answer: Answer) -> Exchange:
    headers = tuple(_header(name, value) for name, value in answer.headers if name.lower() not in NOT_SHOWN)
    return Exchange(
        request=request,
        status=answer.line,
        headers=headers,
        body=answer.text[:BODY_SHOWN],
    )


def _header(name: str, value: str) -> str:
    """Return a header as it is shown: a cookie without its value and its time."""
    if name.lower() == "set-cookie":
        value = re.sub(r"(?i)(expires=)[^;]*", r"\1…", re.sub(r"=[^;]*", "=…", value, count=1))
    return f"{name}: {value[:200]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A question that every setup can be asked."""

    id: str
    question: str
    subject: str
    """What it is about: the name of its module."""
    needs: tuple[str, ...]
    either: tuple[str, ...]
    when: When
    attempts: int
    server: frozenset[bool]
    """Which findings, passed or not, may be the server's own: then the server is asked without the framework too."""
    thresholds: Mapping[str, Any]
    """The limits that the question is decided by, by name."""
    ask: Callable[[Subject], Finding]


REGISTRY: dict[str, Probe] = {}


def probe(
    *needs: str,
    either: tuple[str, ...] = (),
    when: When = "running",
    attempts: int = 1,
    server: tuple[Literal["pass", "fail"], ...] = (),
    **thresholds: Any,
) -> Callable[[Callable[[Subject], Finding]], Callable[[Subject], Finding]]:
    """Return a decorator that registers a function as a probe; its docstring is the question.

    `needs` are the capabilities that it asks about; of those in `either` one is enough. `attempts` is for what depends
    on time on a busy machine: the first attempt that passes counts. `server` says which answers may be the server's:
    a pass, if the server may do what is asked by itself (a limit, a header); a fail, if the server may prevent it (it
    stops too early, it holds pieces back). `thresholds` are shown on the probe's page, with spaces for underscores.
    """

    def register(function: Callable[[Subject], Finding]) -> Callable[[Subject], Finding]:
        name = function.__name__.replace("_", "-")
        assert function.__doc__, f"The probe {name} has no question."
        assert name not in REGISTRY, f"There are two probes {name}."
        REGISTRY[name] = Probe(
            id=name,
            question=" ".join(function.__doc__.split()),
            subject=function.__module__.rpartition(".")[2],
            needs=needs,
            either=either,
            when=when,
            attempts=attempts,
            server=frozenset(answer == "pass" for answer in server),
            thresholds={name.replace("_", " "): value for name, value in thresholds.items()},
            ask=function,
        )
        return function

    return register
