"""What the stacks are asked, and how a right answer is told from a wrong one."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lab.bench import kit

Headers = Mapping[str, str]
JSON = "application/json"
ITEM = {"name": "widget", "price": 9.5, "tags": ["a", "b"]}
MISTAKES = {"name": "", "price": "x", "tags": "a"}
NEW = {"name": "new", "value": 1}
FILLED = 10_000
"""Rows that the table is filled with."""
MEBIBYTE = 1024 * 1024
GROWS = {"routes": "BENCH_ROUTES", "middleware": "BENCH_MIDDLEWARE", "rows": "BENCH_ROWS", "upload": ""}
"""The workloads that have a size, and the variable that sets it; the size of an upload is its body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request."""

    method: str
    path: str
    body: bytes = b""
    headers: Headers = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered; the names of the headers are in lower case."""

    status: int
    headers: Headers
    body: bytes
    seconds: float = 0.0
    closes: bool = False
    """Whether the server ends the connection after it."""

    @property
    def type(self) -> str:
        """Return the media type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


Check = Callable[[Answer], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """What is asked of a server, and what is wrong with an answer."""

    id: str
    title: str
    request: Request | None
    """None for the WebSocket echo."""
    check: Check
    needs: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    """What is added to the environment of the server."""
    after: Callable[[Answer], tuple[Request, Check]] | None = None
    """What must be true after a right answer: a second request, and what is wrong with its answer."""


def answers(
    status: int | Collection[int], kind: str, body: Callable[[bytes], str], *, may_close: bool = False
) -> Check:
    """Return the check for a status, a media type and a body; `body` says what is wrong with it, or nothing.

    `may_close` allows that the connection ends with the answer.
    """
    statuses = (status,) if isinstance(status, int) else tuple(status)

    def check(answer: Answer) -> list[str]:
        found = []
        if answer.status not in statuses:
            found.append(f"status {answer.status} instead of {' or '.join(map(str, statuses))}")
        if not re.fullmatch(kind, answer.type):
            found.append(f"content type {answer.type or 'of no name'} instead of {kind}")
        if answer.closes and not may_close:
            found.append("the connection is closed after the answer")
        return [*found, *filter(None, [body(answer.body)])]

    return check


def _shown(body: bytes) -> str:
    return f"{len(body)} bytes {body[:80]!r}"


def exactly(expected: bytes) -> Callable[[bytes], str]:
    """Return the check of a body for exactly these bytes."""
    return lambda body: "" if body == expected else f"{_shown(body)} instead of {_shown(expected)}"


def _strict(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def value_of(body: bytes) -> Any:
    """Return what the JSON says; None if it is none."""
    try:
        return json.loads(body)
    except ValueError:
        return None


def same_json(expected: object) -> Callable[[bytes], str]:
    """Return the check of a body for JSON with this value: 7 is not 7.0, and the order of keys is free."""

    def check(body: bytes) -> str:
        right = _strict(value_of(body)) == _strict(expected)
        return "" if right else f"{_shown(body)} instead of {_strict(expected)}"

    return check


def _row(number: int) -> dict[str, object]:
    return {"id": number, "name": f"row {number}", "value": number * 3}


def _inserted(body: bytes) -> str:
    found = value_of(body)
    number = found.get("id") if isinstance(found, dict) else None
    if type(number) is int and number > FILLED and found == NEW | {"id": number}:
        return ""
    return f"{_shown(body)} instead of {_strict(NEW)} with a new id"


def _is_kept(answer: Answer) -> tuple[Request, Check]:
    row = value_of(answer.body)
    return Request(method="GET", path=f"/row/{row['id']}"), answers(200, JSON, same_json(row))


def _table(body: bytes) -> str:
    """Return what is wrong with the HTML of the template: white space between tags is free."""
    cells = "".join(
        f"<tr><td>{row['id']}</td><td>&lt;row&gt; &amp; {row['id']}</td><td>{row['value']}</td></tr>"
        for row in kit.TABLE
    )
    text = re.sub(r"\s*(<[^>]+>)\s*", r"\1", body.decode("utf-8", "replace"))
    head = "<!doctype html><html><head><title>Rows</title></head><body><table>"
    return "" if text.strip() == f"{head}{cells}</table></body></html>" else f"wrong HTML: {_shown(body)}"


def _downloaded(body: bytes) -> str:
    expected = kit.PIECE * kit.PIECES
    right = hashlib.sha256(body).digest() == hashlib.sha256(expected).digest()
    return "" if right else f"{_shown(body)} instead of {kit.PIECES} times the same {len(kit.PIECE)} bytes"


def _waited(answer: Answer) -> list[str]:
    found = answers(200, JSON, same_json({"waited": 50}))(answer)
    too_early = answer.seconds < kit.WAIT * 0.95
    return [*found, *([f"answered after {answer.seconds:.3f} s, so it did not wait"] if too_early else [])]


def _get(path: str) -> Request:
    return Request(method="GET", path=path)


def _post(path: str, value: object) -> Request:
    return Request(method="POST", path=path, body=json.dumps(value).encode(), headers={"Content-Type": JSON})


def _upload(size: int) -> Workload:
    request = Request(
        method="POST", path="/upload", body=b"x" * size, headers={"Content-Type": "application/octet-stream"}
    )
    check = answers(200, JSON, same_json({"bytes": size}))
    return Workload(id="upload", title="1 MiB up", request=request, check=check)


def _sized(name: str, title: str, size: int) -> Workload:
    path = f"/route/{size - 1}" if name == "routes" else "/json"
    check = answers(200, "text/plain", exactly(b"ok")) if name == "routes" else _GREETS
    return Workload(id=name, title=title, request=_get(path), check=check, variables={GROWS[name]: str(size)})


def _rows(size: int) -> Workload:
    check = answers(200, JSON, same_json([_row(number) for number in range(1, size + 1)]))
    variables = {} if size == 20 else {"BENCH_ROWS": str(size)}
    return Workload(
        id="rows", title="Twenty rows", request=_get("/rows"), check=check, needs=("sqlite",), variables=variables
    )


def _on_postgresql(workload: Workload) -> Workload:
    title = f"{workload.title}, PostgreSQL"
    return replace(workload, id=f"{workload.id}-postgresql", title=title, needs=("postgresql",))


def grown(name: str, size: int) -> Workload:
    """Return the workload of that name (see GROWS) with a size: routes, middleware, rows, or bytes of the body."""
    made = {"rows": _rows, "upload": _upload}
    workload = made[name](size) if name in made else _sized(name, name.capitalize(), size)
    return replace(workload, id=f"{name}-{size}", title=f"{workload.title} ({size:,})")


_GREETS = answers(200, JSON, same_json({"message": kit.GREETING}))
_REFUSES = answers((400, 422), r"application/([a-z.]+\+)?json", lambda body: "" if value_of(body) else "no JSON")
_ECHOES = answers(101, "", exactly(kit.GREETING.encode()))

_DATABASE = (
    Workload(
        id="row",
        title="One row",
        request=_get("/row/7"),
        check=answers(200, JSON, same_json(_row(7))),
        needs=("sqlite",),
    ),
    _rows(20),
    Workload(
        id="insert",
        title="An insert in a transaction",
        request=_post("/rows", NEW),
        check=answers(201, JSON, _inserted),
        needs=("sqlite",),
        after=_is_kept,
    ),
)
_ALL = (
    Workload(
        id="plaintext",
        title="Plain text",
        request=_get("/plaintext"),
        check=answers(200, "text/plain", exactly(kit.GREETING.encode())),
    ),
    Workload(id="json", title="JSON", request=_get("/json"), check=_GREETS),
    Workload(
        id="items",
        title="Typed path and query",
        request=_get("/items/42?q=hello"),
        check=answers(200, JSON, same_json({"id": 42, "q": "hello"})),
    ),
    Workload(
        id="post",
        title="A validated body",
        request=_post("/items", ITEM),
        check=answers((200, 201), JSON, same_json(ITEM)),
    ),
    Workload(id="post-wrong", title="A body with three mistakes", request=_post("/items", MISTAKES), check=_REFUSES),
    *_DATABASE,
    *map(_on_postgresql, _DATABASE),
    Workload(id="wait", title="A wait of 50 ms", request=_get("/wait"), check=_waited),
    Workload(
        id="template", title="A template of 50 rows", request=_get("/template"), check=answers(200, "text/html", _table)
    ),
    _upload(MEBIBYTE),
    Workload(
        id="download",
        title="1 MiB streamed down",
        request=_get("/download"),
        # Waitress ends the connection after a body whose length it does not know.
        check=answers(200, "application/octet-stream", _downloaded, may_close=True),
    ),
    Workload(id="websocket", title="A WebSocket echo", request=None, check=_ECHOES, needs=("websocket",)),
    _sized("routes", "A hundred routes", 100),
    _sized("middleware", "Five layers of middleware", 5),
)
WORKLOADS: Mapping[str, Workload] = {workload.id: workload for workload in _ALL}
"""Every workload by its id."""
