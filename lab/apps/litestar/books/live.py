# region live
from litestar.channels import ChannelsPlugin
from litestar.channels.backends.memory import MemoryChannelsBackend


def create_channels() -> ChannelsPlugin:
    """Serve the channel to every WebSocket at `/live`."""
    return ChannelsPlugin(
        backend=MemoryChannelsBackend(),
        channels=["live"],
        create_ws_route_handlers=True,
        subscriber_max_backlog=1000,
        subscriber_backlog_strategy="dropleft",
    )


# endregion
