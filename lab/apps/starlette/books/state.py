import asyncio
from typing import TypedDict

import httpx2
from anyio.streams.memory import MemoryObjectSendStream
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker


# region deployment
class State(TypedDict):
    """What the lifespan of the application hands to every request."""

    sessions: async_sessionmaker[AsyncSession]
    http: httpx2.AsyncClient
    live: set[MemoryObjectSendStream[str]]
    exports: asyncio.Semaphore


# endregion
