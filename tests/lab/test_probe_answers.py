"""What a probe answers: what is not there, whose it is, where a limit is, and what is sent."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import websockets.sync.server

from lab.core.python import Interpreter, Lock
from lab.probes import environments, kit, setups
from lab.probes.asking import Run
from lab.probes.probe import Finding, NotPresentError, Probe, Subject
from lab.probes.questions import PROBES
from lab.probes.results import Runs, _owned, _owner, _result, _unregistered
from lab.probes.servers import SERVERS
from macros.catalog import sources
from macros.reading.folders import Folders
from macros.schema.fields import package_name
from macros.schema.measured.probes import Observed

ROOT = Folders.of(kit.FILES.parents[2])


class FakeServer:
    """A server as a run sees it: what its adapter declares, and nothing that runs."""

    port, home = 9, "HOME"

    def __init__(self, setup: str, declared: dict[str, Any]) -> None:
        self.environment = SimpleNamespace(setup=setups.by_id(setup), folder="FOLDER")
        self.declared = {"registered": {}, "missing": {}, "options": {}, "packages": {}, "runtime": "Python 3.13.0"}
        self.declared |= declared

    def describe(self) -> dict[str, Any]:
        return self.declared

    def start(self) -> None: ...

    def alive(self) -> bool:
        return True


def registered(error: str | None = None) -> dict[str, Any]:
    return {"lines": {"first": 1, "last": 1}, "value": None, "error": error}


def run_of(setup: str, **declared: Any) -> Run:
    return Run(FakeServer(setup, declared), whole=False)  # type: ignore[arg-type]


def asked(probe: str, answer: Callable[[Subject], Finding]) -> Probe:
    """Return the probe with another way to find its answer."""
    known = PROBES[probe]
    return Probe(**{name: getattr(known, name) for name in Probe.__slots__} | {"ask": answer})


# what is not there


def test_what_could_not_be_registered_is_not_present_and_not_asked() -> None:
    error = 'RuntimeError: Form data requires "python-multipart". \nYou can install it with: \n\npip install it'
    run = run_of("fastapi-bare", registered={"form": registered(error)})
    run.ask_all([PROBES["csrf"]])
    result = _result(PROBES["csrf"], run, None)
    assert (result.answer, result.reason) == ("not-present", 'RuntimeError: Form data requires "python-multipart".')
    assert run.findings == {}


def test_what_is_registered_only_with_options_may_lack_a_package_then() -> None:
    first = run_of("aiohttp-bare", registered={"cors": registered()})
    second = run_of("aiohttp-bare", registered={"cors": registered("ModuleNotFoundError: No module named 'x'")})
    second.ask_all([PROBES["cors"]])
    assert _result(PROBES["cors"], first, second).answer == "not-present"


@pytest.mark.parametrize(
    ("packages", "lacking"), [({}, True), ({"websockets": "15.0"}, False), ({"wsproto": "1"}, False)]
)
def test_a_server_without_its_package_is_not_asked_for_websocket(packages: dict[str, str], lacking: bool) -> None:
    run = run_of("starlette-bare", registered={"websocket": registered()}, packages=packages)
    reason = "uvicorn needs websockets or wsproto for it, which is not installed."
    assert run.lacking(PROBES["websocket"]) == (reason if lacking else None)


def test_a_command_that_is_not_installed_is_not_present() -> None:
    server = SimpleNamespace(workspace=".", variables=lambda: {"PATH": "/nowhere"})
    with pytest.raises(NotPresentError, match="The environment has no command express"):
        PROBES["command-line"].ask(Subject(server, {"command-line": ["express", "--help"]}))  # type: ignore[arg-type]


def test_what_is_needed_only_when_it_is_used_can_be_required() -> None:
    kit.require("json")
    with pytest.raises(ModuleNotFoundError, match="No module named 'python_multipart_of_nobody'"):
        kit.require("python_multipart_of_nobody")


def test_a_setup_that_should_lack_nothing_reports_what_it_lacks() -> None:
    declared = {"registered": {"websocket": registered("AttributeError: no version")}}
    assert _unregistered(setups.by_id("nameko"), run_of("nameko", **declared)) == [
        "websocket could not be registered: AttributeError: no version"
    ]
    assert _unregistered(setups.by_id("flask-bare"), run_of("flask-bare", **declared)) == []


# whose it is


def limited(size: int) -> Finding:
    return Finding(True, {"accepted bytes": size, "refused bytes": size + 1, "seconds": 0.1 + size})


@pytest.mark.parametrize(
    ("probe", "finding", "alone", "owner"),
    [
        ("websocket-limit", limited(16), limited(16), "server"),
        ("websocket-limit", limited(15), limited(16), "framework"),
        ("websocket-limit", limited(16), Finding(False), "framework"),
        ("websocket-limit", limited(16), None, "framework"),
        ("host-check", Finding(False), Finding(False), "neither"),
        ("host-check", Finding(False), None, "neither"),
        ("graceful-shutdown", Finding(False), Finding(False), "server"),
        ("graceful-shutdown", Finding(False), None, "framework"),
        ("graceful-shutdown", Finding(False), Finding(True), "framework"),
        ("websocket", Finding(True), Finding(True), None),
        ("websocket", Finding(False), Finding(False), "server"),
    ],
)
def test_whose_a_finding_is(probe: str, finding: Finding, alone: Finding | None, owner: str | None) -> None:
    assert _owner(PROBES[probe], finding, alone) == owner


def both(finding: Finding, alone: Finding) -> Runs:
    """Return the runs of a setup and its server that found this for the header limit."""
    first, other = (run_of("flask", registered={"ping": registered()}) for _ in range(2))
    first.findings["header-limit"], other.findings["header-limit"] = (finding, Observed()), (alone, Observed())
    return Runs(first=first, second=None, alone=other)


def test_a_result_says_whose_it_is_and_what_the_server_does_alone() -> None:
    runs = both(Finding(True), Finding(True))
    result = _owned(PROBES["header-limit"], _result(PROBES["header-limit"], runs.first, None), runs)
    assert result.alone
    assert (result.owner, result.alone.answer) == ("server", "pass")


def test_what_is_withheld_of_the_server_alone_leaves_no_trace() -> None:
    runs = both(Finding(True), Finding(False, withheld=True))
    result = _owned(PROBES["header-limit"], _result(PROBES["header-limit"], runs.first, None), runs)
    assert (result.owner, result.alone) == (None, None)


def test_a_question_that_only_a_framework_can_answer_has_no_owner() -> None:
    runs = both(Finding(True), Finding(True))
    runs.first.findings["unknown-path"] = (Finding(True), Observed())
    result = _owned(PROBES["unknown-path"], _result(PROBES["unknown-path"], runs.first, None), runs)
    assert (result.owner, result.alone) == (None, None)


def test_the_framework_of_a_setup_is_the_package_of_its_entry() -> None:
    records = {loaded.id: loaded.record for loaded in sources.load(ROOT).entries if loaded.record}
    wrong = [
        setup.id
        for setup in setups.ALL
        if setup.package != package_name(records[setup.entry].package or "pkg:pypi/none")
    ]
    assert wrong == []


def test_every_server_is_asked_alone_or_is_a_part_of_its_framework() -> None:
    assert {name for name, program in SERVERS.items() if program.alone is None} == {"own"}
    for setup in setups.ALL:
        if setup.alone:
            assert (ROOT.root / setup.alone.adapter_file).is_file()
            assert setup.alone.program.package == setup.program.package
            assert setup.alone.requirements == setup.requirements


def test_a_lock_starts_from_the_requirements_and_not_from_the_old_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setup = setups.by_id("fastapi")
    old = tmp_path / "fastapi.txt"
    old.write_text("fastapi==0.1.0\n")
    text = "fastapi==0.165.0 \\\n    --hash=sha256:0\nitsdangerous==2.2.0 \\\n    --hash=sha256:0\n"
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(environments, "LOCKS", tmp_path)
    monkeypatch.setattr(environments, "interpreter", lambda: Interpreter("3.13.0", tmp_path))
    monkeypatch.setattr(environments.python, "resolve", lambda wanted, _: asked.append(tuple(wanted)) or Lock(text))
    assert environments.lock(setup) == {"fastapi": "0.165.0", "itsdangerous": "2.2.0"}
    assert (asked, old.read_text()) == ([setup.requirements], text)


# where a limit is, and what is sent


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[Any]:
    """Yield a running server of the standard library, as a subject sees it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield SimpleNamespace(port=server.server_port, alive=lambda: True)
        server.shutdown()


