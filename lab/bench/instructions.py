"""Instructions a request: user-space instructions of a server under callgrind, which noise hardly moves."""

from __future__ import annotations

import http.client
import os
import re
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from lab.bench.workloads import Request
from lab.core.errors import FailedError, NoAnswerError
from lab.core.paths import CACHE
from lab.core.processes import begin, first_answer, stop
from lab.core.tools import found, run
from lab.core.usage import tree
from macros.catalog.benchmarks import PROTOCOL

SOURCE = Path(__file__).with_name("callgrind.c")
WARM, COUNTED = 50, PROTOCOL.counted
"""Requests of each workload before the count begins, and in it."""
READY_WITHIN, ANSWER_WITHIN, DUMP_WITHIN = 180.0, 120.0, 60.0
"""Seconds for the start under valgrind, for one answer, and for writing out the counts."""
TOTAL = re.compile(rb"^(?:totals|summary): (\d+)", re.MULTILINE)
VARIABLE = "BENCH_CALLGRIND"
COMPILING = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """How a server is started: the command for a port, and its variables."""

    command: Sequence[str]
    variables: Mapping[str, str]
    port: int


def library() -> Path:
    """Return the library that is loaded into the server, compiled if it is not there or older than its source."""
    file = CACHE / "bench" / "callgrind.so"
    with COMPILING:  # several servers begin at once
        if not file.is_file() or file.stat().st_mtime < SOURCE.stat().st_mtime:
            file.parent.mkdir(parents=True, exist_ok=True)
            draft = file.with_suffix(f".{os.getpid()}")
            compiler = found("gcc", "Install it: sudo apt install gcc")
            run([compiler, "-shared", "-fPIC", "-O2", "-pthread", "-o", str(draft), str(SOURCE)])
            draft.replace(file)
    return file


def count(start: Started, requests: Mapping[str, tuple[Request, int]]) -> dict[str, int]:
    """Return the instructions of `COUNTED` requests of each workload, in one fresh process.

    `requests` has the request and the right status of each. Raises NoAnswerError or FailedError if it can't be counted.
    """
    with _under_callgrind(start) as (pid, folder):
        for request, status in requests.values():
            _send(start.port, request, status, WARM)
        _tell(pid, folder, "z")
        found_counts = {}
        for workload, (request, status) in requests.items():
            _send(start.port, request, status, 1)
            _dumped(pid, folder)
            _send(start.port, request, status, COUNTED)
            found_counts[workload] = _dumped(pid, folder)
    return found_counts


@contextmanager
def _under_callgrind(start: Started) -> Iterator[tuple[int, Path]]:
    """Run the server under callgrind; yield its process and the folder of the counts once it answers."""
    valgrind = found("valgrind", "Install it: sudo apt install valgrind")
    # In /tmp, since the names of pipes in deep folders would not matter, but a full disk of the project would.
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        options = ["--tool=callgrind", "--instr-atstart=no", "--vgdb=no", "--trace-children=yes"]
        command = [valgrind, *options, f"--callgrind-out-file={folder}/count.%p", *start.command]
        more = {VARIABLE: str(folder), "LD_PRELOAD": str(library()), "GUNICORN_CMD_ARGS": "--timeout 600"}
        log = folder / "server.log"
        with log.open("wb") as output:
            process = begin(command, folder, {**start.variables, **more}, output)
            try:
                first_answer(process, start.port, "/json", READY_WITHIN, log)
                yield process.pid, folder
            finally:
                stop(process, 2.0)


def _send(port: int, request: Request, status: int, times: int) -> None:
    """Send the request so many times over one connection; raise if an answer has another status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_WITHIN)
    try:
        for _ in range(times):
            connection.request(request.method, request.path, request.body or None, dict(request.headers))
            answer = connection.getresponse()
            answer.read()
            if answer.status != status:
                raise FailedError(f"{request.method} {request.path} was answered with {answer.status}")
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswerError(f"no answer under callgrind: {error!r}") from error
    finally:
        connection.close()


def _asked(pid: int, folder: Path) -> list[int]:
    """Return the processes of the server that listen for commands."""
    return [member.pid for member in tree(pid) if (folder / f"ask.{member.pid}").exists()]


def _tell(pid: int, folder: Path, command: str) -> None:
    """Give the command to every process of the server and wait until each has done it."""
    listening = _asked(pid, folder)
    if not listening:
        raise NoAnswerError("no process of the server can be counted")
    done = {member: folder / f"done.{member}" for member in listening}
    before = {member: file.stat().st_size for member, file in done.items()}
    for member in listening:
        (folder / f"ask.{member}").write_text(command, encoding="ascii")
    deadline = time.monotonic() + DUMP_WITHIN
    while any(file.stat().st_size == before[member] for member, file in done.items()):
        if time.monotonic() > deadline:
            raise NoAnswerError("callgrind did not write the counts")
        time.sleep(0.01)


def _dumped(pid: int, folder: Path) -> int:
    """Return the instructions since the last time, of all processes of the server."""
    before = set(folder.glob("count.*"))
    _tell(pid, folder, "d")
    new = set(folder.glob("count.*")) - before
    totals = [TOTAL.search(file.read_bytes()) for file in new]
    return sum(int(total[1]) for total in totals if total)
