"""Whether a running stack answers rightly; what it answered is kept."""

from __future__ import annotations

import hashlib
import http.client
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lab.bench import kit, websocket
from lab.bench.stacks import Stack
from lab.bench.workloads import Answer, Request, Workload

PATIENCE = 10.0
"""Seconds that an answer may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a stack answered to a workload, and what is wrong with it."""

    status: int
    content_type: str
    body: str
    """The SHA-256 of the body."""
    wrong: tuple[str, ...]


def ask(port: int, request: Request, seconds: float = PATIENCE) -> Answer:
    """Return the answer to a request; raise OSError if there is none, or if it is not HTTP."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        begun = time.monotonic()
        connection.request(request.method, request.path, request.body or None, dict(request.headers))
        found = connection.getresponse()
        body, elapsed, closes = found.read(), time.monotonic() - begun, found.will_close
        headers = {name.lower(): value for name, value in found.getheaders()}
        return Answer(status=found.status, headers=headers, body=body, seconds=elapsed, closes=closes)
    except http.client.HTTPException as error:
        raise OSError(f"not HTTP: {error!r}") from error
    finally:
        connection.close()


def look(port: int, workload: Workload) -> Kept:
    """Return what a server answers to a workload, and what is wrong with it."""
    try:
        answer = ask(port, workload.request) if workload.request else websocket.echo(port, kit.GREETING)
        wrong = workload.check(answer)
        if workload.after and not wrong:
            request, check = workload.after(answer)
            wrong = [f"afterwards, {request.path}: {problem}" for problem in check(ask(port, request))]
    except OSError as error:
        return Kept(status=0, content_type="", body="", wrong=(f"no answer: {error}",))
    digest = hashlib.sha256(answer.body).hexdigest()
    return Kept(status=answer.status, content_type=answer.type, body=digest, wrong=tuple(wrong))


def answered(port: int, stack: Stack, workloads: Iterable[Workload]) -> Mapping[str, Kept]:
    """Return what a stack answers to each workload that it does not decline."""
    return {workload.id: look(port, workload) for workload in workloads if not stack.declines(workload)}


def conform(port: int, stack: Stack, workloads: Iterable[Workload]) -> dict[str, list[str]]:
    """Return what is wrong with the answers of a stack: an empty list for each workload that it serves rightly."""
    return {name: [*kept.wrong] for name, kept in answered(port, stack, workloads).items()}
