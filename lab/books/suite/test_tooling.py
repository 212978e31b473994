"""What surrounds a service: its commands, its settings, its end, the smallest program, its own tests."""

from __future__ import annotations

import http.client
import json
import re
import select
import signal
import time

import jwt
import pytest

from lab.books.instances import EDITOR, PASSWORD, Instance, empty
from lab.books.items import limit
from lab.books.sample import SEEDED, as_csv, book, new_isbn, rows
from lab.books.suite.conftest import SEED, bearer, client_of, eventually
from lab.core.processes import ask

MANY = 20_000
LASTING = 2.0
"""Seconds that an import takes which is interrupted: a fifth of what the end of a program may take."""
MEASURED = 1000
"""Books by which the speed of an import is measured first."""


@pytest.mark.item("command")
def test_a_file_goes_in_and_comes_out(serve, stores, tmp_path):
    given, own = SEED, serve(store="")
    file = tmp_path / "given.csv"
    file.write_text(given, encoding="utf-8", newline="")
    done = own.run("import", str(file))
    assert (done.status, done.out.strip().splitlines()[-1:]) == (0, [f"imported {SEEDED}"]), done.err
    with client_of(own) as reader:
        exported = reader.get("/api/books.csv").content
        assert reader.get("/api/books").json()["total"] == SEEDED
    again = Instance(own.prepared, empty(tmp_path / "again"))
    again.store = stores.copy("", again.folder)
    file.write_bytes(exported)
    assert again.run("import", str(file)).status == 0
    try:
        again.start()
        with client_of(again) as reader:
            assert reader.get("/api/books.csv").content == exported
    finally:
        again.stop()


@pytest.mark.item("command")
def test_faults_are_named_by_line_and_nothing_is_stored(server, client, tmp_path):
    before = client.get("/api/books").json()["total"]
    good, bad, worse, repeated = rows(["One", "Two", "Three", "Four"])
    bad |= {"isbn": "123", "published": "2023-02-29"}
    worse |= {"pages": "many", "author": ""}
    repeated |= {"isbn": good["isbn"]}
    file = tmp_path / "faulty.csv"
    file.write_text(as_csv([good, bad, worse, repeated]), encoding="utf-8", newline="")
    done = server.run("import", str(file))
    assert done.status == 1
    for line, field in ((3, "isbn"), (3, "published"), (4, "pages"), (4, "author"), (5, "isbn")):
        assert re.search(rf"^(?:\w+: )?line {line}: {field}: \S", done.err, re.MULTILINE), done.err
    assert "line 2" not in done.err
    assert "Traceback" not in done.err
    assert client.get("/api/books").json()["total"] == before


@pytest.mark.item("command")
def test_a_book_that_is_there_already_is_a_fault(server, client, tmp_path):
    stored = client.get("/api/books", params={"q": "Plain 000"}).json()["items"][0]
    (row,) = rows(["Stored already"], author="Somebody New")
    file = tmp_path / "stored.csv"
    file.write_text(as_csv([row | {"isbn": stored["isbn"]}]), encoding="utf-8", newline="")
    done = server.run("import", str(file))
    assert done.status == 1
    assert re.search(r"line 2: isbn: \S", done.err), done.err
    names = [author["name"] for author in client.get("/api/authors", params={"per_page": 100}).json()["items"]]
    assert "Somebody New" not in names


BAD_ROWS = [
    ("pages", "-5"), ("pages", "0"), ("pages", "1.5"), ("pages", "1e3"), ("pages", "ten"),
    ("pages", "1_0"), ("pages", "+5"), ("pages", "٣"), ("pages", "５"),
    ("title", ""), ("title", "   "), ("title", "x" * (limit("title-length") + 1)),
    ("published", "2023-02-29"), ("published", "20240229"), ("published", "2024-02-29T00:00:00"), ("published", ""),
    ("isbn", ""), ("isbn", "9780000000001"), ("isbn", f"-{new_isbn()}"), ("author", ""), ("author", "  "),
]  # fmt: skip


@pytest.mark.item("command")
def test_the_command_has_the_rules_of_a_creation(server, client, tmp_path):
    before = client.get("/api/books").json()["total"]
    given = [row | {field: value} for row, (field, value) in zip(rows(["Good"] * len(BAD_ROWS)), BAD_ROWS, strict=True)]
    file = tmp_path / "bad.csv"
    file.write_text(as_csv(given), encoding="utf-8", newline="")
    done = server.run("import", str(file))
    assert done.status == 1
    found = {(int(line), field) for line, field in re.findall(r"line (\d+): (\w+): \S", done.err)}
    assert found == {(number, field) for number, (field, _) in enumerate(BAD_ROWS, start=2)}
    assert "Traceback" not in done.err
    assert client.get("/api/books").json()["total"] == before


ODD_FILES = {
    "empty": b"",
    "other columns": b"name,year\r\nx,2024\r\n",
    "a column less": b"title,isbn,published,pages\r\nT,9780000000002,2024-02-29,1\r\n",
    "a column more": b"title,isbn,published,pages,author,shelf\r\nT,9780000000002,2024-02-29,1,A,7\r\n",
    "not UTF-8": as_csv(rows(["Latin"])).encode() + "Zo\xeb,9780000000002,2024-02-29,1,A\r\n".encode("latin-1"),
    "null characters": b"title,isbn\0\r\n\0\0",
    "a row too short": b"title,isbn,published,pages,author\r\nOnly a title\r\n",
}


