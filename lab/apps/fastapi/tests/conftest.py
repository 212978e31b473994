# region testing
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from books.database import get_engine
from books.main import app
from books.models import Author, Base
from books.settings import get_settings


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("BOOKS_DATABASE", str(tmp_path / "books.db"))
    monkeypatch.setenv("BOOKS_SECRET", "a secret of at least 32 characters")
    monkeypatch.setenv("BOOKS_EDITOR", "ada")
    monkeypatch.setenv("BOOKS_PASSWORD", "lovelace")
    get_settings.cache_clear()
    get_engine.cache_clear()
    Base.metadata.create_all(get_engine())
    with Session(get_engine()) as session:
        session.add_all([Author(name="Ursula K. Le Guin"), Author(name="Jorge Luis Borges")])
        session.commit()
    with TestClient(app) as client:
        yield client


@pytest.fixture
def editor(client: TestClient) -> TestClient:
    login = {"username": "ada", "password": "lovelace"}
    token = client.post("/api/token", json=login).json()["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    return client


# endregion
