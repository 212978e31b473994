"""What no client means, and methods that few clients use."""

from __future__ import annotations

import http.client
import json
from contextlib import closing

import httpx
import pytest

from lab.books.instances import PASSWORD, Instance
from lab.books.items import limit
from lab.books.sample import AUTHORS, book
from lab.books.suite.conftest import bearer, is_problem, token

REFUSED = {400, 401, 404, 413, 422, 431}
SURROGATE = "\\ud800"
"""A lone surrogate as JSON writes it: no text that UTF-8 can hold."""
JSON = {"Content-Type": "application/json"}


def raw(value: object) -> bytes:
    """Return JSON in which SURROGATE stands for a lone surrogate."""
    return json.dumps(value).replace(json.dumps(SURROGATE)[1:-1], SURROGATE).encode()


def status_of(server: Instance, method: str, target: bytes, headers: dict[str, bytes], body: bytes = b"") -> int:
    """Return the status of a request that http clients refuse to send."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as connection:
        connection.connect()
        lines = [method.encode() + b" " + target + b" HTTP/1.1", b"Host: 127.0.0.1", b"Connection: close"]
        lines += [name.encode() + b": " + value for name, value in headers.items()]
        lines += [b"Content-Length: " + str(len(body)).encode()] if body else []
        connection.sock.sendall(b"\r\n".join([*lines, b"", body]))
        answer = http.client.HTTPResponse(connection.sock, method=method)
        answer.begin()
        answer.read()
        return answer.status


@pytest.mark.item("odd-input")
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/api/books"), ("PATCH", "/api/books/{}"), ("POST", "/api/books/import")]
)
def test_a_lone_surrogate_is_no_title(editor, method, path):
    made = editor.post("/api/books", json=book(title="Before the surrogate")).json()
    total = editor.get("/api/books").json()["total"]
    sent = book(title=f"Half {SURROGATE}") if method == "POST" else {"title": f"Half {SURROGATE}"}
    body = raw([sent] if path.endswith("import") else sent)
    answer = editor.request(method, path.format(made["id"]), content=body, headers=JSON)
    assert answer.status_code in (400, 422), answer.text[:200]
    is_problem(answer, answer.status_code)
    assert editor.get("/api/books").json()["total"] == total
    assert editor.get(f"/api/books/{made['id']}").json() == made


@pytest.mark.item("odd-input")
@pytest.mark.parametrize("username", [SURROGATE, "editor\0", ["editor"], None, 7])
@pytest.mark.parametrize("password", [SURROGATE, PASSWORD])
def test_odd_names_and_passwords_get_no_token(client, username, password):
    answer = client.post("/api/token", content=raw({"username": username, "password": password}), headers=JSON)
    assert answer.status_code in (400, 401, 422), answer.text[:200]
    is_problem(answer, answer.status_code)


@pytest.mark.item("odd-input")
@pytest.mark.parametrize("text", ["%FF", "%ED%A0%80", "%C3%28", "%00", "%"])
def test_a_query_that_is_not_utf8_breaks_nothing(client, server, text):
    for path in ("/api/books", "/"):
        status = status_of(server, "GET", f"{path}?q={text}".encode(), {})
        assert status == 200 or status in REFUSED, f"{path}: {status}"
    for name in ("page", "per_page", "author", "year"):
        assert status_of(server, "GET", f"/api/books?{name}={text}".encode(), {}) in (400, 422), name


@pytest.mark.item("odd-input")
@pytest.mark.parametrize("path", ["/%FF", "/api/%FF", "/api/books/%FF", "/api/books/%ED%A0%80"])
def test_a_path_that_is_not_utf8_is_not_there(server, path):
    assert status_of(server, "GET", path.encode(), {}) in (400, 404, 422)


@pytest.mark.item("odd-input")
def test_a_header_that_is_not_ascii_breaks_nothing(server):
    body = json.dumps(book()).encode()
    odd = {"Content-Type": b"application/json", "Authorization": b"Bearer \xff\xfe"}
    assert status_of(server, "POST", b"/api/books", odd, body) in REFUSED
    good = {"X-Odd": b"\xff", "User-Agent": b"\xe2\x98\x83", "Accept": b"\xff"}
    assert status_of(server, "GET", b"/api/books", good) in {200, *REFUSED}
    assert status_of(server, "GET", b"/api/books", {}) == 200


ODD = {
    "nested lists": b"[" * 100_000 + b"]" * 100_000,
    "nested objects": b'{"title":' * 100_000 + b"1" + b"}" * 100_000,
    "lists that do not end": b"[" * 100_000,
    "not a number": raw(book()).replace(b"200", b"NaN"),
    "infinity": raw(book()).replace(b"200", b"Infinity"),
    "minus infinity": raw(book()).replace(b"200", b"-1e999"),
    "400 digits": raw(book()).replace(b"200", b"9" * 400),
    "5000 digits": raw(book()).replace(b"200", b"9" * 5000),
    "an odd author": raw(book()).replace(b'"author_id": 1', b'"author_id": ' + b"9" * 400),
}


@pytest.mark.item("odd-input")
@pytest.mark.parametrize("body", ODD.values(), ids=ODD)
@pytest.mark.parametrize("path", ["/api/books", "/api/books/import"])
def test_odd_json_is_refused(editor, path, body):
    total = editor.get("/api/books").json()["total"]
    body = b"[" + body + b"]" if path.endswith("import") and body.startswith(b"{") else body
    answer = editor.post(path, content=body, headers=JSON)
    assert answer.status_code in (400, 413, 422), answer.text[:200]
    is_problem(answer, answer.status_code)
    assert editor.get("/api/books").json()["total"] == total


@pytest.mark.item("odd-input")
def test_a_null_character_is_refused_or_kept(editor):
    answer = editor.post("/api/books", json=book(title="Before\0after"))
    assert answer.status_code in (201, 400, 422)
    if answer.status_code == 201:
        assert editor.get(answer.headers["location"]).json()["title"] == "Before\0after"


@pytest.mark.item("create")
@pytest.mark.parametrize("sign", ["📚", "é", "字"])
def test_a_title_is_counted_in_code_points(editor, sign):
    longest = limit("title-length")
    assert editor.post("/api/books", json=book(title=sign * longest)).json()["title"] == sign * longest
    is_problem(editor.post("/api/books", json=book(title=sign * (longest + 1))), 422)


GET = ["/api/books", "/api/books/{}", "/api/authors", "/api/statistics", "/health", "/"]


@pytest.mark.item("methods")
@pytest.mark.parametrize("path", GET)
def test_head_is_get_without_a_body(client, path):
    number = client.get("/api/books").json()["items"][0]["id"]
    whole, head = client.get(path.format(number)), client.head(path.format(number))
    assert head.status_code in (200, 405)
    assert head.content == b""
    if head.status_code == 200:
        assert head.headers["content-type"] == whole.headers["content-type"]


@pytest.mark.item("methods")
def test_head_of_the_export_ends(client):
    head = client.head("/api/books.csv")
    assert (head.status_code in (200, 405), head.content) == (True, b"")


@pytest.mark.item("methods")
@pytest.mark.parametrize("path", [*GET, "/api/token"])
def test_options_say_what_is_allowed(client, path):
    answer = client.options(path.format(1))
    assert answer.status_code in (200, 204, 405)
    if path.startswith("/api/books") and answer.headers.get("allow"):
        assert "GET" in answer.headers["allow"].upper()


@pytest.mark.item("methods")
@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [("PUT", "/api/books", {"GET", "POST"}), ("POST", "/api/books/1", {"GET", "PATCH", "DELETE"}),
     ("DELETE", "/api/authors", {"GET"}), ("GET", "/api/token", {"POST"})],
)  # fmt: skip
def test_a_method_that_is_not_there_names_those_that_are(editor, method, path, allowed):
    answer = editor.request(method, path, json={} if method in ("PUT", "POST") else None)
    is_problem(answer, 405)
    named = {name.strip().upper() for name in answer.headers["allow"].split(",")}
    assert allowed & named
    assert method not in named


@pytest.mark.item("authentication")
def test_a_token_of_somebody_else_may_not_write(client):
    for sub in ("somebody", "", None):
        answer = client.post("/api/books", json=book(), headers=bearer(token(sub=sub)))
        is_problem(answer, 401)
        assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.item("authors")
def test_a_page_far_beyond_the_end_is_empty(client: httpx.Client):
    found = client.get("/api/authors", params={"page": 1_000_001}).json()
    assert (found["items"], found["page"]) == ([], 1_000_001)
    assert found["total"] >= len(AUTHORS)
    found = client.get("/api/books", params={"page": 1_000_001, "per_page": 100}).json()
    assert (found["items"], found["page"], found["per_page"]) == ([], 1_000_001, 100)
