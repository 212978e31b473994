"""Programs that answer over HTTP: started on a free port, asked, weighed, and stopped in every case."""

from __future__ import annotations

import http.client
import os
import random
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lab.core.python import last_line

PORTS = range(20_000, 32_000)
"""Below those that the system gives away by itself."""
POLL = 0.005
"""Seconds between two attempts to reach a server that is starting: the resolution of a start."""
GRACE = 5.0
"""Seconds that a server has to stop by itself."""


class NoAnswerError(Exception):
    """The server did not answer; the text is the last thing it complained of."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server that has answered: its process, its port, and what it first said."""

    pid: int
    port: int
    body: bytes
    seconds: float
    """From the start of the process to the end of its first answer."""
    processor: float
    """Seconds of processor time that it used for that."""
    others: float
    """Cores that everything else on this machine kept busy meanwhile, on average."""


def free_port() -> int:
    """Return a port of 127.0.0.1 on which nothing listens."""
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
    """Return the status and the body of GET `path`; raise OSError where nobody answers within `seconds`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except http.client.HTTPException as error:
        raise OSError(f"not HTTP: {error!r}") from error
    finally:
        connection.close()


@contextmanager
def serving(
    command: str, folder: Path, variables: Mapping[str, str], path: str = "/", seconds: float = 30.0
) -> Iterator[Server]:
    """Run the command, in which {port} is replaced, until the block ends; yield once `path` is answered with 200.

    Raises NoAnswerError when it ends, answers something else or takes longer than `seconds`.
    The process group is stopped in every case. What it prints goes to `server.log` in the folder.
    """
    port, log = free_port(), folder / "server.log"
    words = [word.replace("{port}", str(port)) for word in shlex.split(command)]
    with log.open("wb") as output:
        start, busy, own = time.monotonic(), busy_seconds(), time.process_time()
        process = subprocess.Popen(
            words, cwd=folder, env=variables, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip
        try:
            body = _first_answer(process, port, path, start + seconds, log)
            seconds, used = time.monotonic() - start, processor_seconds(process.pid)
            others = busy_seconds() - busy - used - (time.process_time() - own)
            yield Server(process.pid, port, body, seconds, used, max(others / seconds, 0.0))
        finally:
            stop(process)


def _first_answer(process: subprocess.Popen[bytes], port: int, path: str, deadline: float, log: Path) -> bytes:
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
    """Return the last line of the log that names an error, or else its last line."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    errors = [line for line in lines if not line.startswith((" ", "[")) and "Error" in line]
    return last_line(errors[-1] if errors else "\n".join(lines))


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the process and everything in its group: asked first, then without asking."""
    for wish in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, wish)
            process.wait(GRACE)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue
    process.wait(GRACE)


def tree(pid: int) -> list[int]:
    """Return the process and all its descendants that are alive."""
    found = [pid]
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [member for child in children.read_text(encoding="ascii").split() for member in tree(int(child))]
        except OSError:
            continue
    return found


def proportional_size(pid: int) -> float:
    """Return the proportional set size (PSS) of the process and its descendants, in MiB."""
    kibibytes = 0
    for member in tree(pid):
        try:
            rollup = Path(f"/proc/{member}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        kibibytes += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return kibibytes / 1024


def processor_seconds(pid: int) -> float:
    """Return the processor time that the process and its living descendants have used, in seconds."""
    used = 0.0
    for member in tree(pid):
        try:
            used += time.clock_gettime((~member << 3) | 2)  # the clock of another process, as clock_getcpuclockid(3)
        except OSError:
            continue
    return used


def busy_seconds() -> float:
    """Return the processor time that this machine has been busy since it started, all cores together, in seconds."""
    first = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0]
    user, nice, system, _idle, _waiting, interrupts, soft, stolen = (int(field) for field in first.split()[1:9])
    return (user + nice + system + interrupts + soft + stolen) / os.sysconf("SC_CLK_TCK")
