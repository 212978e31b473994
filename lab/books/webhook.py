"""A listener that applications notify about new books; it can be slow, and it can fail."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # of those that connect at once; the default of five resets some


class Listener:
    """Keeps the messages that it received, each once it is about to be answered."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.delay = 0.0
        self.status, self.content = 204, b""
        self.kinds: set[str] = set()
        self.heard: Callable[[dict[str, Any]], None] | None = None
        self._server = _Server(("127.0.0.1", 0), self._handler())

    @property
    def url(self) -> str:
        """Return the address that notifications go to."""
        return f"http://127.0.0.1:{self._server.server_port}/told"

    def of(self, isbn: str) -> list[dict[str, Any]]:
        """Return the messages about the book with that ISBN."""
        return [message for message in self.told if message.get("book", {}).get("isbn") == isbn]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        listener = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"  # connections stay, and who opens many has many
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length) if length else self._chunks()
                time.sleep(listener.delay)
                message = json.loads(body)
                listener.kinds.add(self.headers.get("Content-Type") or "")
                listener.told.append(message)
                if listener.heard:
                    listener.heard(message)
                self.send_response(listener.status)
                if listener.status != 204:  # which has no content
                    self.send_header("Content-Length", str(len(listener.content)))
                self.end_headers()
                self.wfile.write(listener.content)

            def _chunks(self) -> bytes:
                """Return a body that was sent in chunks."""
                body = b""
                while "chunked" in self.headers.get("Transfer-Encoding", ""):
                    size = int(self.rfile.readline().split(b";")[0], 16)
                    body += self.rfile.read(size)
                    self.rfile.readline()
                    if not size:
                        break
                return body

            def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - so named in the base class
                """Print nothing: the suite has its own report."""

        return Handler

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