@pytest.mark.item("command")
@pytest.mark.parametrize("content", ODD_FILES.values(), ids=ODD_FILES)
def test_an_odd_file_is_refused_without_a_traceback(server, client, tmp_path, content):
    before = client.get("/api/books").json()["total"]
    file = tmp_path / "odd.csv"
    file.write_bytes(content)
    done = server.run("import", str(file))
    assert done.status not in (0, -1), done.out
    assert done.err.strip()
    assert not re.search(r"Traceback|^ +at .+:\d+:\d+", done.err, re.MULTILINE), done.err[-300:]
    assert client.get("/api/books").json()["total"] == before


@pytest.mark.item("command")
def test_a_file_that_is_not_there_is_said(server, tmp_path):
    done = server.run("import", str(tmp_path / "nothing.csv"))
    assert done.status != 0
    assert "Traceback" not in done.err
    assert done.err.strip()


WRONG = [
    ("BOOKS_SECRET", ""), ("BOOKS_SECRET", "short"), ("BOOKS_DATABASE", ""), ("BOOKS_EDITOR", ""),
    ("BOOKS_PASSWORD", ""), ("BOOKS_PAGE_SIZE", "0"), ("BOOKS_PAGE_SIZE", "101"),
    ("BOOKS_PAGE_SIZE", "many"), ("BOOKS_TOKEN_SECONDS", "0"),
]  # fmt: skip


@pytest.mark.item("configuration")
@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_setting_that_is_missing_or_wrong_ends_the_program(prepared, tmp_path, name, value):
    instance = Instance(prepared, empty(tmp_path / "store"), {name: value})
    instance.spawn()
    assert instance.process
    try:
        eventually(lambda: instance.process and instance.process.poll() is not None, 30)
        assert instance.process.returncode != 0
        assert name in instance.log
    finally:
        instance.stop()


@pytest.mark.item("configuration")
def test_settings_that_are_no_default_are_obeyed(serve, tmp_path):
    own = serve(BOOKS_EDITOR="redactör", BOOKS_PASSWORD="pässwort: 1", BOOKS_SECRET="y" * 40, BOOKS_PAGE_SIZE="3",
                BOOKS_TOKEN_SECONDS="120")  # fmt: skip
    with client_of(own) as client:
        refused = client.post("/api/token", json={"username": EDITOR, "password": PASSWORD})
        assert refused.status_code == 401
        given = client.post("/api/token", json={"username": "redactör", "password": "pässwort: 1"}).json()
        claims = jwt.decode(given["access_token"], "y" * 40, algorithms=["HS256"])
        assert (claims["sub"], given["expires_in"]) == ("redactör", 120)
        assert claims["exp"] == pytest.approx(time.time() + 120, abs=10)
        assert client.post("/api/books", json=book(), headers=bearer()).status_code == 401
        assert client.post("/api/books", json=book(), headers=bearer(given["access_token"])).status_code == 201
        for path in ("/api/books", "/api/authors"):
            page = client.get(path).json()
            assert (page["per_page"], len(page["items"])) == (3, 3)


def lasting(server: Instance) -> int:
    """Return how many books an import has that takes about two seconds on this machine."""
    with client_of(server, headers=bearer()) as writer:
        began = time.monotonic()
        answer = writer.post("/api/books/import", json=[book(title="Measured") for _ in range(MEASURED)])
        assert answer.status_code == 201
    return min(MANY, max(MEASURED, int(MEASURED * LASTING / (time.monotonic() - began))))


@pytest.mark.item("shutdown")
def test_a_request_that_is_being_answered_is_answered_whole(serve):
    own = serve()
    assert own.process
    size = lasting(own)
    many = json.dumps([book(title=f"Last {number}") for number in range(size)])
    headers = bearer() | {"Content-Type": "application/json"}
    connection = http.client.HTTPConnection("127.0.0.1", own.port, timeout=60)
    connection.request("POST", "/api/books/import", body=many.encode(), headers=headers)
    time.sleep(0.1)
    assert not select.select([connection.sock], [], [], 0)[0], "the import was over before it could be interrupted"
    own.process.send_signal(signal.SIGTERM)
    answer = connection.getresponse()
    assert (answer.status, json.loads(answer.read())) == (201, {"imported": size})
    answered = time.monotonic()
    connection.close()
    status = own.process.wait(60)
    assert status in (0, -signal.SIGTERM, 128 + signal.SIGTERM), status
    assert time.monotonic() - answered < 10


@pytest.mark.item("shutdown")
def test_an_idle_server_ends_soon_with_clients_connected(serve):
    own = serve()
    assert own.process
    with client_of(own) as idle:
        assert idle.get("/api/books").status_code == 200
        own.process.send_signal(signal.SIGTERM)
        assert own.process.wait(10) in (0, -signal.SIGTERM, 128 + signal.SIGTERM)


@pytest.mark.item("first-response")
def test_the_smallest_program_says_hello(prepared, tmp_path):
    instance = Instance(prepared, empty(tmp_path / "hello"))
    try:
        instance.start("hello", "/")
        status, body = ask(instance.port, "/")
        assert status == 200
        assert b"Hello" in body
    finally:
        instance.stop()


@pytest.mark.item("deprecations")
def test_no_deprecated_call_was_met(server):
    assert not re.findall(r"\bDeprecationWarning.*", server.log)


COUNTED = re.compile(r"(\d+) passed|Ran (\d+) tests?|^(?:#|ℹ) pass (\d+)|Tests:?\s+(?:.*?)(\d+) passed", re.MULTILINE)


@pytest.mark.item("unit-tests")
def test_the_own_tests_pass(prepared, tmp_path):
    instance = Instance(prepared, empty(tmp_path / "unit"), {"NODE_ENV": "test"})
    done = instance.run("test", seconds=240)
    said = f"{done.out}\n{done.err}"
    assert done.status == 0, said[-600:]
    counts = [int(number) for found in COUNTED.findall(said) for number in found if number]
    assert counts, said[-600:]
    assert max(counts) >= 10
