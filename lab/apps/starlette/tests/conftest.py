# region testing
import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.config import environ
from starlette.testclient import TestClient

environ["BOOKS_DATABASE"] = "given by the fixture"
environ["BOOKS_SECRET"] = "a secret of at least 32 characters"
environ["BOOKS_EDITOR"] = "ada"
environ["BOOKS_PASSWORD"] = "lovelace"

from books import settings  # noqa: E402
from books.app import app  # noqa: E402
from books.database import make_engine  # noqa: E402
from books.models import Author, Base  # noqa: E402


async def make_store() -> None:
    engine = make_engine()
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        names = ["Ursula K. Le Guin", "Jorge Luis Borges"]
        await connection.execute(Author.__table__.insert(), [{"name": name} for name in names])
    await engine.dispose()


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(settings, "DATABASE", str(tmp_path / "books.db"))
    asyncio.run(make_store())
    with TestClient(app) as client:
        yield client


@pytest.fixture
def editor(client: TestClient) -> TestClient:
    login = {"username": "ada", "password": "lovelace"}
    token = client.post("/api/token", json=login).json()["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    return client


# endregion
