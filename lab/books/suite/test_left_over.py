"""What nobody waits for, and what remains: exports that are broken off, sockets of listeners, half requests."""

from __future__ import annotations

import socket
import time
from contextlib import closing

import pytest

from lab.books.instances import Instance, served
from lab.books.items import limit
from lab.books.sample import book, new_isbn
from lab.books.suite.conftest import SEED, bearer, client_of, eventually, requests_of
from lab.books.suite.test_live import SLACK
from lab.books.webhook import Listener

ENDED = (0, -15, 143)
"""The status of a program that ends by itself or by SIGTERM."""
STATEMENTS = 3
"""SELECT statements of an answer, however many books it has."""


def ends_in_time(server: Instance) -> None:
    """Assert that the server ends within the limit when it is told to."""
    assert server.process
    began = time.monotonic()
    server.process.terminate()
    status = server.process.wait(60)
    assert time.monotonic() - began < limit("shutdown-time")
    assert status in ENDED, status


@pytest.fixture(scope="module")
def telling(stores, folder):
    """A server, a client of it that may write, and the listener that this server alone tells."""
    with (
        Listener() as listener,
        served(stores, folder / "telling", {"BOOKS_WEBHOOK": listener.url}, SEED) as own,
        client_of(own, headers=bearer()) as writer,
    ):
        yield own, writer, listener


@pytest.mark.item("background")
def test_a_listener_is_told_in_json(telling):
    _, writer, listener = telling
    made = writer.post("/api/books", json=book(title='Ünïcödé 📚, "quoted"\nand broken')).json()
    eventually(lambda: listener.told)
    assert listener.told == [{"event": "created", "book": made}]
    assert {kind.partition(";")[0].strip() for kind in listener.kinds} == {"application/json"}


@pytest.mark.item("background")
def test_no_socket_of_a_listener_remains(telling):
    own, writer, listener = telling
    listener.status, listener.content = 500, b"No, thank you. " * 20
    assert writer.post("/api/books", json=book()).status_code == 201
    before, told = own.descriptors, len(listener.told)
    for _ in range(3 * SLACK):
        assert writer.post("/api/books", json=book()).status_code == 201
    eventually(lambda: len(listener.told) >= told + 3 * SLACK, 60)
    eventually(lambda: own.descriptors <= before + SLACK, 20)


@pytest.mark.item("shutdown")
def test_a_listener_that_does_not_answer_is_not_waited_for(serve):
    with Listener() as listener:
        listener.delay = 3.0 * limit("shutdown-time")
        own = serve(BOOKS_WEBHOOK=listener.url)
        with client_of(own, headers=bearer()) as writer:
            assert writer.post("/api/books", json=book()).status_code == 201
        time.sleep(0.5)
        ends_in_time(own)


@pytest.mark.item("shutdown")
def test_half_a_request_is_not_waited_for(serve):
    own = serve()
    head = b"POST /api/books HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n"
    token = f"Authorization: {bearer()['Authorization']}\r\n\r\n".encode()
    with closing(socket.create_connection(("127.0.0.1", own.port), timeout=60)) as half:
        half.sendall(head + token + b'{"title": ')
        time.sleep(0.5)
        ends_in_time(own)


@pytest.mark.item("html-page")
def test_the_page_asks_the_store_a_few_times(client, statements):
    with statements() as asked:
        assert client.get("/").status_code == 200
    assert 1 <= asked.selects <= STATEMENTS, asked.all


@pytest.mark.item("csv-export")
def test_the_export_asks_the_store_a_few_times(client, statements):
    with statements() as asked:
        assert client.get("/api/books.csv").status_code == 200
    assert 1 <= asked.selects <= STATEMENTS, asked.all


@pytest.mark.item("csv-export")
def test_lines_end_as_rfc_4180_says(untouched):
    with client_of(untouched) as own:
        whole = own.get("/api/books.csv").content
    assert whole.startswith(b"title,isbn,published,pages,author\r\n")
    assert whole.endswith(b"\r\n")


ANSWERS = [
    ("GET", "/api/books.csv", 200), ("GET", "/health", 200), ("POST", "/api/token", 400), ("GET", "/nothing", 404),
    ("PUT", "/api/books", 405), ("DELETE", "/api/books/999999", 401),
]  # fmt: skip


@pytest.mark.item("request-log")
@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_every_answer_has_its_id_and_its_line(client, server, method, path, status):
    own = f"every-{new_isbn()}"
    content = b"{" if method == "POST" else b""
    headers = {"X-Request-ID": own, "Content-Type": "application/json"}
    answer = client.request(method, path, content=content, headers=headers)
    assert (answer.status_code, answer.headers["x-request-id"]) == (status, own)
    (line,) = eventually(lambda: [line for line in requests_of(server, own) if "ms" in line])
    assert (line["method"], line["path"], line["status"]) == (method, path, status)
