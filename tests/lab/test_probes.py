"""The driver and the probes: the control fails, two real adapters answer what is known, results are whole files."""

import pickle
import re
import threading
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

from lab.core.output import read_result, write_result
from lab.probes import command, environments, kit, setups
from lab.probes.questions import PROBES, SUBJECTS
from lab.probes.results import Outcome
from lab.probes.run import run_in
from macros.catalog import sources
from macros.reading.folders import Folders
from macros.schema.measured.probes import SetupRun

WITHHELD = {"static-traversal", "header-limit"}
"""Probes whose finding on the control is one that would not be published."""


@pytest.fixture(scope="session")
def outcomes(once: Callable[[str, Callable[[Path], None]], Path]) -> dict[str, Outcome]:
    """The control and the two models, run once for all workers."""
    file = once("outcomes", lambda target: target.write_bytes(pickle.dumps(run())) and None)
    found: dict[str, Outcome] = pickle.loads(file.read_bytes())
    return found


def run() -> dict[str, Outcome]:
    """Run them at the same time, in this environment: nothing is installed for them."""
    found: dict[str, Outcome] = {}

    def run_one(name: str) -> None:
        found[name] = run_in(environments.here(setups.by_id(name)))

    threads = [threading.Thread(target=run_one, args=(name,)) for name in ("broken", "flask", "starlette")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found) == {"broken", "flask", "starlette"}
    return found


def written(folder: Path, outcome: Outcome) -> Path:
    """Return the file of the result, written as the command does."""
    file = folder / f"{outcome.result.setup}.json"
    write_result(file, outcome.result)
    return file


def _answers(outcome: Outcome) -> dict[str, str]:
    return {name: probe.answer for name, probe in outcome.result.probes.items()}


@pytest.mark.long
def test_negative_control_fails_every_probe(outcomes: dict[str, Outcome]) -> None:
    outcome = outcomes["broken"]
    answered = {name: answer for name, answer in _answers(outcome).items() if answer != "fail"}
    assert answered == {}
    assert set(outcome.withheld) == WITHHELD
    assert set(outcome.result.probes) | WITHHELD == set(PROBES)


def test_control_is_reached_by_every_probe(outcomes: dict[str, Outcome]) -> None:
    errors = {
        name: probe.observed.figures["error"]
        for name, probe in outcomes["broken"].result.probes.items()
        if "error" in probe.observed.figures
    }
    assert errors == {}


def test_what_may_be_a_vulnerability_is_not_written(outcomes: dict[str, Outcome], tmp_path: Path) -> None:
    text = written(tmp_path, outcomes["broken"]).read_text()
    assert "static-traversal" not in text
    assert "not to be served" not in text


FLASK = {
    "async-handler": "pass",
    "async-concurrency": "fail",
    "blocking-isolation": "pass",
    "wrong-method": "pass",
    "head": "pass",
    "malformed-json": "pass",
    "wrong-content-type": "pass",
    "nan": "fail",
    "template-escaping": "pass",
    "streaming": "pass",
    "back-pressure": "pass",
    "static-traversal": "pass",
    "csrf": "fail",
    "host-check": "opt-in",
    "session-cookie": "opt-in",
    "body-limit": "opt-in",
    "websocket": "absent",
    "openapi": "absent",
    "lifespan": "absent",
    "graceful-shutdown": "pass",
    "test-client": "pass",
    "command-line": "pass",
}
STARLETTE = {
    "async-handler": "pass",
    "async-concurrency": "pass",
    "blocking-isolation": "pass",
    "malformed-json": "fail",
    "nan": "pass",
    "background-task": "pass",
    "lifespan": "pass",
    "client-disconnect": "pass",
    "websocket": "pass",
    "websocket-limit": "pass",
    "cors": "pass",
    "csrf": "fail",
    "host-check": "opt-in",
    "openapi": "pass",
    "server-sent-events": "absent",
    "command-line": "absent",
    "graceful-shutdown": "pass",
}


@pytest.mark.parametrize(("setup", "known"), [("flask", FLASK), ("starlette", STARLETTE)])
def test_real_adapters_answer_what_is_known(outcomes: dict[str, Outcome], setup: str, known: dict[str, str]) -> None:
    answers = _answers(outcomes[setup])
    assert {name: answers[name] for name in known} == known
    assert set(answers) == set(PROBES)
    assert outcomes[setup].remarks == []


