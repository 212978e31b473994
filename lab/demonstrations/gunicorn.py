"""What Gunicorn does when it is run: each function shows the claim in its docstring, or fails."""

import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

PATIENCE = 30
"""Seconds after which a wait counts as lost."""
BLOCKED = 8
"""Seconds for which the application blocks its event loop."""
APPLICATION = f"""
import os, time

async def app(scope, receive, send):
    if scope["path"] == "/block":
        time.sleep({BLOCKED})
    body = str(os.getpid()).encode()
    headers = [(b"content-length", str(len(body)).encode()), (b"connection", b"close")]
    await send({{"type": "http.response.start", "status": 200, "headers": headers}})
    await send({{"type": "http.response.body", "body": body}})
"""


def _free_port():
    """Return a port on which nothing listens now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def process_of(port, path="/"):
    """Return the process id that the application answers with, None if the connection ends without an answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with suppress(OSError, HTTPException):
        connection.request("GET", path)
        return int(connection.getresponse().read() or 0) or None
    return None


def answer(port):
    """Ask until a process answers, and return its id; raise TimeoutError if none does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process := process_of(port):
            return process
        time.sleep(0.1)
    raise TimeoutError("no process answered")


@contextmanager
def served(*options):
    """Serve the application with one ASGI worker, and give its port."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "served.py").write_text(APPLICATION, encoding="utf-8")
        port = _free_port()
        command = [sys.executable, "-m", "gunicorn", "served:app", "-k", "asgi", "-b", f"127.0.0.1:{port}", *options]
        server = subprocess.Popen(
            [*command, "--asgi-lifespan", "off", "--log-level", "critical"], cwd=folder, stderr=subprocess.DEVNULL
        )
        try:
            yield port
        finally:
            server.terminate()
            server.wait(PATIENCE)


def blocked_event_loops_are_noticed():
    """An ASGI worker that blocks its event loop longer than the timeout is killed, and another one answers."""
    with served("--timeout", "2") as port:
        first = answer(port)
        began = time.monotonic()
        assert process_of(port, "/block") is None
        assert time.monotonic() - began < BLOCKED
        assert answer(port) != first
