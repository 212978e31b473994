"""A setup's server for the length of a run: started on a free port, watched, and stopped in every case."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from lab.core.errors import LabError, NoAnswerError, complaint
from lab.core.paths import ROOT
from lab.core.processes import Process, begin, first_answer, free_port, stop
from lab.probes import client
from lab.probes.environments import Environment

Run = Literal["defaults", "options"]
READY_WITHIN = 20.0
STOPPED_WITHIN = 8.0


class ServerProblemError(LabError):
    """A setup's adapter or server does not run; the message ends with its last error."""


class Server:
    """One run of a setup: its workspace, its journal, and its process while it lives."""

    def __init__(self, environment: Environment, run: Run) -> None:
        """Make the workspace; nothing is started yet."""
        self.environment, self.run = environment, run
        self.port = free_port()
        self.process: Process | None = None
        self.first_answer = self.last_answer = 0.0
        self._folder = tempfile.TemporaryDirectory(prefix=f"probe-{environment.setup.id}-", ignore_cleanup_errors=True)
        self.home = Path(self._folder.name)
        self.workspace = self.home / "workspace"
        self.workspace.mkdir()
        self.journal = self.home / "journal"
        self.log = self.home / "log"

    def __enter__(self) -> Self:
        """Return the server; it has not been started yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the server and remove its workspace."""
        self.stop()
        self._folder.cleanup()

    def describe(self) -> dict[str, Any]:
        """Return what the adapter declares; raise ServerProblemError if it cannot be imported."""
        environment = self.environment
        if environment.python:
            command = [str(environment.python), "-m", "lab.probes.describe", environment.module]
        else:
            command = ["node", str(environment.folder / "describe.mjs"), environment.module]
        try:
            done = subprocess.run(
                command,
                cwd=self.workspace,
                env={**self.variables(), "PROBE_JOURNAL": ""},
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise ServerProblemError("The adapter's import does not end within a minute.") from error
        said = done.stdout.rpartition("@@")[2] if "@@" in done.stdout else ""
        if not said:
            raise ServerProblemError(f"The adapter does not run: {complaint(done.stderr)}")
        found: dict[str, Any] = json.loads(said)
        return found

    def start(self) -> None:
        """Start the server and wait until /ping answers; raise ServerProblemError if it does not."""
        with self.log.open("ab") as log:
            self.process = begin(self.command(), self.workspace, self.variables(), log)
        try:
            first_answer(self.process, self.port, "/ping", READY_WITHIN, self.log)
        except NoAnswerError as error:
            raise ServerProblemError(f"The server does not start: {error}") from error
        self.first_answer = self.first_answer or time.time()

    def command(self) -> list[str]:
        """Return the command that serves the setup."""
        environment = self.environment
        values = {"python": str(environment.python), "module": environment.module, "port": str(self.port)}
        command = [part.format(**values) for part in environment.setup.program.command]
        if environment.python is None:
            command[1] = str(environment.folder / command[1])
        return command

    def alive(self) -> bool:
        """Return whether /ping is answered with 200."""
        try:
            return client.ask(self.port, "GET", "/ping", timeout=2).status == 200
        except NoAnswerError:
            return False

    def events(self, name: str) -> list[float]:
        """Return the moments (seconds since 1970) at which the adapter noted an event."""
        if not self.journal.is_file():
            return []
        lines = (line.split(" ", 2) for line in self.journal.read_text().splitlines())
        return [float(moment) for moment, _, event in lines if event == name]

    def terminate(self) -> None:
        """Ask the server to stop, without waiting."""
        if self.process:
            self.process.send_signal(signal.SIGTERM)

    def wait(self, seconds: float) -> int | None:
        """Return the exit status of the server once it ends, or None if it still runs after that many seconds."""
        try:
            return self.process.wait(seconds) if self.process else None
        except subprocess.TimeoutExpired:
            return None

    def stop(self) -> None:
        """Stop the server and everything that it started, with SIGKILL if it does not end by itself."""
        if self.process:
            stop(self.process, STOPPED_WITHIN)
            self.process = None

    def variables(self) -> dict[str, str]:
        """Return the environment variables that the setup's processes see."""
        environment = self.environment
        path = f"{environment.bin}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        return {
            "PATH": path,
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "NODE_ENV": "production",
            "PYTHONPATH": str(ROOT),
            "PROBE_RUN": self.run,
            "PROBE_PORT": str(self.port),
            "PROBE_VARIANT": environment.setup.variant,
            "PROBE_WORKSPACE": str(self.workspace),
            "PROBE_JOURNAL": str(self.journal),
        }
