from bookapi.main import app
from bookapi.test_main import client, test_create_book

__all__ = ["client", "test_create_book"]


def test_the_document_has_the_title_of_the_function(client):
    info = client.get("/openapi.json").json()["info"]
    assert (info["title"], info["version"]) == ("Book Management API", "2.0.0")
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 200


def test_nothing_stays_overridden():
    assert app.dependency_overrides == {}
