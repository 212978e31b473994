"""What a running service owes: background work, logs, errors, health."""

from __future__ import annotations

import http.client
import re
import socket
import time
from pathlib import Path

import pytest

from lab.books.instances import EDITOR, PASSWORD, SECRET, Instance
from lab.books.sample import book, new_isbn
from lab.books.suite.conftest import LEAKS, bearer, client_of, eventually, is_problem, requests_of, settled, token

TRACEBACK = re.compile(r"Traceback \(most recent call last\)|\n? +at .+:\d+:\d+|\\n +at ")
"""The beginning of one of Python, or a line of one of Node.js, which may be inside a text in JSON."""
SOON = 0.6
"""Seconds within which a response comes that waits for nothing: half of the listener's delay."""


def lines_of_log(server: Instance) -> int:
    """Return how many lines the log has once it has been still for a moment: what starts up logs late."""
    return settled(lambda: len(server.log.splitlines()))


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
    lines = lines_of_log(server)
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
            assert writer.get("/health").status_code == 200
            said = lines_of_log(own)
            assert writer.post("/api/books", json=book()).status_code == 201
            assert writer.get("/health").status_code == 200
        eventually(lambda: [line for line in own.log.splitlines()[said:] if '"ms"' not in line and line.strip()])


@pytest.mark.item("background")
def test_who_is_told_of_a_book_can_read_it(editor, listener, server):
    def read(message):
        with client_of(server) as reader:
            found.append(reader.get(f"/api/books/{message['book']['id']}").json())

    found: list[object] = []
    listener.heard = read
    try:
        made = [editor.post("/api/books", json=book()).json() for _ in range(5)]
        eventually(lambda: len(found) >= len(made))
    finally:
        listener.heard = None
    assert sorted(found, key=str) == sorted(made, key=str)


@pytest.mark.item("background")
def test_nobody_is_told_of_an_update_a_deletion_or_an_import(editor, listener):
    made, many, last = editor.post("/api/books", json=book()).json(), [book(), book()], book()
    assert editor.patch(f"/api/books/{made['id']}", json={"title": "Told once"}).status_code == 200
    assert editor.delete(f"/api/books/{made['id']}").status_code == 204
    assert editor.post("/api/books/import", json=many).status_code == 201
    assert editor.post("/api/books", json=last).status_code == 201
    eventually(lambda: listener.of(last["isbn"]))
    time.sleep(0.2)
    assert [len(listener.of(one["isbn"])) for one in (made, *many)] == [1, 0, 0]


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
def test_no_secret_is_logged(client, server):
    own, given = f"secrets-{new_isbn()}", token()
    answer = client.post("/api/token", json={"username": EDITOR, "password": PASSWORD}, headers={"X-Request-ID": own})
    wrong = f"wrong {PASSWORD} {new_isbn()}"
    client.post("/api/token", json={"username": EDITOR, "password": wrong})
    client.post("/api/token", json={"username": EDITOR, "password": [wrong]})
    client.post("/api/books", json=book(pages=0), headers=bearer(given))
    client.post("/api/books", json=book(), headers=bearer(f"{given}x"))
    client.get("/api/books", params={"q": f"in the query {wrong}"})
    eventually(lambda: requests_of(server, own))
    secrets = (PASSWORD, SECRET, wrong, given, answer.json()["access_token"])
    assert not [secret for secret in secrets if secret in server.log]


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


def is_told(server: Instance, lines: int) -> bool:
    """Return whether the log says after so many lines that there is no table, and where in the code that was met."""
    said = "\n".join(server.log.splitlines()[lines:])
    return server.store.no_table in said and bool(TRACEBACK.search(said))


@pytest.mark.item("error-pages")
def test_a_broken_store_leaks_nothing(broken):
    with client_of(broken) as own:
        lines = lines_of_log(broken)
        problem = own.get("/api/books")
        is_problem(problem, 500)
        eventually(lambda: is_told(broken, lines))
        lines = lines_of_log(broken)
        page = own.get("/")
        assert page.status_code == 500
        eventually(lambda: is_told(broken, lines))
        assert page.headers["content-type"].startswith("text/html")
        for answer in (problem, page):
            assert not [word for word in LEAKS if word in answer.text], answer.text[:300]
            assert str(Path(broken.prepared.folder)) not in answer.text
            assert "x-request-id" in answer.headers
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
