# region testing
from urllib.parse import urljoin

import pytest
import requests
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from books.models import Author, Base
from books.service import BooksService


@pytest.fixture
def config(tmp_path, web_config):
    web_config |= {
        "BOOKS_DATABASE": str(tmp_path / "books.db"),
        "BOOKS_SECRET": "a secret of at least thirty-two characters",
        "BOOKS_EDITOR": "ada",
        "BOOKS_PASSWORD": "lovelace",
        "BOOKS_TOKEN_SECONDS": 60,
        "BOOKS_PAGE_SIZE": 2,
        "DB_URIS": {"books:Base": f"sqlite:///{tmp_path / 'books.db'}"},
    }
    return web_config


@pytest.fixture
def session(config):
    engine = create_engine(config["DB_URIS"]["books:Base"])
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Author(name="Ursula K. Le Guin"))
        session.commit()
        yield session
    engine.dispose()


class Client(requests.Session):
    def __init__(self, port):
        super().__init__()
        self.base = f"http://127.0.0.1:{port}/"

    def request(self, method, url, *args, **kwargs):
        return super().request(method, urljoin(self.base, url), *args, **kwargs)


@pytest.fixture
def client(container_factory, config, session, web_config_port):
    container_factory(BooksService, config).start()
    with Client(web_config_port) as client:
        yield client


@pytest.fixture
def editor(client):
    user = {"username": "ada", "password": "lovelace"}
    token = client.post("/api/token", json=user).json()["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    return client


# endregion
