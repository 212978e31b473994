"""Builds the site and serves it as a host would: for the tests, the benchmark and the outside checkers."""

from __future__ import annotations

import gzip
import mimetypes
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
PACKED = ("text/", "application/json", "application/xml", "image/svg+xml")
"""What a host packs: text. Fonts and pictures are packed already."""


def settings(**given: str) -> dict[str, str]:
    """Return the environment of a build: ours, without what would change the site, and what is given."""
    inherited = {k: v for k, v in os.environ.items() if k not in ("SITE_URL", "REPO_URL", "FIELD_GUIDE_DATA")}
    return {**inherited, "NO_MKDOCS_2_WARNING": "1", **given}


def build_command(target: Path) -> list[str]:
    """Return the command that builds the site into a folder, as `make build` does."""
    return [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)]


def build(target: Path, root: Path = ROOT, **given: str) -> subprocess.CompletedProcess[str]:
    """Build the site of the repository at `root` into `target`; return what the command said."""
    return subprocess.run(
        build_command(target), cwd=root, env=settings(**given), capture_output=True, text=True, timeout=300, check=False
    )


@contextmanager
def built() -> Iterator[Path]:
    """Build the site into a folder of its own that is gone afterwards; end the program if that fails."""
    with tempfile.TemporaryDirectory(prefix="field-guide-") as folder:
        print("Building the site …", flush=True)
        target = Path(folder) / "site"
        done = build(target)
        if done.returncode:
            sys.exit(f"{done.stdout}{done.stderr}The site could not be built.")
        yield target


@dataclass(frozen=True)
class Answer:
    """What is sent for a file: its bytes, the same packed with gzip if it is text, and its type."""

    body: bytes
    packed: bytes | None
    kind: str


@cache
def answer_for(file: Path) -> Answer:
    """Return what is sent for the file; the site is not built again while it is served."""
    body = file.read_bytes()
    kind = (
        "text/javascript" if file.suffix == ".js" else mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    )
    text = kind.startswith(PACKED)
    return Answer(body, gzip.compress(body, 6) if text else None, f"{kind}; charset=utf-8" if text else kind)


class Handler(BaseHTTPRequestHandler):
    """Serves a folder under a prefix, packed with gzip, with its own page for an address that leads nowhere."""

    protocol_version = "HTTP/1.1"

    def __init__(self, site: Path, prefix: str, *arguments: object) -> None:
        self.site, self.prefix = site, prefix
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Send the file, the way to the folder, or the page that says there is none."""
        path = unquote(urlsplit(self.path).path)
        file = self.site / path.removeprefix(self.prefix)
        inside = path.startswith(self.prefix) and file.resolve().is_relative_to(self.site.resolve())
        if inside and file.is_dir() and not path.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        file = file / "index.html" if file.is_dir() else file
        if inside and file.is_file():
            self.send(HTTPStatus.OK, answer_for(file))
        else:
            self.send(HTTPStatus.NOT_FOUND, answer_for(self.site / "404.html"))

    def send(self, status: HTTPStatus, answer: Answer) -> None:
        """Send one answer, packed if the browser takes it so."""
        packed = answer.packed if "gzip" in self.headers.get("Accept-Encoding", "") else None
        body = packed or answer.body
        self.send_response(status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Vary", "Accept-Encoding")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that http.server gives it
        """Say nothing."""


@contextmanager
def served(site: Path, prefix: str = "/") -> Iterator[str]:
    """Serve the folder on a free port; the address given ends in a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, site, prefix))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
