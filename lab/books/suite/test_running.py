"""What a running service owes: background work, live updates, logs, errors, health."""

from __future__ import annotations

import http.client
import json
import re
import socket
import sqlite3
import time
import warnings
from contextlib import closing
from pathlib import Path

import pytest
from websockets.exceptions import InvalidHandshake, WebSocketException
from websockets.sync.client import connect

from lab.books.instances import Instance
from lab.books.sample import book, new_isbn
from lab.books.suite.conftest import APPLICATION, bearer, client_of, eventually, is_problem
from lab.core.processes import ask

SOON = 0.6
"""Seconds within which a response comes that waits for nothing: half of the listener's delay."""


@pytest.fixture
def slow(listener):
    listener.delay = 2 * SOON
    yield listener
    listener.delay, listener.status = 0.0, 204


@pytest.mark.item("background")
def test_the_response_does_not_wait_for_the_listener(editor, slow):
    editor.post("/api/books", json=book())
    sent, began = book(), time.monotonic()
    answer = editor.post("/api/books", json=sent)
    took = time.monotonic() - began
    assert answer.status_code == 201
    assert took < SOON
    assert editor.get("/health").status_code == 200
    assert time.monotonic() - began < 2 * SOON
    (message,) = eventually(lambda: slow.of(sent["isbn"]))
    assert message == {"event": "created", "book": answer.json()}


@pytest.mark.item("background")
def test_a_listener_that_fails_breaks_nothing(editor, slow, server):
    slow.delay, slow.status = 0.0, 500
    lines = len(server.log.splitlines())
    sent = book()
    assert editor.post("/api/books", json=sent).status_code == 201
    eventually(lambda: slow.of(sent["isbn"]))
    eventually(lambda: [line for line in server.log.splitlines()[lines:] if '"ms"' not in line and line.strip()])
    assert editor.get("/health").status_code == 200


@pytest.mark.item("background")
def test_a_listener_that_is_not_there_breaks_nothing(serve):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        own = serve(BOOKS_WEBHOOK=f"http://127.0.0.1:{closed.getsockname()[1]}/")
        with client_of(own, headers=bearer()) as writer:
            assert writer.post("/api/books", json=book()).status_code == 201
            assert writer.get("/health").status_code == 200


@pytest.mark.item("background")
def test_nobody_is_told_of_what_was_refused(editor, listener):
    told, refused, created = book(), book(pages=0), book()
    assert editor.post("/api/books", json=told).status_code == 201
    assert editor.post("/api/books", json=refused).status_code == 422
    assert editor.post("/api/books", json=told).status_code == 409
    assert editor.post("/api/books", json=created).status_code == 201
    eventually(lambda: listener.of(created["isbn"]) and listener.of(told["isbn"]))
    time.sleep(0.2)
    assert len(listener.of(told["isbn"])) == 1
    assert not listener.of(refused["isbn"])


class Sse:
    """A client of server-sent events."""

    def __init__(self, server: Instance) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        self.connection.connect()
        self.socket = self.connection.sock  # the connection gives it up if the answer says that it will be closed
        self.connection.request("GET", "/live", headers={"Accept": "text/event-stream"})
        self.answer = self.connection.getresponse()
        assert self.answer.status == 200, self.answer.status
        assert self.answer.headers.get_content_type() == "text/event-stream"

    def recv(self, timeout: float = 10) -> str:
        data: list[str] = []
        self.socket.settimeout(timeout)
        while line := self.answer.readline():
            text = line.decode().rstrip("\r\n")
            if text.startswith("data:"):
                data.append(text.removeprefix("data:").removeprefix(" "))
            elif not text and data:
                return "\n".join(data)
        raise AssertionError("the stream has ended")

    def close(self) -> None:
        self.answer.close()
        self.connection.close()


@pytest.fixture
def listen(request, server):
    """Open a live client of the kind that the application declares."""
    websocket = request.config.stash[APPLICATION].record.live == "websocket"
    opened = []

    def open_client():
        client = connect(f"ws://127.0.0.1:{server.port}/live", proxy=None) if websocket else Sse(server)
        opened.append(client)
        time.sleep(0.2)
        return client

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the client is closed below, not by a with statement
        yield open_client
    for client in opened:
        client.close()


@pytest.mark.item("live")
def test_every_client_is_told_of_every_creation(editor, listen):
    clients = [listen(), listen()]
    made = [editor.post("/api/books", json=book()).json() for _ in range(2)]
    for client in clients:
        assert [json.loads(client.recv(timeout=10)) for _ in made] == [{"event": "created", "book": b} for b in made]


@pytest.mark.item("live")
def test_refused_creations_are_not_announced(editor, listen):
    client = listen()
    assert editor.post("/api/books", json=book(pages=0)).status_code == 422
    made = editor.post("/api/books", json=book()).json()
    assert json.loads(client.recv(timeout=10))["book"] == made


