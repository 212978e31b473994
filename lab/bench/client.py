"""`python -m lab.bench.client`: the clients that wrk is not: a fixed rate, and a WebSocket.

A task comes as JSON on the standard input, the figures leave as JSON on the standard output. A process of its own, so
that it has a processor of its own and its time is known.

At a fixed rate the moment at which each request is due is settled beforehand, and its latency counts from that moment,
so a request that waits behind a slow one is not left out (coordinated omission). wrk knows no rate. autocannon 9.0.0
knows one, but fills what is left out with one request a millisecond whatever the rate, and counts in milliseconds.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from base64 import b64decode
from collections.abc import Sequence
from typing import Any, TypedDict

import h11
from websockets.asyncio.client import ClientConnection, connect

QUANTILES = (50, 90, 99)
READ = 65_536
PATIENCE = 5.0
"""Seconds after the last request was due in which answers still count; later ones count as that late."""


class Steady(TypedDict):
    """What is asked of a client with a fixed rate."""

    port: int
    request: str
    """The bytes of the request, in base64."""
    status: int
    rate: float
    connections: int
    seconds: float


def main() -> None:
    """Do the task on the standard input and print what came of it."""
    task: Any = json.load(sys.stdin)
    work = echo(**task) if task.pop("kind") == "echo" else steady(task)
    json.dump(asyncio.run(work), sys.stdout)


async def steady(task: Steady) -> dict[str, Any]:
    """Return how many requests were answered at the fixed rate, how many were not, and the quantiles of the latency."""
    total = int(task["rate"] * task["seconds"])
    due: asyncio.Queue[float] = asyncio.Queue()
    latencies: list[float] = []
    workers = [asyncio.create_task(_answer(task, due, latencies)) for _ in range(task["connections"])]
    await asyncio.sleep(0.1)  # every connection is open before the first request is due
    begin = time.perf_counter()
    for number in range(total):
        moment = begin + number / task["rate"]
        if (wait := moment - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        due.put_nowait(moment)
    deadline = time.perf_counter() + PATIENCE
    while len(latencies) < total and time.perf_counter() < deadline and not all(worker.done() for worker in workers):
        await asyncio.sleep(0.01)
    seconds = time.perf_counter() - begin
    for worker in workers:
        worker.cancel()
    said = await asyncio.gather(*workers, return_exceptions=True)
    errors = [repr(error) for error in said if isinstance(error, Exception)]
    answered = len(latencies)
    latencies += [PATIENCE] * (total - answered)
    return {
        "requests": answered,
        "missing": total - answered,
        "seconds": seconds,
        "latency": quantiles(latencies),
        "error": errors[0] if errors else "",
    }


def quantiles(latencies: Sequence[float]) -> dict[str, float]:
    """Return the quantiles of the latencies, in milliseconds: the least that at least so many per cent keep to."""
    ordered = sorted(latencies)
    return {
        str(share): round(1e3 * ordered[max(-(-len(ordered) * share // 100) - 1, 0)], 3)
        for share in QUANTILES
        if ordered
    }


async def _answer(task: Steady, due: asyncio.Queue[float], latencies: list[float]) -> None:
    """Send a request on one connection whenever one is due, and keep its latency."""
    raw = b64decode(task["request"])
    reader, writer = await asyncio.open_connection("127.0.0.1", task["port"])
    try:
        while True:
            moment = await due.get()
            writer.write(raw)
            status = await _whole_answer(reader)
            if status != task["status"]:
                raise OSError(f"status {status}")
            latencies.append(time.perf_counter() - moment)
    finally:
        writer.close()


async def _whole_answer(reader: asyncio.StreamReader) -> int:
    """Read an answer to its end and return its status."""
    parser, status = h11.Connection(h11.CLIENT), 0
    parser.send(h11.Request(method="GET", target="/", headers=[("Host", "127.0.0.1")]))
    parser.send(h11.EndOfMessage())
    while True:
        event = parser.next_event()
        if event is h11.NEED_DATA:
            parser.receive_data(await reader.read(READ))
        elif isinstance(event, h11.Response):
            status = event.status_code
        elif isinstance(event, h11.EndOfMessage):
            return status
        elif isinstance(event, h11.ConnectionClosed):
            raise ConnectionError("the server closed the connection")


async def echo(port: int, path: str, text: str, connections: int, seconds: float) -> dict[str, Any]:
    """Return how many texts came back over WebSockets, each sent when the one before it was there."""
    address = f"ws://127.0.0.1:{port}{path}"
    opened = [await connect(address, compression=None, ping_interval=None) for _ in range(connections)]
    begin = time.perf_counter()
    counts = await asyncio.gather(*(_back_and_forth(one, text, begin + seconds) for one in opened))
    elapsed = time.perf_counter() - begin
    await asyncio.gather(*(one.close() for one in opened))
    return {"requests": sum(counts), "seconds": elapsed}


async def _back_and_forth(connection: ClientConnection, text: str, deadline: float) -> int:
    count = 0
    while time.perf_counter() < deadline:
        await connection.send(text)
        if await connection.recv() != text:
            raise OSError("another text came back")
        count += 1
    return count


if __name__ == "__main__":
    main()
