"""Processes of the lab: a command that ends, or a server that is started, asked, and stopped in every case."""

from __future__ import annotations

import http.client
import os
import pwd
import random
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

from lab.core.errors import FailedError, NoAnswerError, complaint, last_line
from lab.core.usage import busy_seconds, processor_seconds

PORTS = range(20_000, 32_000)
"""Below the ports that the system gives away by itself."""
POLL = 0.005
"""Seconds between two attempts to reach a server that is starting: the resolution of a start."""
GRACE = 5.0
"""Seconds that a process has to stop by itself."""
SESSION_OPENS = 0.1
"""Seconds after which a new process that leads no session was not started by `begin`."""

Process = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server that has answered: its process, its port, and its first answer."""

    pid: int
    port: int
    body: bytes
    seconds: float
    """From the start of the process to the end of its first answer."""
    processor: float
    """Seconds of processor time that it used for that."""
    background: float
    """Cores that everything else on this machine kept busy in the meantime, on average."""


def free_port() -> int:
    """Return a port of 127.0.0.1 on which nothing listens; raise NoAnswerError if none is found."""
    for port in random.sample(PORTS, 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise NoAnswerError("no free port was found")


def ask(port: int, path: str, seconds: float = 10.0) -> tuple[int, bytes]:
    """Return the status and the body of GET `path`; raise OSError if nobody answers within `seconds`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except http.client.HTTPException as error:
        raise OSError(f"not HTTP: {error!r}") from error
    finally:
        connection.close()


def begin(
    command: Sequence[str],
    folder: Path,
    variables: Mapping[str, str],
    output: IO[bytes],
    user: str | None = None,
) -> Process:
    """Start the command in a process group that `stop` can end, as another user if one is named.

    What it prints goes to `output`.
    """
    groups: list[int] | None = None if user is None else []
    return subprocess.Popen(
        command, cwd=folder, env=variables, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        start_new_session=True, user=user, extra_groups=groups,
        group=None if user is None else pwd.getpwnam(user).pw_gid,
    )  # fmt: skip


def stop(process: Process, grace: float = GRACE, first: signal.Signals = signal.SIGTERM) -> None:
    """End the process and everything in its group: with SIGTERM, or `first`, and after `grace` seconds with SIGKILL."""
    for wish in (first, signal.SIGKILL):
        try:
            os.killpg(process.pid, wish)
            process.wait(grace)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
    process.wait(GRACE)


def terminate_begun() -> None:
    """Send SIGTERM to every process that `begin` started and that still runs, and to its group.

    Other children of this process are not the lab's to end: in a test run, one of them is the browser.
    """
    for child in psutil.Process().children():
        with suppress(ProcessLookupError, psutil.NoSuchProcess):
            if _leads_session(child.pid):
                os.killpg(child.pid, signal.SIGTERM)


def _leads_session(pid: int) -> bool:
    """Return whether `begin` started the process; one that was forked a moment ago has not opened its session yet."""
    deadline = time.monotonic() + SESSION_OPENS
    while os.getsid(pid) != pid:
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL)
    return True


def finish(
    command: Sequence[str],
    folder: Path,
    variables: Mapping[str, str],
    seconds: float,
    successes: Sequence[int] = (0,),
) -> str:
    """Run the command to its end and return what it prints; its whole process group is stopped in every case.

    Raises FailedError with the last line that it printed if it takes longer or ends with a status not in `successes`.
    """
    with (folder / "output.log").open("w+b") as log:
        process = begin(command, folder, variables, log)
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise FailedError(f"no end after {seconds:g} s") from None
        finally:
            stop(process)
        log.seek(0)
        said = log.read().decode(errors="replace")
    if status not in successes:
        raise FailedError(last_line(said) or f"exit status {status}")
    return said


@contextmanager
def serving(
    command: str, folder: Path, variables: Mapping[str, str], path: str = "/", seconds: float = 30.0
) -> Iterator[Server]:
    """Run the command, in which {port} is replaced, until the block ends; yield once `path` is answered with 200.

    Raises NoAnswerError as `first_answer` does. The process group is stopped in every case. What it prints goes to
    `server.log` in the folder.
    """
    port, log = free_port(), folder / "server.log"
    words = [word.replace("{port}", str(port)) for word in shlex.split(command)]
    with log.open("wb") as output:
        start, busy, own = time.monotonic(), busy_seconds(), time.process_time()
        process = begin(words, folder, variables, output)
        try:
            body = first_answer(process, port, path, seconds, log)
            elapsed, used = time.monotonic() - start, processor_seconds(process.pid)
            others = busy_seconds() - busy - used - (time.process_time() - own)
            yield Server(process.pid, port, body, elapsed, used, max(others / elapsed, 0.0))
        finally:
            stop(process)


def first_answer(process: Process, port: int, path: str, seconds: float, log: Path) -> bytes:
    """Wait until the process answers GET `path` with 200, and return the body.

    Raises NoAnswerError if it ends, answers with another status or takes longer than `seconds`; the error ends with
    what the server complains of in its log.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            status, body = ask(port, path, max(deadline - time.monotonic(), POLL))
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(POLL)
            continue
        if status == http.client.OK:
            return body
        raise NoAnswerError(f"{path} was answered with {status}. {_complaint(log)}".strip())
    state = "no answer in time" if process.poll() is None else f"ended with status {process.returncode}"
    raise NoAnswerError(f"{state}. {_complaint(log)}".strip())


def _complaint(log: Path) -> str:
    return complaint(log.read_text(encoding="utf-8", errors="replace"))
