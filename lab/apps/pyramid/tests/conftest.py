# region testing
from pathlib import Path

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session
from webtest import TestApp

from books import main
from books.models import Author
from books.models.meta import Base

PASSWORD = "correct horse"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Router:
    monkeypatch.setenv("BOOKS_DATABASE", str(tmp_path / "books.db"))
    monkeypatch.setenv("BOOKS_SECRET", "a key for tests that is long enough")
    monkeypatch.setenv("BOOKS_EDITOR", "ada")
    monkeypatch.setenv("BOOKS_PASSWORD", PASSWORD)
    return main({})


@pytest.fixture
def dbsession(app: Router) -> Session:
    with app.registry["dbsession_factory"]() as dbsession:
        Base.metadata.create_all(dbsession.get_bind())
        dbsession.add(Author(name="Ursula K. Le Guin"))
        dbsession.commit()
        yield dbsession


@pytest.fixture
def testapp(app: Router, dbsession: Session) -> TestApp:
    return TestApp(app)


@pytest.fixture
def editor(testapp: TestApp) -> TestApp:
    response = testapp.post_json("/api/token", {"username": "ada", "password": PASSWORD})
    testapp.authorization = ("Bearer", response.json["access_token"])
    return testapp


# endregion
