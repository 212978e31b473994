"""Hand an event to an agent, in memory."""

# /// script
# dependencies = ["faust-streaming"]
# ///

import asyncio

import faust

app = faust.App("smoke", broker="kafka://127.0.0.1:9", store="memory://")


@app.agent(value_type=int)
async def add(numbers):
    async for number in numbers:
        yield number + 1


async def main():
    async with add.test_context() as agent:
        event = await agent.put(1)
        assert agent.results[event.message.offset] == 2


asyncio.get_event_loop().run_until_complete(main())
