# region testing
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from books import create_app
from books.models import Author, db

PASSWORD = "correct horse"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    app = create_app(
        {
            "TESTING": True,
            "DATABASE": str(tmp_path / "books.db"),
            "SECRET": "a key for tests that is long enough",
            "EDITOR": "ada",
            "PASSWORD": PASSWORD,
        }
    )
    with app.app_context():
        db.create_all()
        db.session.add(Author(name="Ursula K. Le Guin"))
        db.session.commit()
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def editor(client: FlaskClient) -> FlaskClient:
    answer = client.post("/api/token", json={"username": "ada", "password": PASSWORD})
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {answer.json['access_token']}"
    return client


# endregion
