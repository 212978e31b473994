"""What counts as a right answer: the floor's answers pass, and each of them is refused once it is damaged."""

import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from typing import Any

import pytest
from websockets.sync.server import serve

from lab.bench import conformance, kit, rows, websocket
from lab.bench.stacks import STACKS
from lab.bench.workloads import GROWS, WORKLOADS, Answer, Request, grown

HTTP = {name: workload for name, workload in WORKLOADS.items() if workload.request}
SIZED = {name: grown(name, 7) for name in GROWS}


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Request], Answer]]:
    """WSGI without a framework, called without a server."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "FILE", tmp_path_factory.mktemp("floor") / "bench.sqlite")
        patch.setattr(kit, "ROUTES", range(100))
        raw_wsgi = import_module("lab.bench.adapters.raw_wsgi")
        yield lambda request: called(raw_wsgi.app, request)
        raw_wsgi.rows.close()


def called(app: Any, request: Request) -> Answer:
    """Return the answer of a WSGI application."""
    path, _, query = request.path.partition("?")
    environ = {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.input": io.BytesIO(request.body),
    }
    started: list[Any] = []
    body = b"".join(app(environ, lambda status, headers: started.append((int(status[:3]), headers))))
    status, headers = started[0]
    return Answer(status=status, headers={name.lower(): value for name, value in headers}, body=body, seconds=0.06)


def damaged(answer: Answer) -> dict[str, Answer]:
    """Return the answer with one thing wrong, for each thing."""
    return {
        "status": replace(answer, status=500),
        "type": replace(answer, headers={**answer.headers, "content-type": "application/xml"}),
        "no type": replace(answer, headers={}),
        "cut": replace(answer, body=answer.body[:-1]),
        "empty": replace(answer, body=b""),
        "page": replace(answer, body=b"<!doctype html><title>Not Found</title>"),
    }


@pytest.mark.parametrize("name", HTTP)
def test_the_floor_answers_rightly(name: str, floor: Callable[[Request], Answer]) -> None:
    workload = HTTP[name]
    assert workload.request
    answer = floor(workload.request)
    assert workload.check(answer) == []
    if workload.after:
        request, check = workload.after(answer)
        assert check(floor(request)) == []


@pytest.mark.parametrize("name", HTTP)
def test_each_thing_that_is_wrong_is_said(name: str, floor: Callable[[Request], Answer]) -> None:
    workload = HTTP[name]
    assert workload.request
    answer = floor(workload.request)
    silent = [what for what, wrong in damaged(answer).items() if not workload.check(wrong)]
    assert silent == []
    problems = workload.check(damaged(answer)["status"])
    assert len(problems) == 1
    assert problems[0].startswith("status 500 instead of ")


@pytest.mark.parametrize("name", [name for name in HTTP if name != "download"])
def test_a_connection_that_ends_is_said(name: str, floor: Callable[[Request], Answer]) -> None:
    workload = HTTP[name]
    assert workload.request
    assert workload.check(replace(floor(workload.request), closes=True)) == [
        "the connection is closed after the answer"
    ]


def json_of(value: object, status: int = 200) -> Answer:
    return Answer(
        status=status, headers={"content-type": "application/json"}, body=json.dumps(value).encode(), seconds=0.06
    )


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("items", json_of({"id": 42.0, "q": "hello"})),
        ("items", json_of({"id": "42", "q": "hello"})),
        ("items", json_of({"id": 42, "q": "hello", "more": None})),
        ("post", json_of({"name": "widget", "price": "9.5", "tags": ["a", "b"]}, 201)),
        ("post-wrong", json_of({"name": "", "price": "x", "tags": "a"}, 201)),
        ("row", json_of({"id": 7, "name": "row 7", "value": True})),
        ("rows", json_of([{"id": 1, "name": "row 1", "value": 3}])),
        ("insert", json_of({"id": 7, "name": "new", "value": 1}, 201)),
        ("insert", json_of({"id": True, "name": "new", "value": 1}, 201)),
        ("wait", replace(json_of({"waited": 50}), seconds=0.01)),
        ("upload", json_of({"bytes": 1_048_575})),
    ],
)
def test_what_is_nearly_right_is_wrong(name: str, answer: Answer) -> None:
    assert WORKLOADS[name].check(answer) != []


def test_a_template_that_does_not_escape_is_wrong(floor: Callable[[Request], Answer]) -> None:
    workload = WORKLOADS["template"]
    assert workload.request
    answer = floor(workload.request)
    raw = replace(answer, body=answer.body.replace(b"&lt;row&gt;", b"<row>", 1))
    spaced = replace(answer, body=answer.body.replace(b"<tr>", b"\n  <tr>\n"))
    assert workload.check(raw) != []
    assert workload.check(spaced) == []


def test_one_wrong_byte_of_the_download_is_seen(floor: Callable[[Request], Answer]) -> None:
    workload = WORKLOADS["download"]
    assert workload.request
    answer = floor(workload.request)
    body = bytearray(answer.body)
    body[700_000] ^= 1
    assert workload.check(replace(answer, body=bytes(body))) != []


@pytest.mark.parametrize("name", GROWS)
def test_a_workload_grows(name: str, floor: Callable[[Request], Answer], monkeypatch: pytest.MonkeyPatch) -> None:
    workload = SIZED[name]
    monkeypatch.setattr(rows, "COUNT", int(workload.variables.get("BENCH_ROWS", 20)))
    assert workload.request
    assert workload.check(floor(workload.request)) == []
    assert workload.id == f"{name}-7"
    if GROWS[name]:
        assert workload.variables == {GROWS[name]: "7"}


Change = Callable[[Answer], Answer]


@contextmanager
def served(answer_of: Callable[[Request], Answer], change: Change = lambda answer: answer) -> Iterator[int]:
    """Yield the port of a server whose answers are changed before they are sent."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = change(answer_of(Request(method=self.command, path=self.path, body=body)))
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.headers["content-type"])
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


