# region testing
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from advanced_alchemy.extensions.litestar import SQLAlchemyAsyncConfig
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import insert

from books.app import create_app
from books.models import Author, create_alchemy
from books.settings import Settings

PASSWORD = "correct horse"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        database=str(tmp_path / "books.db"),
        secret="a key for tests that is long enough",
        editor="ada",
        password=PASSWORD,
    )


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient[Litestar]]:
    anyio.run(prepare, create_alchemy(settings.database))
    with TestClient(create_app(settings)) as client:
        yield client


async def prepare(alchemy: SQLAlchemyAsyncConfig) -> None:
    async with alchemy.get_engine().begin() as connection:
        await connection.run_sync(Author.metadata.create_all)
        await connection.execute(insert(Author).values(name="Ursula K. Le Guin"))
    await alchemy.get_engine().dispose()


@pytest.fixture
def editor(client: TestClient[Litestar]) -> TestClient[Litestar]:
    answer = client.post("/api/token", json={"username": "ada", "password": PASSWORD})
    client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    return client


# endregion
