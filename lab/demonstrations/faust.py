"""What Faust does when it is run: each function shows the claim in its docstring, or fails."""

import asyncio
import warnings

import faust

REMOVED = "The loop argument is deprecated since Python 3.8, and scheduled for removal in Python 3.10."


def an_agent_needs_the_loop_argument() -> None:
    """An agent that starts passes asyncio the loop argument, which Python 3.10 removed: Python 3.9 warns of that."""
    app = faust.App("demonstration", broker="kafka://127.0.0.1:9", store="memory://")
    received = []

    @app.agent()
    async def agent(stream):
        async for value in stream:
            received.append(value)
            yield value

    async def send() -> None:
        app.finalize()
        app.flow_control.resume()
        async with agent.test_context() as test:
            await test.put("hello")

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        asyncio.get_event_loop().run_until_complete(send())
    assert received == ["hello"]
    assert REMOVED in {str(one.message) for one in caught if one.category is DeprecationWarning}
