"""What the handlers of an adapter do: they wait, stream, note events and raise an error.

It runs inside a setup's environment and imports nothing but the standard library. Adapters reach it through `kit`.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator

CONFIDENTIAL = "internal-detail-7f3a91"
"""The message of the uncaught error, which no answer may show."""
FLOOD_CHUNK = b"x" * 65536
FLOOD_CHUNKS = 128
TICKS = 30
PAUSE, BLOCK, WORK, APART = 0.3, 0.5, 0.4, 0.2
"""Seconds that a handler waits, blocks and works on after its response, and seconds between two pieces of a body."""


def note(event: str) -> None:
    """Write an event with its time and process into the journal of the run, which the lab reads."""
    journal = os.environ.get("PROBE_JOURNAL")
    if journal:
        descriptor = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(descriptor, f"{time.time():.6f} {os.getpid()} {event}\n".encode())
        os.close(descriptor)


async def pause() -> None:
    """Wait 0.3 s without holding up the event loop."""
    await asyncio.sleep(PAUSE)


def block() -> None:
    """Hold up the calling thread for 0.5 s."""
    time.sleep(BLOCK)


def chunks() -> Iterator[bytes]:
    """Yield three lines, 0.2 s apart."""
    for number in range(3):
        if number:
            time.sleep(APART)
        yield b"chunk %d\n" % number


async def chunks_async() -> AsyncIterator[bytes]:
    """Yield three lines, 0.2 s apart."""
    for number in range(3):
        if number:
            await asyncio.sleep(APART)
        yield b"chunk %d\n" % number


def numbers() -> Iterator[int]:
    """Yield 0, 1 and 2, 0.2 s apart: the data of the events."""
    for number in range(3):
        if number:
            time.sleep(APART)
        yield number


async def numbers_async() -> AsyncIterator[int]:
    """Yield 0, 1 and 2, 0.2 s apart: the data of the events."""
    for number in range(3):
        if number:
            await asyncio.sleep(APART)
        yield number


def flood() -> Iterator[bytes]:
    """Yield 8 MiB in pieces of 64 KiB as fast as they are taken, noting each."""
    for _ in range(FLOOD_CHUNKS):
        note("flood")
        yield FLOOD_CHUNK


async def flood_async() -> AsyncIterator[bytes]:
    """Yield 8 MiB in pieces of 64 KiB as fast as they are taken, noting each."""
    for _ in range(FLOOD_CHUNKS):
        note("flood")
        await asyncio.sleep(0)
        yield FLOOD_CHUNK


def ticks() -> Iterator[bytes]:
    """Yield 30 lines, 0.1 s apart, noting each."""
    for number in range(TICKS):
        note("tick")
        yield b"tick %d\n" % number
        time.sleep(0.1)


async def ticks_async() -> AsyncIterator[bytes]:
    """Yield 30 lines, 0.1 s apart, noting each."""
    for number in range(TICKS):
        note("tick")
        yield b"tick %d\n" % number
        await asyncio.sleep(0.1)


def work() -> None:
    """Do the background work: 0.4 s, then note that it is done."""
    time.sleep(WORK)
    note("background-done")


async def work_async() -> None:
    """Do the background work: 0.4 s, then note that it is done."""
    await asyncio.sleep(WORK)
    note("background-done")


def started() -> None:
    """Note that the application's start hook ran."""
    note("lifespan-start")


def stopped() -> None:
    """Note that the application's stop hook ran."""
    note("lifespan-stop")


def failure() -> Exception:
    """Return the error that the handler of `error` raises."""
    return RuntimeError(CONFIDENTIAL)
