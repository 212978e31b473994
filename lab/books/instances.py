"""A running application: prepared in a copy of its folder, started with a store of its own, stopped in every case."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import OK
from pathlib import Path

from lab.books.environments import Prepared
from lab.core.processes import NoAnswerError, ask, free_port, stop
from lab.core.python import last_line

TRACE = Path(__file__).resolve().parent / "trace"
SECRET = "a secret of the suite, longer than thirty-two characters"  # noqa: S105 - of a server that lives for seconds
EDITOR, PASSWORD = "editor", "correct horse battery staple"
READY_WITHIN = 40.0
COMMAND_WITHIN = 120.0
STATEMENT = re.compile(r"^(SELECT|WITH)\b(?! (sqlite_|@@))", re.IGNORECASE)
"""A query; what a driver asks of SQLite itself on a new connection (`SELECT sqlite_version()`) is none."""


@dataclass(slots=True)
class Done:
    """A command that has ended."""

    status: int
    out: str
    err: str


@dataclass(slots=True)
class Instance:
    """One application with its own store and settings; `start` and `stop` it as often as need be."""

    prepared: Prepared
    folder: Path
    """Where the store, the log and the trace lie."""
    settings: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    port: int = 0

    @property
    def url(self) -> str:
        """Return the address of the server."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def store(self) -> Path:
        """Return the file of SQLite."""
        return self.folder / "books.db"

    @property
    def log(self) -> str:
        """Return what the server has printed."""
        return self._file("server.log")

    @property
    def trace(self) -> list[str]:
        """Return the statements that SQLite ran, oldest first."""
        return self._file("trace.sql").splitlines()

    def _file(self, name: str) -> str:
        file = self.folder / name
        return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""

    def variables(self) -> dict[str, str]:
        """Return the environment of every process of the application."""
        own = {
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "BOOKS_DATABASE": str(self.store),
            "BOOKS_SECRET": SECRET,
            "BOOKS_EDITOR": EDITOR,
            "BOOKS_PASSWORD": PASSWORD,
            "BOOKS_TRACE": str(self.folder / "trace.sql"),
            "PYTHONPATH": str(TRACE),
            "NODE_OPTIONS": f"--require {TRACE / 'trace.cjs'} --throw-deprecation",
        }
        together = {**self.prepared.variables(), **own, **self.settings}
        return {name: value for name, value in together.items() if value}

    def run(self, process: str, *arguments: str, seconds: float = COMMAND_WITHIN) -> Done:
        """Run a process of the Procfile to its end; one that takes longer is ended, with status -1."""
        words = ["/bin/sh", "-c", f'exec {self.prepared.processes[process]} "$@"', "sh", *arguments]
        with subprocess.Popen(
            words, cwd=self.prepared.folder, env=self.variables(), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True,
        ) as running:  # fmt: skip
            try:
                out, err = running.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)
                out, err = running.communicate()
                return Done(-1, out, f"{err}\nended after {seconds:g} s")
        return Done(running.returncode, out, err)

    def prepare(self) -> None:
        """Make the tables; raise NoAnswerError with the last line where that fails."""
        done = self.run("release")
        if done.status:
            raise NoAnswerError(f"release ended with {done.status}: {last_line(done.err or done.out)}")

    def spawn(self, process: str = "web") -> None:
        """Begin the process on a free port, without waiting for it."""
        self.port = free_port()
        with (self.folder / "server.log").open("ab") as output:
            self.process = subprocess.Popen(
                ["/bin/sh", "-c", f"exec {self.prepared.processes[process]}"], cwd=self.prepared.folder,
                env=self.variables(), stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip

    def start(self, process: str = "web", path: str = "/health") -> None:
        """Begin the process and wait until `path` is answered with 200; raise NoAnswerError otherwise."""
        self.spawn(process)
        assert self.process
        deadline, answer = time.monotonic() + READY_WITHIN, ""
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                status, body = ask(self.port, path, 5)
            except OSError:
                time.sleep(0.02)
                continue
            if status == OK:
                return
            answer = f"{path} was answered with {status}: {body[:200]!r}. "
            break
        state = "" if self.process.poll() is None else f"It ended with {self.process.returncode}. "
        raise NoAnswerError(f"{answer}{state}{last_line(self.log)}")

    def stop(self) -> None:
        """Stop what is running, if anything is."""
        if self.process:
            stop(self.process)
            self.process = None


class Stores:
    """Stores to begin with, each made once by the application's own commands, and copied from then on."""

    def __init__(self, prepared: Prepared, folder: Path) -> None:
        self.prepared, self.folder = prepared, folder
        self.made: dict[str, Path] = {}

    def copy(self, seed: str, target: Path) -> None:
        """Put a store with the books of the CSV text, or with empty tables for none, into the folder."""
        if seed not in self.made:
            self.made[seed] = self._make(seed, empty(self.folder / str(len(self.made))))
        for file in self.made[seed].glob("books.db*"):
            shutil.copyfile(file, target / file.name)

    def _make(self, seed: str, folder: Path) -> Path:
        instance = Instance(self.prepared, folder)
        instance.prepare()
        if seed:
            file = folder / "seed.csv"
            file.write_text(seed, encoding="utf-8", newline="")
            done = instance.run("import", str(file))
            if done.status:
                raise NoAnswerError(f"import ended with {done.status}: {last_line(done.err or done.out)}")
        return folder


@contextmanager
def served(
    stores: Stores, folder: Path, settings: Mapping[str, str] | None = None, seed: str = ""
) -> Iterator[Instance]:
    """Yield a server with empty tables, or with the books of the CSV text `seed`."""
    instance = Instance(stores.prepared, empty(folder), settings or {})
    try:
        stores.copy(seed, folder)
        instance.start()
        yield instance
    finally:
        instance.stop()


def empty(folder: Path) -> Path:
    """Return the folder, made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
