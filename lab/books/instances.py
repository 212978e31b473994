"""A running application: prepared in a copy of its folder, started with its own store, stopped in every case."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import psutil

from lab.books.environments import Prepared
from lab.books.stores import Store
from lab.core.errors import NoAnswerError, last_line
from lab.core.processes import POLL, Process, begin, first_answer, free_port, stop

TRACE = Path(__file__).resolve().parent / "trace"
SECRET = "a secret of the suite, longer than thirty-two characters"  # noqa: S105 - of a server that lives for seconds
EDITOR, PASSWORD = "editor", "correct horse battery staple"
Figure = TypeVar("Figure", int, float)
READY_WITHIN = 40.0
COMMAND_WITHIN = 120.0
STATEMENT = re.compile(r"^(SELECT|WITH)\b(?! (sqlite_|@@))", re.IGNORECASE)
"""A query of the application, and not one by which a driver asks SQLite about itself on a new connection."""


@dataclass(slots=True)
class Done:
    """A command that has ended."""

    status: int
    out: str
    err: str


@dataclass
class Instance:
    """One application with its own store and settings; it can be started and stopped repeatedly."""

    prepared: Prepared
    folder: Path
    """The folder of the store, the log and the trace."""
    settings: Mapping[str, str] = field(default_factory=dict)
    process: Process | None = None
    port: int = 0

    @property
    def url(self) -> str:
        """Return the address of the server."""
        return f"http://127.0.0.1:{self.port}"

    @cached_property
    def store(self) -> Store:
        """Return its store, which is empty unless `served` has put another here."""
        return self.prepared.database.store(self.folder)

    @property
    def log_file(self) -> Path:
        """Return the file of what the server prints."""
        return self.folder / "server.log"

    @property
    def log(self) -> str:
        """Return what the server has printed."""
        return self._file("server.log")

    @property
    def trace(self) -> list[str]:
        """Return the beginnings of the statements that the database ran, oldest first."""
        return self.store.statements

    def _file(self, name: str) -> str:
        file = self.folder / name
        return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""

    @property
    def processes(self) -> list[psutil.Process]:
        """Return the server's processes that run."""
        assert self.process
        first = psutil.Process(self.process.pid)
        return [first, *first.children(recursive=True)]

    @property
    def memory(self) -> int:
        """Return the bytes of memory that its processes hold."""
        return sum(_of(process, lambda one: one.memory_info().rss) for process in self.processes)

    @property
    def processor(self) -> float:
        """Return the seconds of processor time that its processes have used."""
        return sum(_of(process, lambda one: sum(one.cpu_times()[:2])) for process in self.processes)

    @property
    def descriptors(self) -> int:
        """Return how many files and sockets its processes have open."""
        return sum(_of(process, lambda one: one.num_fds()) for process in self.processes)

    def count_objects(self, seconds: float = 20.0) -> Counter[str]:
        """Return how many objects of each type live in its processes, or of Node.js the bytes that they take.

        The server must have been started with the setting BOOKS_COUNT. Raises NoAnswerError if no process answers.
        """
        number = str(time.monotonic_ns())
        self.folder.joinpath("trace.sql.count").write_text(number, encoding="utf-8")
        deadline = time.monotonic() + seconds
        while not (answers := list(self.folder.glob(f"trace.sql.count.{number}.*[0-9]"))):
            if time.monotonic() > deadline:
                raise NoAnswerError("no process of the server counted its objects")
            time.sleep(POLL)
        time.sleep(1)  # for the other processes of the server
        answers = list(self.folder.glob(f"trace.sql.count.{number}.*[0-9]"))
        return sum((Counter(json.loads(file.read_text(encoding="utf-8"))) for file in answers), Counter[str]())

    def variables(self) -> dict[str, str]:
        """Return the environment of every process of the application."""
        own = {
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "BOOKS_DATABASE": self.store.url,
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

    def must_run(self, process: str, *arguments: str) -> None:
        """Run a process of the Procfile to its end; raise NoAnswerError with its last line if its status is not 0."""
        done = self.run(process, *arguments)
        if done.status:
            raise NoAnswerError(f"{process} ended with {done.status}: {last_line(done.err or done.out)}")

    def prepare(self) -> None:
        """Make the tables."""
        self.must_run("release")

    def spawn(self, process: str = "web") -> None:
        """Begin the process on a free port, without waiting for it."""
        self.port = free_port()
        command = ["/bin/sh", "-c", f"exec {self.prepared.processes[process]}"]
        with self.log_file.open("ab") as output:
            self.process = begin(command, self.prepared.folder, self.variables(), output)

    def start(self, process: str = "web", path: str = "/health") -> None:
        """Begin the process and wait until `path` is answered with 200; raise NoAnswerError if it is not."""
        self.spawn(process)
        assert self.process
        first_answer(self.process, self.port, path, READY_WITHIN, self.log_file)

    def stop(self) -> None:
        """Stop what is running, if anything is."""
        if self.process:
            stop(self.process)
            self.process = None


def _of(process: psutil.Process, figure: Callable[[psutil.Process], Figure]) -> Figure | int:
    """Return a figure of a process, 0 if it has ended."""
    try:
        return figure(process)
    except psutil.NoSuchProcess:
        return 0


class Stores:
    """Stores with books in them, each made once by the application's own commands and then copied."""

    def __init__(self, prepared: Prepared, folder: Path) -> None:
        self.prepared, self.folder = prepared, folder
        self.made: dict[str, Store] = {}

    def copy(self, seed: str, target: Path) -> Store:
        """Return a store with the books of the CSV text, or with empty tables if it is empty, for that folder."""
        if seed not in self.made:
            self.made[seed] = self._make(seed, empty(self.folder / (str(len(self.made)) if seed else "empty")))
        return self.prepared.database.store(target, self.made[seed])

    def _make(self, seed: str, folder: Path) -> Store:
        instance = Instance(self.prepared, folder)
        if not seed:
            instance.prepare()
            return instance.store
        instance.store = self.copy("", folder)
        file = folder / "seed.csv"
        file.write_text(seed, encoding="utf-8", newline="")
        instance.must_run("import", str(file))
        return instance.store


@contextmanager
def served(
    stores: Stores, folder: Path, settings: Mapping[str, str] | None = None, seed: str = ""
) -> Iterator[Instance]:
    """Yield a server with empty tables, or with the books of the CSV text `seed`."""
    instance = Instance(stores.prepared, empty(folder), settings or {})
    instance.store = stores.copy(seed, folder)
    try:
        instance.start()
        yield instance
    finally:
        instance.stop()
        instance.store.remove()


def empty(folder: Path) -> Path:
    """Return the folder, emptied."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
