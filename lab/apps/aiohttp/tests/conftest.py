# region testing
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from books.auth import new_token
from books.init_db import create_tables
from books.main import create_app
from books.models import Author, sessions_key
from books.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        database=str(tmp_path / "books.db"),
        secret="a key for tests that is long enough",
        editor="ada",
        password="correct horse",
        webhook=None,
    )


@pytest.fixture
async def client(aiohttp_client: AiohttpClient, settings: Settings) -> TestClient:
    await create_tables(settings.database)
    client = await aiohttp_client(create_app(settings))
    async with client.app[sessions_key].begin() as session:
        session.add(Author(name="Ursula K. Le Guin"))
    return client


@pytest.fixture
def editor(client: TestClient, settings: Settings) -> TestClient:
    client.session.headers["Authorization"] = f"Bearer {new_token(settings, 'ada')}"
    return client


# endregion