PLAIN = [workload for name, workload in HTTP.items() if not workload.variables and name not in ("wait", "websocket")]


def test_a_right_server_conforms(floor: Callable[[Request], Answer]) -> None:
    with served(floor) as port:
        found = conformance.answered(port, STACKS["raw-wsgi"], PLAIN)
    assert {name: kept.wrong for name, kept in found.items()} == {workload.id: () for workload in PLAIN}
    assert found["plaintext"].status == 200
    assert found["plaintext"].content_type == "text/plain"
    assert found["plaintext"].body == "dffd6021bb2bd5b0af676290809ec3a53191dd81c7f70a4b28688a362182986f"


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: replace(answer, status=202),
        lambda answer: replace(answer, headers={"content-type": "text/html; charset=utf-8", "x": ""}, body=b"<p>"),
        lambda answer: replace(answer, body=answer.body[1:]),
    ],
    ids=["status", "type", "bytes"],
)
def test_a_server_that_is_broken_on_purpose_fails_everything(
    change: Change, floor: Callable[[Request], Answer]
) -> None:
    with served(floor, change) as port:
        found = conformance.conform(port, STACKS["raw-wsgi"], PLAIN)
    assert [name for name, wrong in found.items() if not wrong] == []


def test_a_row_that_is_not_kept_is_seen(floor: Callable[[Request], Answer]) -> None:
    def forgetful(request: Request) -> Answer:
        return json_of(None) if request.path.startswith("/row/") else floor(request)

    with served(forgetful) as port:
        (problem,) = conformance.conform(port, STACKS["raw-wsgi"], [WORKLOADS["insert"]])["insert"]
    assert problem.startswith("afterwards, /row/")


def test_nobody_there_is_said() -> None:
    with served(lambda request: json_of(None)) as port:
        pass
    found = conformance.answered(port, STACKS["raw-asgi"], [WORKLOADS["json"], WORKLOADS["websocket"]])
    assert [kept.wrong[0].partition(":")[0] for kept in found.values()] == ["no answer", "no answer"]


@pytest.mark.parametrize(("said", "wrong"), [(str, 0), (str.upper, 1)])
def test_an_echo_is_the_same_text(said: Callable[[str], str], wrong: int) -> None:
    def echo(connection: Any) -> None:
        for message in connection:
            connection.send(said(message))

    with serve(echo, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        port = server.socket.getsockname()[1]
        kept = conformance.look(port, WORKLOADS["websocket"])
        assert websocket.echo(port, "twice").status == 101
        server.shutdown()
        thread.join()
    assert len(kept.wrong) == wrong


def test_a_handshake_that_is_refused_is_said() -> None:
    with served(lambda request: json_of(None, 404)) as port:
        kept = conformance.look(port, WORKLOADS["websocket"])
    assert kept.wrong[0].startswith("no answer: ")


def test_what_a_stack_declines_is_not_asked() -> None:
    stack, workload = STACKS["raw-wsgi"], WORKLOADS["websocket"]
    assert stack.declines(workload)
    assert conformance.conform(1, stack, [workload]) == {}
