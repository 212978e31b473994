"""Live updates: who is told, when, and what remains of clients that have left."""

from __future__ import annotations

import base64
import http.client
import json
import os
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

import pytest
from websockets.exceptions import InvalidHandshake, WebSocketException
from websockets.sync.client import ClientConnection, connect

from lab.books.instances import Instance
from lab.books.items import limit
from lab.books.sample import book
from lab.books.suite.conftest import APPLICATION, bearer, client_of, eventually, is_websocket
from lab.core.processes import ask

WAVE = 10
"""Clients at once: an application with a thread for each has that many."""
PATIENCE = 20.0
"""Seconds for which a client asks again that is told that there are too many."""
TITLES = ["Told to all", 'Ünïcödé 📚, "quoted"\nand broken']
LET_GO = 40.0
"""Seconds within which a server lets go of clients that have left."""
SLACK = 40
"""Descriptors and objects of one type that a server may have more of afterwards."""
HEAP = 3 * 2**10
"""Bytes that a client of Node.js may leave behind, such as compiled code; a subscription takes several times that."""


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


@contextmanager
def live_client(server: Instance, *, websocket: bool) -> Iterator[ClientConnection | Sse]:
    """Yield a client that is told of creations from now on."""
    address = f"ws://127.0.0.1:{server.port}/live"
    with connect(address, proxy=None) if websocket else closing(Sse(server)) as client:
        time.sleep(0.2)
        yield client


@pytest.fixture
def listen(request, server):
    """Open a live client of the kind that the application declares."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(live_client(server, websocket=is_websocket(request)))


@pytest.mark.item("live")
def test_every_client_is_told_of_every_creation(editor, listen):
    clients = [listen(), listen()]
    made = [editor.post("/api/books", json=book(title=title)).json() for title in TITLES]
    for client in clients:
        told = [client.recv(timeout=10) for _ in made]
        assert all(isinstance(message, str) for message in told)
        assert [json.loads(message) for message in told] == [{"event": "created", "book": one} for one in made]


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
    if is_websocket(request):
        assert ask(server.port, "/live")[0] != 200
        return
    with pytest.raises((InvalidHandshake, WebSocketException, TimeoutError)):
        connect(f"ws://127.0.0.1:{server.port}/live", proxy=None, open_timeout=3)


@pytest.mark.absence("live")
def test_there_is_nothing_live(server):
    assert ask(server.port, "/live")[0] == 404
    with pytest.raises((InvalidHandshake, WebSocketException, TimeoutError)):
        connect(f"ws://127.0.0.1:{server.port}/live", proxy=None, open_timeout=3)


@pytest.mark.item("live")
def test_who_is_told_of_a_book_can_read_it(editor, listen):
    client = listen()
    for _ in range(5):
        editor.post("/api/books", json=book())
        told = json.loads(client.recv(timeout=10))["book"]
        assert editor.get(f"/api/books/{told['id']}").json() == told


@pytest.mark.item("live")
def test_an_update_a_deletion_and_an_import_are_not_announced(editor, listen):
    client = listen()
    made = editor.post("/api/books", json=book()).json()
    assert editor.patch(f"/api/books/{made['id']}", json={"title": "Changed"}).status_code == 200
    assert editor.delete(f"/api/books/{made['id']}").status_code == 204
    assert editor.post("/api/books/import", json=[book()]).status_code == 201
    last = editor.post("/api/books", json=book()).json()
    assert [json.loads(client.recv(timeout=10))["book"]["id"] for _ in range(2)] == [made["id"], last["id"]]


def arrive(server: Instance, *, websocket: bool) -> socket.socket:
    """Return a live client whose handshake is over.

    One that is told that there are too many asks again after the next book: an application with a thread for each finds
    out that a client has left when it next sends.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        client, head = _handshake(server, websocket=websocket)
        status = head.split(b" ")[1]
        if status == (b"101" if websocket else b"200"):
            return client
        client.close()
        assert status == b"503" and time.monotonic() < deadline, head[:100]
        with client_of(server, headers=bearer()) as writer:
            assert writer.post("/api/books", json=book()).status_code == 201
        time.sleep(0.2)


def _handshake(server: Instance, *, websocket: bool) -> tuple[socket.socket, bytes]:
    """Return a connection and the head of the answer to its handshake, made without a library."""
    client = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    lines = ["GET /live HTTP/1.1", f"Host: 127.0.0.1:{server.port}"]
    if websocket:
        key = base64.b64encode(os.urandom(16)).decode()
        lines += ["Upgrade: websocket", "Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13"]
    else:
        lines += ["Accept: text/event-stream"]
    client.sendall("\r\n".join([*lines, "", ""]).encode())
    head = b""
    while b"\r\n\r\n" not in head:
        part = client.recv(4096)
        assert part, f"the handshake was refused: {head[:100]!r}"
        head += part
    return client, head


def come_and_go(server: Instance, clients: int, *, websocket: bool) -> None:
    """Let so many live clients come, be told of a book, and go without a word."""
    for _ in range(clients // WAVE):
        with ExitStack() as stack, client_of(server, headers=bearer()) as writer:
            came = [stack.enter_context(arrive(server, websocket=websocket)) for _ in range(WAVE)]
            assert writer.post("/api/books", json=book()).status_code == 201
            for client in came:
                client.settimeout(20)
                assert client.recv(4096)


def remaining(grown: Counter[str], clients: int) -> dict[str, int]:
    """Return what has grown by more than clients explain that have left: objects by type, or bytes of Node.js."""
    bytes_ = grown.pop("bytes of the heap", 0)
    kinds = {kind: more for kind, more in grown.items() if more > clients // 2 and not kind.startswith("builtins.")}
    return kinds | ({"bytes": bytes_} if bytes_ > HEAP * clients else {})


def tell(server: Instance) -> None:
    """Create three books: a sender finds out that a client has left when it next sends, at the first or the second."""
    with client_of(server, headers=bearer()) as writer:
        for _ in range(3):
            assert writer.post("/api/books", json=book()).status_code == 201
            time.sleep(0.5)


@pytest.mark.item("live")
def test_nothing_remains_of_clients_that_have_left(request, serve):
    websocket = is_websocket(request)
    own = serve(BOOKS_COUNT="1")
    before, half = own.descriptors, limit("live-clients") // 2
    come_and_go(own, half, websocket=websocket)  # what is made at first use stays: the second half is counted
    tell(own)
    objects = own.count_objects()
    come_and_go(own, half, websocket=websocket)
    tell(own)
    eventually(lambda: own.descriptors <= before + SLACK, 20)
    deadline = time.monotonic() + LET_GO
    while (grown := remaining(own.count_objects() - objects, half)) and time.monotonic() < deadline:
        time.sleep(3)
    assert not grown


@pytest.mark.item("shutdown")
def test_live_clients_are_disconnected(request, serve):
    if request.config.stash[APPLICATION].record.live == "none":
        return
    websocket = is_websocket(request)
    own = serve()
    assert own.process
    with ExitStack() as stack:
        clients = [stack.enter_context(arrive(own, websocket=websocket)) for _ in range(3)]
        began = time.monotonic()
        own.process.terminate()
        status = own.process.wait(60)
        assert time.monotonic() - began < limit("shutdown-time")
        assert status in (0, -15, 143), status
        for client in clients:
            client.settimeout(5)
            try:
                while client.recv(4096):
                    pass
            except ConnectionResetError:
                pass
