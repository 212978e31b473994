# region testing
import asyncio
from collections.abc import Iterator
from pathlib import Path
from socket import socket

import pytest
from sanic import Sanic
from sanic_testing.reusable import ReusableClient
from sqlalchemy import insert

from books.app import create_app
from books.models import Author, Base, open_engine
from books.settings import Settings

PASSWORD = "correct horse"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        DATABASE=str(tmp_path / "books.db"),
        SECRET="a key for tests that is long enough",
        EDITOR="ada",
        PASSWORD=PASSWORD,
    )


@pytest.fixture
def client(settings: Settings) -> Iterator[ReusableClient]:
    asyncio.run(prepare(settings.DATABASE))
    Sanic.test_mode = True
    with ReusableClient(create_app(settings=settings), port=free_port()) as client:
        yield client


def free_port() -> int:
    """Its own choice is any number at random, which may be taken."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def prepare(database: str) -> None:
    engine = open_engine(database)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        await connection.execute(insert(Author).values(name="Ursula K. Le Guin"))
    await engine.dispose()


@pytest.fixture
def editor(client: ReusableClient) -> dict[str, str]:
    """The headers of somebody who may write."""
    _, answer = client.post("/api/token", json={"username": "ada", "password": PASSWORD})
    return {"Authorization": f"Bearer {answer.json['access_token']}"}


# endregion
