# region live
import asyncio
import weakref
from typing import Any

from aiohttp import WSCloseCode, web

clients_key = web.AppKey("clients", weakref.WeakSet[web.WebSocketResponse])


async def live(request: web.Request) -> web.WebSocketResponse:
    client = web.WebSocketResponse(heartbeat=20, timeout=2)
    await client.prepare(request)
    request.app[clients_key].add(client)
    try:
        async for _ in client:
            pass  # nothing is asked of clients
    finally:
        request.app[clients_key].discard(client)
    return client


async def publish(clients: weakref.WeakSet[web.WebSocketResponse], event: dict[str, Any]) -> None:
    sent = (client.send_json(event) for client in set(clients))
    await asyncio.gather(*sent, return_exceptions=True)


async def close_clients(app: web.Application) -> None:
    closed = (
        client.close(code=WSCloseCode.GOING_AWAY, message=b"Server shutdown")
        for client in set(app[clients_key])
    )
    await asyncio.gather(*closed, return_exceptions=True)


def setup(app: web.Application) -> None:
    app[clients_key] = weakref.WeakSet()
    app.router.add_get("/live", live)
    app.on_shutdown.append(close_clients)
    # endregion
