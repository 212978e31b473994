"""What Uvicorn does when it is run: each function shows the claim in its docstring, or fails."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

PATIENCE = 30
"""Seconds after which a wait counts as lost."""
BLOCKED = 4
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
    """Return the process id that the application answers with; raise OSError or HTTPException without an answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return int(connection.getresponse().read())
    finally:
        connection.close()


@contextmanager
def served(*options):
    """Serve the application with two workers, and give its port once it answers."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "served.py").write_text(APPLICATION, encoding="utf-8")
        port = _free_port()
        command = [sys.executable, "-m", "uvicorn", "served:app", "--port", str(port), "--lifespan", "off"]
        server = subprocess.Popen([*command, "--workers", "2", "--log-level", "error", *options], cwd=folder)
        try:
            answers(port)
            yield port
        finally:
            server.terminate()
            server.wait(PATIENCE)


def answers(port, enough=1):
    """Ask until so many processes have answered, and return their ids; raise TimeoutError if they are too few."""
    seen, end = set(), time.monotonic() + PATIENCE
    while len(seen) < enough:
        if time.monotonic() > end:
            raise TimeoutError(f"{len(seen)} processes answered")
        try:
            seen.add(process_of(port))
        except (OSError, HTTPException):
            time.sleep(0.1)
    return seen


def blocked_event_loops_go_unnoticed():
    """A worker that blocks its event loop longer than the health check waits answers in the end; it is not replaced."""
    with served("--timeout-worker-healthcheck", "1") as port:
        process = process_of(port, "/block")
        os.kill(process, 0)
        assert process in answers(port, enough=2)


def a_worker_that_reaches_its_limit_is_replaced():
    """With --limit-max-requests, two workers end after their requests, and others answer in their place."""
    with served("--limit-max-requests", "3") as port:
        assert len(answers(port, enough=4)) > 2
