"""Hand a message to a subscriber and on to a publisher, in memory."""

# /// script
# dependencies = ["faststream[kafka]"]
# ///

import asyncio

from faststream.kafka import KafkaBroker, TestKafkaBroker

broker = KafkaBroker("127.0.0.1:9")


@broker.subscriber("numbers")
@broker.publisher("sums")
async def add(number: int) -> int:
    return number + 1


@broker.subscriber("sums")
async def take(number: int) -> None:
    pass


async def main():
    async with TestKafkaBroker(broker):
        await broker.publish(1, "numbers")
        add.mock.assert_called_once_with(1)
        take.mock.assert_called_once_with(2)


asyncio.run(main())
