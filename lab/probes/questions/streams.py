# ruff: noqa: D400 - the docstring of a probe is a question
"""Answers in pieces, slow readers, clients that leave, and WebSocket."""

from __future__ import annotations

import time

from lab.core.errors import NoAnswerError
from lab.probes import client
from lab.probes import websocket as sockets
from lab.probes.kit import FLOOD_CHUNK, FLOOD_CHUNKS, TICKS
from lab.probes.probe import KIB, MIB, Finding, Subject, limit, probe, size
from lab.probes.work import APART
from macros.schema.measured.probes import Exchange

SPREAD = 0.3
"""Seconds at least from the first of three pieces to the last, where they arrive one by one."""
PRODUCED_AT_MOST, UNREAD = 6 * MIB, 1
"""Bytes that a body may be ahead of a client that does not read for so many seconds."""
GONE_AT_MOST = 1
"""Seconds within which a stream stops when the client has gone."""
SMALLEST_MESSAGE, LARGEST_MESSAGE = 1 * KIB, 20 * MIB
MESSAGES = (64 * KIB, 512 * KIB, 2 * MIB, 5 * MIB, 12 * MIB, LARGEST_MESSAGE)
"""The messages that are sent, until one is refused; then the limit is searched for between it and the one before."""


def _arrivals(subject: Subject, target: str) -> tuple[list[tuple[float, bytes]], str]:
    """Return the pieces that arrive, with their seconds after the question, and the content type."""
    begun = time.perf_counter()
    with client.opened(subject.server.port, target) as response:
        found = [(moment - begun, piece) for moment, piece in client.pieces(response)]
    kind = response.getheader("content-type", "")
    shown = "\n".join(f"after {moment * 1000:.0f} ms: {piece!r}" for moment, piece in found[:6])
    line = f"HTTP/1.1 {response.status} {response.reason}"
    headers = tuple(f"{name}: {value}" for name, value in response.getheaders() if name.lower() != "date")
    subject.record(Exchange(request=f"GET {target}", status=line, headers=headers, body=shown[:400]))
    return (found if response.status == 200 else []), kind


@probe("stream", attempts=3, server=("fail",), apart=f"{APART} s", first_to_last_at_least=f"{SPREAD} s")
def streaming(subject: Subject) -> Finding:
    """Does a streamed body of three pieces, 0.2 s apart, arrive piece by piece?"""
    found, _ = _arrivals(subject, "/stream")
    whole = b"".join(piece for _, piece in found) == b"chunk 0\nchunk 1\nchunk 2\n"
    piecewise = len(found) >= 3 and found[-1][0] - found[0][0] >= SPREAD
    return Finding(whole and piecewise, {"pieces": len(found)})


@probe("events", attempts=3, apart=f"{APART} s", first_to_last_at_least=f"{SPREAD} s")
def server_sent_events(subject: Subject) -> Finding:
    """Are three server-sent events, 0.2 s apart, received as they are sent, as text/event-stream?"""
    found, kind = _arrivals(subject, "/events")
    text = b"".join(piece for _, piece in found).decode("utf-8", "replace")
    data = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("data:")]
    piecewise = len(found) >= 3 and found[-1][0] - found[0][0] >= SPREAD
    return Finding(kind.startswith("text/event-stream") and data == ["0", "1", "2"] and piecewise, {"data": data})


@probe(
    "flood",
    server=("pass", "fail"),
    body=size(len(FLOOD_CHUNK) * FLOOD_CHUNKS),
    produced_at_most=size(PRODUCED_AT_MOST),
    not_read_for=f"{UNREAD} s",
)
def back_pressure(subject: Subject) -> Finding:
    """Does a body of 8 MiB stop being produced before 6 MiB when the client does not read for 1 s?"""
    before = len(subject.server.events("flood"))
    with client.opened(subject.server.port, "/flood", receive_buffer=16 * KIB) as response:
        time.sleep(UNREAD)
        produced = (len(subject.server.events("flood")) - before) * len(FLOOD_CHUNK)
        received = sum(len(piece) for _, piece in client.pieces(response))
    whole = received == len(FLOOD_CHUNK) * FLOOD_CHUNKS
    figures = {"produced bytes while not read": produced, "received bytes": received}
    return Finding(whole and 0 < produced < PRODUCED_AT_MOST, figures)


@probe("ticks", server=("pass",), stops_within=f"{GONE_AT_MOST} s")
def client_disconnect(subject: Subject) -> Finding:
    """Does a stream stop being produced within 1 s when the client has gone?"""
    before = len(subject.server.events("tick"))
    lines = 0
    with client.opened(subject.server.port, "/ticks") as response:
        for _, piece in client.pieces(response):
            lines += piece.count(b"\n")
            if lines >= 3:
                break
        if response.fp:
            response.close()
    gone = time.time()
    time.sleep(GONE_AT_MOST + 0.4)
    after = [moment - gone for moment in subject.server.events("tick")[before:] if moment > gone]
    last = max(after, default=0.0)
    figures = {"pieces received": lines, "pieces produced afterwards": len(after), "last after seconds": round(last, 2)}
    return Finding(3 <= lines < TICKS and last < GONE_AT_MOST, figures)


@probe("websocket", server=("fail",))
def websocket(subject: Subject) -> Finding:
    """Is a WebSocket connection accepted, and a text message echoed?"""
    with sockets.opened(subject.server.port, "/ws") as connection:
        subject.record(Exchange(request="GET /ws\nUpgrade: websocket", status=connection.line))
        if not connection.accepted:
            return Finding(False)
        reply = connection.echo("hållo")
    shown = reply.message if isinstance(reply.message, str) else reply.message.decode("utf-8", "replace")
    return Finding(reply.message == "hållo", {"echo": shown})


def _refusal(port: int, size: int) -> str:
    """Return how a message of that size is refused, or nothing if it is echoed."""
    message = "x" * size
    try:
        with sockets.opened(port, "/ws", timeout=15) as connection:
            if not connection.accepted:
                return connection.line
            reply = connection.echo(message)
    except (NoAnswerError, OSError) as error:
        return f"connection ended ({type(error).__name__})"
    if reply.code is not None:
        return f"close code {reply.code}"
    return "" if reply.message == message else "another message"


@probe("websocket", server=("pass",), taken=size(SMALLEST_MESSAGE), sent_up_to=size(LARGEST_MESSAGE))
def websocket_limit(subject: Subject) -> Finding:
    """Is a WebSocket message of 1 KiB taken, and refused from some size up to 20 MiB on?"""
    port, accepted = subject.server.port, SMALLEST_MESSAGE
    if how := _refusal(port, accepted):
        return Finding(False, {"refused bytes": accepted, "how": how})
    for refused in MESSAGES:
        if how := _refusal(port, refused):
            low, high = limit(accepted, refused, 10, lambda size: not _refusal(port, size))
            return Finding(subject.server.alive(), {"accepted bytes": low, "refused bytes": high, "how": how})
        accepted = refused
    return Finding(False, {"accepted bytes": accepted})
