"""PostgreSQL for tests and measurements: a server with a cluster of its own, which gives fresh databases.

    with serving() as server:
        url = server.create()                   # postgresql://lab@127.0.0.1:21034/db1
        with server.connect("db1") as opened:   # as the superuser, in autocommit
            opened.execute("SELECT 1")

The programs are Debian's, or those in the folder that LAB_POSTGRESQL names. PostgreSQL refuses to run as root; for
root it runs as another user.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from lab.core.errors import LabError, NoAnswerError, last_line
from lab.core.processes import POLL, Process, begin, free_port, stop

VARIABLE = "LAB_POSTGRESQL"
"""The variable that may name the folder of the programs `postgres` and `initdb`."""
DEBIAN = Path("/usr/lib/postgresql")
MISSING = f"PostgreSQL is missing. Install it (apt install postgresql), or name its folder of programs in {VARIABLE}."
USERS = ("postgres", "nobody")
"""Whom the server runs as if this process is root: the first that exists."""
SUPERUSER, OWNER = "postgres", "lab"
"""Who administers the cluster, and who owns the databases that are given away."""
CLUSTER = {"encoding": "UTF8", "locale": "C.UTF-8", "auth": "trust"}
"""How a cluster is made: texts are sorted by code points, and whoever reaches the server is let in."""
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "timezone": "UTC",
}
"""How a server runs unless it is told otherwise: it need not survive a crash of the machine."""
READY_WITHIN = 60.0
IN_REACH, ENTERED_BY_ALL = (Path("/dev/shm"), Path("/tmp")), 0o001  # noqa: S108 - a folder of its own is made there
"""Where the files go if another user may not enter the folder for temporary files."""
VERSION = re.compile(r"\(PostgreSQL\) (\S+)")


@dataclass(frozen=True, slots=True)
class Programs:
    """The programs of one PostgreSQL: their folder and their version, such as `15.14`."""

    folder: Path
    version: str


@dataclass(slots=True, kw_only=True)
class Server:
    """A running server."""

    process: Process
    port: int
    version: str
    settings: Mapping[str, str]
    """Everything that it was told: how its cluster was made and how it runs."""
    log_file: Path
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    """For the names of databases."""

    def url(self, name: str, user: str = OWNER) -> str:
        """Return the address of a database."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{name}"

    def connect(self, name: str = "postgres") -> psycopg.Connection[Any]:
        """Return a connection to a database as the superuser; each statement is a transaction of its own."""
        return psycopg.connect(self.url(name, SUPERUSER), autocommit=True)

    def create(self, name: str = "", template: str = "template1") -> str:
        """Make a database, empty or as a copy of another that nobody uses, and return its address."""
        name = name or f"db{next(self.numbers)}"
        self._say(f'CREATE DATABASE "{name}" OWNER "{OWNER}" TEMPLATE "{template}"')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, and throw out whoever uses it."""
        self._say(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _say(self, statement: str) -> None:
        with self.connect() as opened:
            opened.execute(statement)


def find() -> Programs:
    """Return the programs: those that the variable names, or Debian's newest, or those on the PATH.

    Raises LabError with what to install if there are none.
    """
    for folder in _folders():
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return Programs(folder, _version(folder / "postgres"))
    raise LabError(MISSING)


def _folders() -> Iterator[Path]:
    if named := os.environ.get(VARIABLE):
        yield Path(named)
        return
    versions = [one for one in DEBIAN.glob("*") if one.name.isdecimal()]
    yield from (one / "bin" for one in sorted(versions, key=lambda one: int(one.name), reverse=True))
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent


def _version(program: Path) -> str:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False).stdout
    except (OSError, subprocess.TimeoutExpired) as error:
        raise LabError(f"{program.name} cannot be run: {error}") from None
    if found := VERSION.search(said):
        return found[1]
    raise LabError(f"{program.name} does not say its version")


def user() -> str | None:
    """Return whom the server runs as: None for the user of this process, another if that is root."""
    if os.geteuid() != 0:
        return None
    known = {one.pw_name for one in pwd.getpwall()}
    if fitting := [name for name in USERS if name in known]:
        return fitting[0]
    raise LabError(f"PostgreSQL refuses to run as root, and there is no user {' or '.join(USERS)}.")


@contextmanager
def serving(settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Run a server with a new cluster until the block ends, on 127.0.0.1; `settings` are added to SETTINGS.

    The server is stopped and its files are removed in every case. Raises LabError if there is no PostgreSQL or no
    cluster can be made, and NoAnswerError if the server does not start.
    """
    programs, told = find(), SETTINGS | dict(settings or {})
    place = _place(user())
    try:
        _make(programs, place)
        port = free_port()
        options = [f"-c{name}={value}" for name, value in told.items()]
        where = ["-D", "data", "-k", str(place), "-h", "127.0.0.1", "-p", str(port)]
        log = place / "server.log"
        with log.open("wb") as output:
            process = _begin(programs, place, "postgres", [*where, *options], output)
            server = Server(
                process=process, port=port, version=programs.version, settings=CLUSTER | told, log_file=log
            )  # fmt: skip
            try:
                _wait(server)
                yield server
            finally:
                stop(process, first=signal.SIGINT)  # throws out its clients; after SIGTERM it would wait for them
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _place(runs_as: str | None) -> Path:
    """Return a new folder that belongs to that user; its path is short, as that of a Unix socket has to be."""
    for folder in (Path(tempfile.gettempdir()), *IN_REACH):
        if runs_as is None or all(one.stat().st_mode & ENTERED_BY_ALL for one in (folder, *folder.parents)):
            place = Path(tempfile.mkdtemp(prefix="postgresql-", dir=folder))
            if runs_as:
                shutil.chown(place, runs_as)
            return place
    raise LabError(f"The user {runs_as} can enter no folder for temporary files.")


def _begin(programs: Programs, place: Path, program: str, arguments: list[str], output: Any) -> Process:
    variables = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    try:
        return begin([str(programs.folder / program), *arguments], place, variables, output, user())
    except OSError as error:
        raise LabError(f"{program} cannot be run as the user {user() or 'of this process'}: {error.strerror}") from None


def _make(programs: Programs, place: Path) -> None:
    """Make a cluster in the folder; raise LabError with the complaint of initdb if it cannot."""
    options = [f"--{name}={value}" for name, value in CLUSTER.items()]
    log = place / "initdb.log"
    with log.open("wb") as output:
        making = ["-D", "data", f"--username={SUPERUSER}", "--no-sync", *options]
        process = _begin(programs, place, "initdb", making, output)
        try:
            status = process.wait(READY_WITHIN)
        except subprocess.TimeoutExpired:
            raise LabError(f"initdb took more than {READY_WITHIN:g} s") from None
        finally:
            stop(process)
    if status:
        raise LabError(f"no cluster could be made: {last_line(log.read_text(encoding='utf-8', errors='replace'))}")


def _wait(server: Server) -> None:
    """Wait until the server answers, and make the user who will own the databases."""
    deadline = time.monotonic() + READY_WITHIN
    while server.process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", server.port)) == 0:
                try:
                    server._say(f'CREATE ROLE "{OWNER}" LOGIN')
                except psycopg.OperationalError:  # it is still starting
                    time.sleep(POLL)
                    continue
                return
        time.sleep(POLL)
    said = last_line(server.log_file.read_text(encoding="utf-8", errors="replace"))
    raise NoAnswerError(f"PostgreSQL did not start: {said}")
