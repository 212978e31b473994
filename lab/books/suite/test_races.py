"""Many at once: clients that are connected and ready wait at a barrier, and it is repeated."""

from __future__ import annotations

import http.client
import json
import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

import pytest

from lab.books.instances import Instance
from lab.books.sample import book, new_isbn
from lab.books.suite.conftest import SEED, bearer, client_of

AT_ONCE = 20
ROUNDS = 8
Call = tuple[str, str, object]
"""Method, path, and the body or None."""


class Crowd:
    """Clients whose connections are open and have been used, so that all of a race start within a millisecond."""

    def __init__(self, server: Instance, size: int) -> None:
        self.size = size
        self._pool = ThreadPoolExecutor(size)
        self._barrier = threading.Barrier(size)
        self._connections = [http.client.HTTPConnection("127.0.0.1", server.port, timeout=60) for _ in range(size)]
        for connection in self._connections:
            connection.connect()

    def race(self, calls: Sequence[Call]) -> list[int]:
        """Send all calls at once; return the status of each."""
        assert len(calls) == self.size
        return list(self._pool.map(self._send, self._connections, calls))

    def _send(self, connection: http.client.HTTPConnection, call: Call) -> int:
        method, path, body = call
        content = None if body is None else json.dumps(body).encode()
        headers = bearer() | ({"Content-Type": "application/json"} if content else {})
        self._barrier.wait(60)
        connection.request(method, path, body=content, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def close(self) -> None:
        """Close the connections."""
        for connection in self._connections:
            connection.close()
        self._pool.shutdown()


@pytest.fixture
def crowd(server):
    with ExitStack() as stack:

        def gather(size: int) -> Crowd:
            found = Crowd(server, size)
            stack.callback(found.close)
            return found

        yield gather


@pytest.mark.item("concurrency")
def test_of_twenty_equal_creations_one_succeeds(crowd, client):
    ready = crowd(AT_ONCE)
    for _ in range(ROUNDS):
        same = book()
        assert Counter(ready.race([("POST", "/api/books", same)] * AT_ONCE)) == {201: 1, 409: AT_ONCE - 1}
        assert client.get("/api/books", params={"q": same["title"]}).json()["total"] == 1


@pytest.mark.item("concurrency")
def test_twenty_different_creations_succeed(crowd):
    ready = crowd(AT_ONCE)
    for _ in range(ROUNDS):
        assert Counter(ready.race([("POST", "/api/books", book()) for _ in range(AT_ONCE)])) == {201: AT_ONCE}


@pytest.mark.item("concurrency")
def test_of_books_that_get_the_same_isbn_at_once_one_has_it(crowd, editor):
    ready = crowd(8)
    made = [editor.post("/api/books", json=book()).json()["id"] for _ in range(8)]
    for _ in range(ROUNDS):
        wanted = {"isbn": new_isbn()}
        answers = Counter(ready.race([("PATCH", f"/api/books/{number}", wanted) for number in made]))
        assert answers == {200: 1, 409: 7}
        found = [editor.get(f"/api/books/{number}").json()["isbn"] for number in made]
        assert found.count(wanted["isbn"]) == 1


@pytest.mark.item("concurrency")
def test_a_book_is_changed_and_deleted_at_once(crowd, editor):
    ready = crowd(8)
    for turn in range(2 * ROUNDS):
        path = f"/api/books/{editor.post('/api/books', json=book()).json()['id']}"
        calls = [("PATCH", path, {"title": f"Changed {turn}"}), ("PATCH", path, {"pages": None, "author_id": 2})] * 3
        answers = ready.race([*calls, ("DELETE", path, None), ("DELETE", path, None)])
        assert set(answers[:6]) <= {200, 404}, answers
        assert sorted(answers[6:]) == [204, 404]
        assert editor.get(path).status_code == 404


@pytest.mark.item("bulk-import")
def test_imports_that_share_an_isbn_race_again_and_again(crowd, client):
    ready = crowd(4)
    for turn in range(ROUNDS // 2):
        shared, title = new_isbn(), f"Race of imports {new_isbn()}"
        batches = [[*(book(title=title) for _ in range(60)), book(title=title, isbn=shared)] for _ in range(4)]
        answers = Counter(ready.race([("POST", "/api/books/import", many) for many in batches]))
        assert answers == {201: 1, 422: 3}, turn
        assert client.get("/api/books", params={"q": title}).json()["total"] == 61


@pytest.mark.item("integrity")
def test_no_book_is_stored_whose_author_has_vanished(serve):
    """A trigger takes the author away between the check of the application and the insertion."""
    lonely = {"author_id": 6, "title": "Of nobody"}
    own = serve()
    with client_of(own, headers=bearer()) as writer:
        first = writer.get("/api/books", params={"author": 6, "per_page": 100}).json()["items"]
        for one in first:
            assert writer.delete(f"/api/books/{one['id']}").status_code == 204
        own.store.lose_authors()
        answer = writer.post("/api/books", json=book(**lonely))
        assert answer.status_code in (404, 409, 422, 500, 503), answer.text[:200]
        assert writer.post("/api/books/import", json=[book(**lonely)]).status_code in (409, 422, 500, 503)
        with closing(Crowd(own, AT_ONCE)) as ready:  # on every connection of a pool
            answers = ready.race([("POST", "/api/books", book(**lonely)) for _ in range(AT_ONCE)])
        assert set(answers) <= {404, 409, 422, 500, 503}, answers
        assert writer.get("/api/books", params={"q": "Of nobody"}).json()["total"] == 0
    assert own.store.orphans() == 0


@pytest.mark.item("integrity")
def test_the_store_itself_refuses_a_second_isbn_and_an_author_who_is_not_there(stores, tmp_path):
    store = stores.copy(SEED, tmp_path)
    assert store.refuses(store.an_isbn(), author=1)
    assert store.refuses(new_isbn(), author=999_999)
    assert not store.refuses(new_isbn(), author=1)
    store.remove()