def test_results_are_whole_and_say_where_from(outcomes: dict[str, Outcome], tmp_path: Path) -> None:
    found = read_result(written(tmp_path, outcomes["flask"]), SetupRun)
    assert found == outcomes["flask"].result
    assert list(tmp_path.iterdir()) == [tmp_path / "flask.json"]
    assert found.packages["flask"].startswith("3.")
    assert found.command == "python -m lab probes --setup flask"
    assert (found.probes["websocket"].documentation or "").startswith("https://")
    source = Path(environments.FOLDER / "adapters" / "flask.py").read_text().splitlines()
    for name, probe in found.probes.items():
        for lines in probe.lines:
            shown = "\n".join(source[lines.first - 1 : lines.last])
            registers = re.match(r'(@capability|missing|@optin)\(\s*"([a-z-]+)"', shown)
            assert registers, shown
            assert registers[2] in (
                (name,) if registers[1] == "@optin" else (*PROBES[name].needs, *PROBES[name].either)
            )
            assert lines.code == shown
    option = found.probes["host-check"]
    assert option.by_default
    assert option.by_default.exchanges[1].status == "HTTP/1.1 200 OK"
    assert option.observed.exchanges[1].status.startswith("HTTP/1.1 4")


@pytest.mark.parametrize(
    ("setup", "framework", "server"), [("flask", "flask", "gunicorn"), ("starlette",) * 2 + ("uvicorn",)]
)
def test_a_result_names_the_releases_that_ran(
    outcomes: dict[str, Outcome], setup: str, framework: str, server: str
) -> None:
    found = outcomes[setup].result
    assert (found.framework.name, found.framework.version) == (framework, version(framework))
    assert (found.server.name, found.server.version, found.server.own) == (server, version(server), False)
    assert found.server.command.startswith(f"python -m {server} lab.probes.adapters.{setup}:app")


OWNERS = {
    "flask": {"keep-alive": "server", "blocking-isolation": "server", "head": "framework", "body-limit": None},
    "starlette": {"websocket-limit": "server", "blocking-isolation": "framework", "host-check": None},
}


@pytest.mark.parametrize("setup", OWNERS)
def test_the_server_is_asked_without_the_framework(outcomes: dict[str, Outcome], setup: str) -> None:
    found = outcomes[setup].result.probes
    assert {name: found[name].owner for name in OWNERS[setup]} == OWNERS[setup]
    assert {name for name, result in found.items() if result.alone} <= {p.id for p in PROBES.values() if p.server}
    assert all(found[name].alone for name in OWNERS[setup])


def test_results_show_nothing_of_this_machine(outcomes: dict[str, Outcome], tmp_path: Path) -> None:
    text = "".join(written(tmp_path, outcomes[name]).read_text() for name in ("flask", "starlette"))
    assert str(environments.FOLDER.parents[1]) not in text
    assert "/tmp/" not in text


def test_interrupted_writing_leaves_the_old_file(
    outcomes: dict[str, Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, outcomes["flask"])
    before = file.read_text()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        written(tmp_path, outcomes["flask"])
    assert file.read_text() == before
    assert list(tmp_path.iterdir()) == [file]


def test_setup_that_fails_leaves_its_old_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "nothing.json"
    old.write_text("{}\n")
    missing = setups.Setup(id="nothing", entry="flask", adapter="nothing", requirements=(), server="own")
    status = command._probe([missing], 1, tmp_path)
    assert status == 1
    assert old.read_text() == "{}\n"
    assert "No module named 'lab.probes.adapters.nothing'" in capsys.readouterr().err


def test_unknown_setup_is_refused_with_the_choices(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--setup", "flsk"]) == 2
    assert "flsk is not a setup. Choose from aiohttp, aiohttp-bare, broken, django-asgi" in capsys.readouterr().err


def test_every_probe_asks_a_question_of_known_capabilities() -> None:
    assert PROBES
    for probe in PROBES.values():
        assert probe.question.endswith("?"), probe.id
        assert probe.subject in SUBJECTS
        assert set(probe.needs) | set(probe.either) <= set(kit.CAPABILITIES), probe.id


def test_every_capability_is_asked_about() -> None:
    asked = {name for probe in PROBES.values() for name in (*probe.needs, *probe.either)}
    assert asked == set(kit.CAPABILITIES)


def test_every_setup_has_an_adapter_and_a_lock() -> None:
    root = environments.FOLDER.parents[1]
    lacking = [
        setup.id
        for setup in setups.ALL
        if not (root / setup.adapter_file).is_file() or not environments.lock_file(setup).is_file()
    ]
    assert lacking == []


def test_locks_have_hashes_and_no_hosts() -> None:
    for setup in setups.ALL:
        text = environments.lock_file(setup).read_text()
        assert "sha256:" in text or "sha512-" in text, setup.id
        assert '"resolved"' not in text, setup.id
        assert "--index-url" not in text, setup.id


def test_absence_needs_documentation() -> None:
    with pytest.raises(kit.AdapterError, match="must be a link"):
        kit.missing("ping", "It is not there.", documentation="the manual")
    with pytest.raises(kit.AdapterError, match="not a capability of the contract"):
        kit.missing("pong", "It is not there.", documentation="https://example.org/")


def test_criteria_name_probes_that_exist() -> None:
    found = sources.load(Folders.of(environments.FOLDER.parents[1]))
    named = {c.id: c.probe.id for c in found.criteria("frameworks").values() if c.probe}
    assert named
    assert set(named.values()) <= set(PROBES)
