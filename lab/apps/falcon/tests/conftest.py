# region testing
import asyncio
from pathlib import Path

import falcon.asgi
import pytest
from falcon.testing import TestClient

from books.app import create_app
from books.config import Config
from books.database import Author, Database

PASSWORD = "correct horse"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(
        BOOKS_DATABASE=str(tmp_path / "books.db"),
        BOOKS_SECRET="a key for tests that is long enough",
        BOOKS_EDITOR="ada",
        BOOKS_PASSWORD=PASSWORD,
    )


@pytest.fixture
def app(config: Config) -> falcon.asgi.App:
    async def prepare() -> None:
        database = Database(config)
        await database.create_tables()
        async with database.session.begin() as session:
            session.add(Author(name="Ursula K. Le Guin"))
        await database.engine.dispose()

    asyncio.run(prepare())
    return create_app(config)


@pytest.fixture
def client(app: falcon.asgi.App) -> TestClient:
    return TestClient(app)


@pytest.fixture
def authorization(client: TestClient) -> dict[str, str]:
    result = client.post("/api/token", json={"username": "ada", "password": PASSWORD})
    return {"Authorization": f"Bearer {result.json['access_token']}"}


@pytest.fixture
def editor(app: falcon.asgi.App, authorization: dict[str, str]) -> TestClient:
    return TestClient(app, headers=authorization)


# endregion