class Small(BaseHTTPRequestHandler):
    """Takes bodies up to 16 KiB."""

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = b'{"length": %d}' % len(self.rfile.read(length)) if length <= 16384 else b""
        self.send_response(200 if body else 413)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


class Guarded(BaseHTTPRequestHandler):
    """Refuses a form of a foreign page within a session, and checks nothing without one."""

    def reply(self, status: int, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", "0")):
            self.send_header(name, value)
        self.end_headers()

    def do_GET(self) -> None:
        self.reply(200, *[("Set-Cookie", "session=1; HttpOnly")] if self.path == "/session" else [])

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.reply(403 if "session=1" in self.headers.get("Cookie", "") else 200)

    def log_message(self, *_: object) -> None: ...


def test_a_limit_below_64_kib_is_a_limit() -> None:
    with serving(Small) as server:
        finding = PROBES["body-limit"].ask(Subject(server, {}))
    assert finding.passed
    assert finding.figures["accepted bytes"] <= 16384 < finding.figures["refused bytes"]


def test_a_limit_of_messages_below_64_kib_is_a_limit() -> None:
    def echo(connection: websockets.sync.server.ServerConnection) -> None:
        for message in connection:
            connection.send(message)

    with websockets.sync.server.serve(echo, "127.0.0.1", 0, max_size=32768) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        subject = SimpleNamespace(port=server.socket.getsockname()[1], alive=lambda: True)
        finding = PROBES["websocket-limit"].ask(Subject(subject, {}))  # type: ignore[arg-type]
    assert finding.passed
    assert finding.figures["accepted bytes"] <= 32768 < finding.figures["refused bytes"]


@pytest.mark.parametrize(("values", "passed"), [({"session": None}, True), ({}, False)])
def test_a_check_that_is_tied_to_a_session_is_given_one(values: dict[str, Any], passed: bool) -> None:
    with serving(Guarded) as server:
        finding = PROBES["csrf"].ask(Subject(server, values))
    assert (finding.passed, finding.figures) == (passed, {"session cookie sent": passed})


def test_the_sizes_and_times_of_a_question_are_its_thresholds() -> None:
    for probe in PROBES.values():
        named = re.findall(r"\d+(?:\.\d+)? (?:KiB|MiB|kB|s)\b", probe.question)
        assert set(named) <= set(map(str, probe.thresholds.values())), probe.id
    assert PROBES["body-limit"].thresholds["taken"] == "1 KiB"
