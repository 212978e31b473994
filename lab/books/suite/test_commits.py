"""Who is told, and what is stored, where a commit fails or many come at once."""

from __future__ import annotations

import json
import time
from contextlib import closing

import httpx
import pytest

from lab.books.instances import Instance
from lab.books.sample import book
from lab.books.suite.conftest import bearer, client_of, eventually, is_problem, is_websocket
from lab.books.suite.test_live import live_client
from lab.books.suite.test_races import AT_ONCE, Crowd


@pytest.fixture
def committed(western):
    """A server that tells the listener, and a client of it that may write."""
    with client_of(western, headers=bearer()) as writer:
        yield western, writer


def is_refused(writer: httpx.Client, sent: dict[str, object]) -> None:
    """Assert that the creation is refused or fails, and that the server goes on without the book."""
    answer = writer.post("/api/books", json=sent)
    is_problem(answer, max(answer.status_code, 400))
    assert writer.get("/api/books", params={"q": str(sent["title"])}).json()["total"] == 0
    assert writer.get("/health").status_code == 200


@pytest.mark.item("integrity")
def test_a_commit_that_fails_stores_nothing(committed):
    own, writer = committed
    with own.store.failing_commits():
        for _ in range(3):
            is_refused(writer, book(title="Never stored"))
        assert writer.post("/api/books/import", json=[book(title="Never stored")]).status_code >= 400
    assert writer.post("/api/books", json=book()).status_code == 201
    assert writer.get("/api/books", params={"q": "Never stored"}).json()["total"] == 0


@pytest.mark.item("background")
def test_the_listener_is_not_told_of_what_was_not_stored(committed, listener):
    own, writer = committed
    never, made = book(title="Never stored"), book()
    with own.store.failing_commits():
        is_refused(writer, never)
    assert writer.post("/api/books", json=made).status_code == 201
    eventually(lambda: listener.of(made["isbn"]))
    time.sleep(0.2)
    assert not listener.of(never["isbn"])


@pytest.mark.item("live")
def test_no_client_is_told_of_what_was_not_stored(request, committed):
    own, writer = committed
    with live_client(own, websocket=is_websocket(request)) as client:
        with own.store.failing_commits():
            is_refused(writer, book(title="Never stored"))
        made = writer.post("/api/books", json=book()).json()
        assert json.loads(client.recv(timeout=10))["book"] == made


def create_many(server: Instance) -> list[dict[str, object]]:
    """Create books, twenty at a time, and return them."""
    many = [[book() for _ in range(AT_ONCE)] for _ in range(3)]
    with closing(Crowd(server, AT_ONCE)) as ready:
        for part in many:
            assert set(ready.race([("POST", "/api/books", one) for one in part])) == {201}
    return [one for part in many for one in part]


@pytest.mark.item("background")
def test_the_listener_is_told_of_each_of_many_once(server, listener):
    many = create_many(server)
    eventually(lambda: all(listener.of(one["isbn"]) for one in many), 30)
    time.sleep(0.3)
    assert [len(listener.of(one["isbn"])) for one in many] == [1] * len(many)


@pytest.mark.item("live")
def test_a_client_is_told_of_each_of_many_once(request, server):
    with live_client(server, websocket=is_websocket(request)) as client:
        many = create_many(server)
        told = [json.loads(client.recv(timeout=10))["book"]["isbn"] for _ in many]
    assert sorted(told) == sorted(one["isbn"] for one in many)
