# region testing
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from quart import Quart
from quart.testing import QuartClient
from quart_db import QuartDB

from books import create_app

PASSWORD = "correct horse"


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[Quart]:
    app = create_app(
        {
            "TESTING": True,
            "DATABASE": str(tmp_path / "books.db"),
            "SECRET": "a key for tests that is long enough",
            "EDITOR": "ada",
            "PASSWORD": PASSWORD,
        }
    )
    async with app.test_app():
        db: QuartDB = app.extensions["QUART_DB"][0]
        async with db.connection() as connection:
            await connection.execute("INSERT INTO authors (name) VALUES ('Ursula K. Le Guin')")
        yield app


@pytest.fixture
def client(app: Quart) -> QuartClient:
    return app.test_client()


@pytest.fixture
async def headers(client: QuartClient) -> dict[str, str]:
    response = await client.post("/api/token", json={"username": "ada", "password": PASSWORD})
    return {"Authorization": f"Bearer {(await response.json)['access_token']}"}


# endregion
