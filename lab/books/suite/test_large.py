"""Fifty thousand books: what an import and an export take, and whether others are served meanwhile."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import pytest

from lab.books.instances import Instance, Stores, empty, served
from lab.books.items import limit
from lab.books.sample import as_csv, book, rows
from lab.books.suite.conftest import bearer, client_of, eventually, is_problem, requests_of, settled

MIB = 2**20
EVERY = 0.01
"""Seconds between two looks at the memory, and between two questions."""
BROKEN_OFF = 12
"""Exports that are broken off at a time."""
FULL = limit("import-length")


@dataclass
class Watched:
    """What a server did during a block: its growth at most, its slowest answer to others, and how long it all took."""

    grown: int = 0
    slowest: float = 0.0
    answers: list[int] = field(default_factory=list)
    seconds: float = 0.0
    processor: float = 0.0
    """Seconds for which it had a processor."""

    @property
    def waited(self) -> float:
        """Return the milliseconds of the slowest answer, less the share in which others had the processor."""
        return 1000 * self.slowest * min(self.processor / self.seconds, 1)


@contextmanager
def watched(server: Instance) -> Iterator[Watched]:
    """Look at the memory of the server and ask it for /health again and again, until the block ends."""
    found, ended, before = Watched(), threading.Event(), server.memory

    def look() -> None:
        while not ended.wait(EVERY):
            found.grown = max(found.grown, server.memory - before)

    def ask() -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
            while not ended.wait(EVERY):
                began = time.monotonic()
                connection.request("GET", "/health")
                answer = connection.getresponse()
                answer.read()
                found.slowest = max(found.slowest, time.monotonic() - began)
                found.answers.append(answer.status)

    began, used = time.monotonic(), server.processor
    threads = [threading.Thread(target=look), threading.Thread(target=ask)]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        found.seconds, found.processor = time.monotonic() - began, server.processor - used
        ended.set()
        for thread in threads:
            thread.join()


@dataclass
class Large:
    """A server with as many books as one import can have, and what that import and an export took."""

    server: Instance
    answer: http.client.HTTPResponse
    body: bytes
    imported: Watched
    request_id: str


@pytest.fixture(scope="module")
def large(stores: Stores, folder) -> Iterator[Large]:
    """Import as many books as are allowed, in a body as large as must be accepted, into a server that was used."""
    untraced = {"BOOKS_TRACE": ""}  # no test here asks for its statements
    with served(stores, folder / "large", untraced, as_csv(rows(["Before"]))) as server:
        with client_of(server, headers=bearer()) as writer:
            assert writer.post("/api/books/import", json=[book() for _ in range(2000)]).status_code == 201
            assert writer.get("/api/books.csv").status_code == 200
        length = limit("import-size") * MIB // FULL - len(json.dumps(book(title=""))) - 4
        title = "Title of many " * (length // len("Title of many "))
        many = json.dumps([book(title=title.strip()[: limit("title-length")]) for _ in range(FULL)]).encode()
        assert len(many) <= limit("import-size") * MIB
        headers = bearer() | {"Content-Type": "application/json", "X-Request-ID": "the-large-import"}
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        with watched(server) as imported:
            connection.request("POST", "/api/books/import", body=many, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
        connection.close()
        yield Large(server, answer, body, imported, "the-large-import")


@pytest.mark.item("bulk-import")
def test_as_many_books_as_are_allowed_are_stored(large):
    assert (large.answer.status, json.loads(large.body)) == (201, {"imported": FULL})
    with client_of(large.server) as reader:
        assert reader.get("/api/books", params={"q": "Title of many"}).json()["total"] == FULL


@pytest.mark.item("bulk-import")
def test_one_book_too_many_is_refused(large):
    many = [book(title="One too many") for _ in range(FULL + 1)]
    with client_of(large.server, headers=bearer()) as writer:
        answer = writer.post("/api/books/import", json=many)
        assert answer.status_code in (413, 422)
        is_problem(answer, answer.status_code)
        assert writer.get("/api/books", params={"q": "One too many"}).json()["total"] == 0


@pytest.mark.item("bulk-import")
def test_an_import_asks_the_store_a_few_times(editor, statements):
    with statements() as asked:
        assert editor.post("/api/books/import", json=[book() for _ in range(300)]).status_code == 201
    assert asked.selects <= limit("import-queries"), asked.selects


@pytest.mark.item("responsiveness")
def test_others_are_answered_during_an_import(large):
    assert large.answer.status == 201
    assert set(large.imported.answers) == {200}
    assert large.imported.waited <= limit("import-wait"), f"{large.imported.waited:.0f} ms"


@pytest.mark.item("memory")
def test_an_import_does_not_fill_the_memory(large):
    assert large.answer.status == 201
    assert large.imported.grown <= limit("import-memory") * MIB, f"{large.imported.grown / MIB:.0f} MiB"


@pytest.mark.item("memory")
def test_an_export_is_not_held_in_memory(large):
    with watched(large.server) as exported, closing(_export(large.server)) as answer:
        size = sum(len(part) for part in iter(lambda: answer.read(65536), b""))
    assert size > FULL * 50
    assert exported.grown <= limit("export-memory") * MIB, f"{exported.grown / MIB:.0f} MiB"


@pytest.mark.item("csv-export")
def test_a_slow_reader_delays_nobody(large):
    with closing(_export(large.server)) as answer, watched(large.server) as meanwhile:
        for _ in range(10):
            assert answer.read(1000)
            time.sleep(0.1)
    assert set(meanwhile.answers) == {200}
    assert 1000 * meanwhile.slowest <= 2 * limit("import-wait")


@pytest.mark.item("csv-export")
def test_beside_a_slow_reader_others_read_and_write(large):
    with closing(_export(large.server)) as slow:
        assert slow.read(1000)
        with closing(_export(large.server)) as other:
            size = sum(len(part) for part in iter(lambda: other.read(65536), b""))
        with client_of(large.server, headers=bearer()) as writer:
            assert writer.post("/api/books", json=book()).status_code == 201
    assert size > FULL * 50


@pytest.mark.item("csv-export")
def test_an_export_that_is_broken_off_leaves_nothing(large):
    _break_off(large.server)  # what is made at first use stays: the second time is counted
    before = settled(lambda: large.server.descriptors, pause=1)
    _break_off(large.server)
    with client_of(large.server) as reader:  # a garbage collector comes where something is done

        def gone() -> bool:
            assert reader.get("/api/books", params={"per_page": 100}).status_code == 200
            return large.server.descriptors <= before + BROKEN_OFF // 2

        eventually(gone, 30)
    with closing(_export(large.server)) as answer:
        assert sum(len(part) for part in iter(lambda: answer.read(65536), b"")) > FULL * 50


@pytest.mark.item("memory")
def test_the_first_export_of_a_server_is_not_held_in_memory(large, prepared, folder):
    """A server that has imported nothing has no memory to spare in which an export could hide."""
    fresh = Instance(prepared, empty(folder / "fresh"))
    large.server.store.copy_into(fresh.store)
    try:
        fresh.start()
        with client_of(fresh) as reader:
            for path in ("/api/books", "/api/statistics", "/"):
                assert reader.get(path).status_code == 200
        with watched(fresh) as exported, closing(_export(fresh)) as answer:
            size = sum(len(part) for part in iter(lambda: answer.read(65536), b""))
        assert size > FULL * 50
        assert exported.grown <= limit("export-memory") * MIB, f"{exported.grown / MIB:.0f} MiB"
    finally:
        fresh.stop()


@pytest.mark.item("request-log")
def test_the_time_of_a_request_is_in_milliseconds(large):
    (line,) = requests_of(large.server, large.request_id)
    spent = 1000 * large.imported.seconds
    assert spent / 4 <= float(str(line["ms"])) <= 1.1 * spent, line


@pytest.mark.item("shutdown")
def test_a_slow_reader_is_not_waited_for(large):
    """The last test of this file: the server of the others is gone afterwards."""
    assert large.server.process
    with socket.create_connection(("127.0.0.1", large.server.port), timeout=60) as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.sendall(b"GET /api/books.csv HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert reader.recv(1000)
        time.sleep(0.5)
        began = time.monotonic()
        large.server.process.terminate()
        status = large.server.process.wait(60)
        assert time.monotonic() - began < limit("shutdown-time")
    assert status in (0, -15, 143), status


def _break_off(server: Instance) -> None:
    """Begin exports, one after the other, and leave each."""
    for _ in range(BROKEN_OFF):
        with closing(_export(server)) as answer:
            assert answer.read(1000)


def _export(server: Instance) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.connect()
    connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    connection.request("GET", "/api/books.csv")
    answer = connection.getresponse()
    assert answer.status == 200
    return answer