@pytest.mark.item("live")
def test_clients_that_leave_disturb_nobody(editor, listen):
    stays = listen()
    for _ in range(3):
        listen().close()
    made = [editor.post("/api/books", json=book()) for _ in range(3)]
    assert [answer.status_code for answer in made] == [201] * 3
    assert [json.loads(stays.recv(timeout=10))["book"] for _ in made] == [answer.json() for answer in made]


@pytest.mark.item("live")
def test_without_websocket_a_handshake_is_refused(request, server):
    if request.config.stash[APPLICATION].record.live == "websocket":
        assert ask(server.port, "/live")[0] != 200
        return
    with pytest.raises((InvalidHandshake, WebSocketException, TimeoutError)):
        connect(f"ws://127.0.0.1:{server.port}/live", proxy=None, open_timeout=3)


@pytest.mark.absence("live")
def test_there_is_nothing_live(server):
    assert ask(server.port, "/live")[0] == 404
    with pytest.raises((InvalidHandshake, WebSocketException, TimeoutError)):
        connect(f"ws://127.0.0.1:{server.port}/live", proxy=None, open_timeout=3)


def requests_of(server: Instance, request_id: str) -> list[dict[str, object]]:
    """Return the lines of the log that are JSON and carry the id."""
    found = []
    for line in server.log.splitlines():
        if request_id in line and line.lstrip().startswith("{"):
            found.append(json.loads(line))
    return [line for line in found if line.get("request_id") == request_id]


@pytest.mark.item("request-log")
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/api/books", 200), ("GET", "/api/nothing", 404), ("POST", "/api/books", 401), ("GET", "/", 200)],
)
def test_a_request_is_one_line(client, server, method, path, status):
    own = f"Own.id-{new_isbn()}_x"
    answer = client.request(method, path, params={"secret": "in-the-query"}, headers={"X-Request-ID": own})
    assert answer.headers["x-request-id"] == own
    (line,) = eventually(lambda: requests_of(server, own))
    assert (line["method"], line["path"], line["status"]) == (method, path, status)
    assert 0 <= float(line["ms"]) < 10_000


@pytest.mark.item("request-log")
@pytest.mark.parametrize("given", [None, "", "x" * 65, "with blanks", "a;b", "a{b}", "ü".encode()])
def test_another_id_is_given_where_the_client_has_no_good_one(client, server, given):
    headers = {} if given is None else {"X-Request-ID": given}
    ids = [client.get("/api/authors", headers=headers).headers["x-request-id"] for _ in range(2)]
    assert ids[0] != ids[1]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]{1,64}", one) for one in ids)
    assert eventually(lambda: requests_of(server, ids[0]))


@pytest.mark.item("request-log")
def test_a_line_break_in_the_path_makes_no_second_line(server):
    own, forged = f"line-break-{new_isbn()}", f"forged-{new_isbn()}"
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    address = f"/nothing%0A%7B%22request_id%22:%22{forged}%22%7D"
    connection.request("GET", address, headers={"X-Request-ID": own, "Connection": "close"})
    connection.getresponse().read()
    connection.close()
    eventually(lambda: requests_of(server, own))
    assert not requests_of(server, forged)


LEAKS = ("Traceback", "sqlite", "SQL", "SELECT", "no such table", "published", "author_id", ".py", ".js", "    at ")


@pytest.fixture
def broken(serve):
    """A server whose tables have been taken away while it ran."""
    own = serve()
    with client_of(own) as first:
        assert first.get("/api/books").status_code == 200
    with closing(sqlite3.connect(own.store, timeout=20, isolation_level=None)) as store:
        store.execute("PRAGMA foreign_keys = OFF")
        names = store.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        for (name,) in names.fetchall():
            store.execute(f'DROP TABLE "{name}"')
    return own


@pytest.mark.item("error-pages")
def test_a_broken_store_leaks_nothing(broken):
    with client_of(broken) as own:
        problem = own.get("/api/books")
        is_problem(problem, 500)
        page = own.get("/")
        assert page.status_code == 500
        assert page.headers["content-type"].startswith("text/html")
        for answer in (problem, page):
            assert not [word for word in LEAKS if word in answer.text], answer.text[:300]
            assert str(Path(broken.prepared.folder)) not in answer.text
            assert "x-request-id" in answer.headers
        assert "no such table" in broken.log
        assert own.get("/api/nothing").status_code == 404
    assert broken.process
    assert broken.process.poll() is None


@pytest.mark.item("error-pages")
def test_an_unknown_address_is_a_page(client):
    answer = client.get("/nothing/<script>")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "<script>" not in answer.text
    assert "<h1" in answer.text.lower()


@pytest.mark.item("health")
def test_health(client):
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


@pytest.mark.item("health")
def test_a_broken_store_is_not_healthy(broken):
    with client_of(broken) as own:
        answer = own.get("/health")
        assert answer.status_code == 503
        assert not [word for word in LEAKS if word in answer.text]
