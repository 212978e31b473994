"""WSGI without a framework: the least that a server can be asked to run."""

import html
import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from lab.bench import kit

Environ, StartResponse = dict[str, Any], Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

TEXT, JSON, BYTES = "text/plain; charset=utf-8", "application/json", "application/octet-stream"
rows = kit.open_rows()


def answer(start: StartResponse, body: bytes, kind: str = JSON, status: str = "200 OK") -> list[bytes]:
    start(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
    return [body]


def read(environ: Environ) -> bytes:
    return environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))


def dump(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def mistakes(item: Any) -> list[str]:
    found = []
    if not isinstance(item.get("name"), str) or not item["name"]:
        found.append("name")
    if not isinstance(item.get("price"), int | float):
        found.append("price")
    if not isinstance(item.get("tags"), list) or not all(isinstance(tag, str) for tag in item["tags"]):
        found.append("tags")
    return found


def plaintext(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    return answer(start, kit.GREETING.encode(), TEXT)


def greeting(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    return answer(start, dump({"message": kit.GREETING}))


def item(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    query = parse_qs(environ["QUERY_STRING"])
    return answer(start, dump({"id": int(environ["PATH_INFO"][7:]), "q": query["q"][0]}))


def add_item(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    received = json.loads(read(environ))
    if wrong := mistakes(received):
        return answer(start, dump({"mistakes": wrong}), status="422 Unprocessable Content")
    return answer(start, dump(received), status="201 Created")


def row(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    return answer(start, dump(rows.one(int(environ["PATH_INFO"][5:]))))


def some_rows(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    return answer(start, dump(rows.some()))


def add_row(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    received = json.loads(read(environ))
    return answer(start, dump(rows.add(received["name"], received["value"])), status="201 Created")


def wait(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    kit.wait()
    return answer(start, dump({"waited": 50}))


def template(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    cells = "".join(
        f"<tr><td>{row['id']}</td><td>{html.escape(row['name'])}</td><td>{row['value']}</td></tr>" for row in kit.TABLE
    )
    page = f"<!doctype html><html><head><title>Rows</title></head><body><table>{cells}</table></body></html>"
    return answer(start, page.encode(), "text/html; charset=utf-8")


def upload(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    return answer(start, dump({"bytes": len(read(environ))}))


def download(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", BYTES)])
    return kit.pieces()


def ok(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    return answer(start, b"ok", TEXT)


ROUTES: dict[tuple[str, str], Application] = {
    ("GET", "/plaintext"): plaintext,
    ("GET", "/json"): greeting,
    ("POST", "/items"): add_item,
    ("GET", "/rows"): some_rows,
    ("POST", "/rows"): add_row,
    ("GET", "/wait"): wait,
    ("GET", "/template"): template,
    ("POST", "/upload"): upload,
    ("GET", "/download"): download,
    **{("GET", f"/route/{number}"): ok for number in kit.ROUTES},
}


def dispatch(environ: Environ, start: StartResponse) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    if found := ROUTES.get((environ["REQUEST_METHOD"], path)):
        return found(environ, start)
    if path.startswith("/items/"):
        return item(environ, start)
    if path.startswith("/row/"):
        return row(environ, start)
    return answer(start, b"Not Found", TEXT, "404 Not Found")


def layer(inner: Application) -> Application:
    def outer(environ: Environ, start: StartResponse) -> Iterable[bytes]:
        return inner(environ, start)

    return outer


app: Application = dispatch
for _ in kit.MIDDLEWARE:
    app = layer(app)
