"""Builds the site and serves it as a host would: for the tests, the benchmark and the outside checkers."""

from __future__ import annotations

import gzip
import mimetypes
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import URLError
from urllib.parse import unquote, urlsplit
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("mkdocs.yml", "data", "docs", "macros", "overrides", "lab/apps", "lab/books/items.yml", "lab/demonstrations")
"""What a site is built from."""
PACKED = ("text/", "application/json", "application/xml", "image/svg+xml")
"""What a host packs: text. Fonts and pictures are packed already."""


def settings(**given: str) -> dict[str, str]:
    """Return the environment of a build: ours, without what would change the site, and what is given."""
    inherited = {k: v for k, v in os.environ.items() if k not in ("SITE_URL", "REPO_URL", "FIELD_GUIDE_DATA")}
    return {**inherited, "NO_MKDOCS_2_WARNING": "1", **given}


def copy_repository(target: Path) -> None:
    """Copy what a site is built from into a folder that may be changed."""
    target.mkdir(parents=True)
    for name in PARTS:
        source = ROOT / name
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))
        else:
            shutil.copy(source, target / name)


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


class Server(ThreadingHTTPServer):
    """Serves, and does not mind a browser that hangs up."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say what went wrong, unless the other side is gone."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def served(site: Path, prefix: str = "/") -> Iterator[str]:
    """Serve the folder on a free port; the address given ends in a slash."""
    server = Server(("127.0.0.1", 0), partial(Handler, site, prefix))
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def in_memory() -> str:
    """Return where `make serve` writes: in memory if half a gigabyte is free there, else where programs do."""
    folder = Path("/dev/shm")  # noqa: S108 - mkdocs makes a folder of its own in it
    return str(folder) if folder.is_dir() and shutil.disk_usage(folder).free > 500_000 * 1024 else tempfile.gettempdir()


class LiveServer:
    """A running `mkdocs serve` over a copy of the repository, as `make serve` starts it unless a command is given."""

    def __init__(
        self,
        repository: Path,
        log: Path,
        command: Sequence[str] = (sys.executable, "-m", "mkdocs", "serve", "--livereload"),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        self.log = log
        self.place = tempfile.TemporaryDirectory(prefix="serve-", dir=in_memory(), ignore_cleanup_errors=True)
        """Where the server writes its site, which it leaves behind when it is ended."""
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [*command, "--dev-addr", self.address],
                cwd=repository,
                env={**(environment or settings()), "TMPDIR": self.place.name},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def page(self, url: str) -> str:
        """Return the page, or nothing where the server does not answer."""
        try:
            with urlopen(f"http://{self.address}/{url}", timeout=5) as answer:
                return str(answer.read().decode())
        except (URLError, TimeoutError, ConnectionError):
            return ""

    def until(self, url: str, text: str, seconds: float = 30) -> float:
        """Wait until the page holds the text; return how long that took, or raise TimeoutError with what it said."""
        start = time.monotonic()
        while time.monotonic() < start + seconds and self.process.poll() is None:
            if text in self.page(url):
                return time.monotonic() - start
            time.sleep(0.02)
        raise TimeoutError(f"/{url} does not show {text!r} after {seconds} s.\n{self.said()}")

    def until_said(self, text: str, seconds: float = 30) -> None:
        """Wait until the server has printed the text."""
        end = time.monotonic() + seconds
        while text not in self.said():
            if time.monotonic() > end:
                raise TimeoutError(f"The server never said {text!r}.\n{self.said()}")
            time.sleep(0.02)

    def said(self) -> str:
        """Return what the server has printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def close(self) -> None:
        """End the server, and remove what it has written."""
        self.process.terminate()
        self.process.wait(timeout=30)
        self.place.cleanup()
