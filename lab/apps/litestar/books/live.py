# region live
from collections.abc import AsyncGenerator

from litestar import websocket_stream
from litestar.channels import ChannelsPlugin
from litestar.channels.backends.memory import MemoryChannelsBackend
from litestar.di import NamedDependency


def create_channels() -> ChannelsPlugin:
    return ChannelsPlugin(
        backend=MemoryChannelsBackend(),
        channels=["live"],
        # A client that reads too slowly misses what is oldest.
        subscriber_max_backlog=100,
        subscriber_backlog_strategy="dropleft",
    )


@websocket_stream("/live", warn_on_data_discard=False)
async def live(channels: NamedDependency[ChannelsPlugin]) -> AsyncGenerator[bytes, None]:
    async with channels.start_subscription("live") as subscriber:
        async for event in subscriber.iter_events():
            yield event


# endregion
