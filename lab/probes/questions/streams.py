# ruff: noqa: D400 - the docstring of a probe is a question
"""Answers in pieces, slow readers, clients that leave, and WebSocket."""

from __future__ import annotations

import time

from lab.core.errors import NoAnswerError
from lab.probes import client
from lab.probes import websocket as sockets
from lab.probes.kit import FLOOD_CHUNK, FLOOD_CHUNKS, TICKS
from lab.probes.probe import Finding, Subject, probe
from macros.schema.measured.probes import Exchange

KIB, MIB = 1024, 1024 * 1024


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


@probe("stream", attempts=3)
def streaming(subject: Subject) -> Finding:
    """Does a streamed body of three pieces, 0.2 s apart, arrive piece by piece?"""
    found, _ = _arrivals(subject, "/stream")
    whole = b"".join(piece for _, piece in found) == b"chunk 0\nchunk 1\nchunk 2\n"
    piecewise = len(found) >= 3 and found[-1][0] - found[0][0] >= 0.3
    return Finding(whole and piecewise, {"pieces": len(found)})


@probe("events", attempts=3)
def server_sent_events(subject: Subject) -> Finding:
    """Are three server-sent events, 0.2 s apart, received as they are sent, as text/event-stream?"""
    found, kind = _arrivals(subject, "/events")
    text = b"".join(piece for _, piece in found).decode("utf-8", "replace")
    data = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("data:")]
    piecewise = len(found) >= 3 and found[-1][0] - found[0][0] >= 0.3
    return Finding(kind.startswith("text/event-stream") and data == ["0", "1", "2"] and piecewise, {"data": data})


@probe("flood")
def back_pressure(subject: Subject) -> Finding:
    """Does a body of 8 MiB stop being produced before 6 MiB when the client does not read for 1 s?"""
    before = len(subject.server.events("flood"))
    with client.opened(subject.server.port, "/flood", receive_buffer=16 * KIB) as response:
        time.sleep(1)
        produced = (len(subject.server.events("flood")) - before) * len(FLOOD_CHUNK)
        received = sum(len(piece) for _, piece in client.pieces(response))
    whole = received == len(FLOOD_CHUNK) * FLOOD_CHUNKS
    figures = {"produced bytes while not read": produced, "received bytes": received}
    return Finding(whole and 0 < produced < 6 * MIB, figures)


@probe("ticks")
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
    time.sleep(1.4)
    after = [moment - gone for moment in subject.server.events("tick")[before:] if moment > gone]
    last = max(after, default=0.0)
    figures = {"pieces received": lines, "pieces produced afterwards": len(after), "last after seconds": round(last, 2)}
    return Finding(3 <= lines < TICKS and last < 1, figures)


@probe("websocket")
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


@probe("websocket")
def websocket_limit(subject: Subject) -> Finding:
    """Is a WebSocket message refused from some size between 64 KiB and 20 MiB on?"""
    accepted = 64 * KIB
    how = _refusal(subject.server.port, accepted)
    if how:
        return Finding(False, {"refused bytes": accepted, "how": how})
    for refused in (512 * KIB, 2 * MIB, 5 * MIB, 12 * MIB, 20 * MIB):
        how = _refusal(subject.server.port, refused)
        if how:
            figures = {"accepted bytes": accepted, "refused bytes": refused, "how": how}
            return Finding(subject.server.alive(), figures)
        accepted = refused
    return Finding(False, {"accepted bytes": accepted})
