"""Load: wrk as fast as it goes, a client at a fixed rate, a WebSocket, connections that are held."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from typing import Any

from lab.bench.workloads import Request
from lab.core.errors import FailedError, last_line
from lab.core.paths import ROOT
from lab.core.tools import found

GRACE = 30.0
"""Seconds that a client may take longer than it was told."""
WRK = re.compile(r"(\d+) requests in ([\d.]+)(us|ms|s|m)\b")
REFUSED = re.compile(r"Non-2xx or 3xx responses: (\d+)")
BROKEN = re.compile(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")
UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}
CURE = "Install it: sudo apt install wrk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is asked: a server on a port, from which processor, and a folder for what the client needs."""

    port: int
    folder: Path
    core: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """A fixed rate: requests a second, for how long, over how many connections."""

    rate: float
    seconds: float
    connections: int = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a client counted: requests answered in so many seconds, and the latency where the rate was fixed."""

    requests: int
    seconds: float
    latency: Mapping[str, float] = field(default_factory=dict)


def wrk(at: Target, request: Request, connections: int, seconds: float, *, refused: bool = False) -> Counted:
    """Return what wrk counts in a closed loop of about so many seconds; `refused` says that the right status is 4xx.

    Raises FailedError if an answer has another status, or if a connection broke.
    """
    # wrk itself knows whole seconds alone; it ends in good order at SIGINT, within a tenth of a second.
    command = _wrk(at, request, connections, ceil(seconds) + ceil(GRACE))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            with suppress(subprocess.TimeoutExpired):
                process.wait(seconds)
            process.send_signal(signal.SIGINT)
            said, wrong = process.communicate(timeout=GRACE)
        except BaseException:  # also when the run is interrupted
            process.kill()
            raise
    return (
        read_wrk(said, refused=refused)
        if process.returncode == 0
        else _fail(wrong or f"exit status {process.returncode}")
    )


def warm(at: Target, request: Request, connections: int, seconds: float) -> Counted:
    """Send requests for about so many seconds, and count nothing."""
    command = _wrk(at, request, connections, ceil(seconds))
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.terminate()
    process.wait(GRACE)
    return Counted(requests=0, seconds=seconds)


def _wrk(at: Target, request: Request, connections: int, seconds: int) -> list[str]:
    script = at.folder / "wrk.lua"
    script.write_text(lua(request), encoding="latin-1")
    command = [*at.core, found("wrk", CURE), "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script)]
    return [*command, "--timeout", "10s", f"http://127.0.0.1:{at.port}{request.path}"]


def _fail(said: str) -> Counted:
    raise FailedError(f"the load generator failed: {last_line(said)}")


def read_wrk(text: str, *, refused: bool = False) -> Counted:
    """Return what wrk says that it counted; raise FailedError as `wrk` does."""
    count = WRK.search(text)
    if not count or int(count[1]) == 0:
        raise FailedError("no request was answered")
    if broken := BROKEN.search(text):
        connect, read, write, late = (int(number) for number in broken.groups())
        if connect or read or write or late:
            raise FailedError(f"connections broke: {connect} connecting, {read} reading, {write} writing, {late} late")
    other = int(found_other[1]) if (found_other := REFUSED.search(text)) else 0
    total = int(count[1])
    wrong = total - other if refused else other
    if wrong:
        raise FailedError(f"{wrong} of {total} answers had another status")
    return Counted(requests=total, seconds=float(count[2]) * UNITS[count[3]])


def lua(request: Request) -> str:
    """Return the request as wrk wants it: a script in Lua, its bytes written as numbers."""
    lines = [f"wrk.method = {_quoted(request.method.encode())}"]
    lines += [f"wrk.headers[{_quoted(name.encode())}] = {_quoted(value.encode())}" for name, value in
              request.headers.items()]  # fmt: skip
    if request.body:
        lines.append(f"wrk.body = {_quoted(request.body)}")
    return "\n".join([*lines, ""])


def _quoted(value: bytes) -> str:
    """Return the bytes as a text in Lua; what is not a plain character is its number, with three digits."""
    plain = (chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03}" for byte in value)
    return f'"{"".join(plain)}"'


def raw(request: Request, port: int) -> bytes:
    """Return the request as HTTP/1.1 writes it."""
    headers = {"Host": f"127.0.0.1:{port}", **request.headers}
    if request.body or request.method in ("POST", "PUT", "PATCH"):
        headers["Content-Length"] = str(len(request.body))
    lines = [f"{request.method} {request.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + request.body


def steady(at: Target, request: Request, status: int, pace: Pace) -> Counted:
    """Return what a client counts that sends at a fixed rate; raise FailedError if an answer is missing or wrong."""
    task = {
        "kind": "steady",
        "port": at.port,
        "request": b64encode(raw(request, at.port)).decode(),
        "status": status,
        "rate": pace.rate,
        "connections": pace.connections,
        "seconds": pace.seconds,
    }
    said = _client(task, at, pace.seconds)
    if said["missing"]:
        raise FailedError(f"{said['missing']} requests had no answer {said['error']}".strip())
    return Counted(requests=said["requests"], seconds=said["seconds"], latency=said["latency"])


def echo(at: Target, path: str, connections: int, seconds: float) -> Counted:
    """Return how many texts a WebSocket gives back."""
    asked = {"port": at.port, "path": path, "text": "hello", "connections": connections, "seconds": seconds}
    said = _client({"kind": "echo", **asked}, at, seconds)
    if not said["requests"]:
        raise FailedError("nothing came back")
    return Counted(requests=said["requests"], seconds=said["seconds"])


def _client(task: Mapping[str, Any], at: Target, seconds: float) -> dict[str, Any]:
    command = [*at.core, sys.executable, "-m", "lab.bench.client"]
    done = subprocess.run(
        command, cwd=ROOT, input=json.dumps(task), capture_output=True, text=True, timeout=seconds + GRACE, check=False
    )
    if done.returncode:
        _fail(done.stderr)
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@contextmanager
def held(port: int, request: Request, count: int) -> Iterator[int]:
    """Hold so many connections on which one request was answered; yield how many the server keeps open."""
    with ExitStack() as stack:
        opened = [stack.enter_context(socket.create_connection(("127.0.0.1", port), 10)) for _ in range(count)]
        for one in opened:
            one.sendall(raw(request, port))
        for one in opened:
            one.settimeout(10)
            one.recv(65_536)
        yield sum(map(_is_open, opened))


def _is_open(connection: socket.socket) -> bool:
    connection.settimeout(0)
    try:
        return bool(connection.recv(65_536))
    except BlockingIOError:
        return True
    except OSError:
        return False
