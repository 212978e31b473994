# region testing
import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

os.environ["BOOKS_DATABASE"] = "given by the fixture"
os.environ["BOOKS_SECRET"] = "a secret of at least 32 characters"
os.environ["BOOKS_EDITOR"] = "ada"
os.environ["BOOKS_PASSWORD"] = "lovelace"

from books.app import api
from books.database import make_engine, sessions
from books.models import Author, Base
from books.settings import settings


async def make_store() -> None:
    engine = make_engine()
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with sessions() as session:
        session.add_all([Author(name="Ursula K. Le Guin"), Author(name="Jorge Luis Borges")])
        await session.commit()
    await engine.dispose()


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(settings, "database", str(tmp_path / "books.db"))
    asyncio.run(make_store())
    with api.test_client(raise_server_exceptions=True) as client:
        yield client


@pytest.fixture
def editor(client: TestClient) -> TestClient:
    login = {"username": "ada", "password": "lovelace"}
    token = client.post("/api/token", json=login).json()["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    return client


# endregion
