"""What FastStream does when it is run: each function shows the claim in its docstring, or fails."""

import asyncio
import threading

from faststream.kafka import KafkaBroker, TestKafkaBroker


def plain_functions_run_in_a_thread() -> None:
    """A plain function that subscribes runs in another thread, and an async one in the thread of the event loop."""
    broker, threads = KafkaBroker(), {}

    @broker.subscriber("plain")
    def plain(_message: str) -> None:
        threads["plain"] = threading.current_thread()

    @broker.subscriber("async")
    async def asynchronous(_message: str) -> None:
        threads["async"] = threading.current_thread()

    async def publish() -> threading.Thread:
        async with TestKafkaBroker(broker):
            await broker.publish("hello", "plain")
            await broker.publish("hello", "async")
        return threading.current_thread()

    loop = asyncio.run(publish())
    assert threads["async"] is loop
    assert threads["plain"] is not loop
