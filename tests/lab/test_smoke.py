"""The smoke tests: how they end, and how the newest Python is found. No network."""

import subprocess
import sys
from pathlib import Path

import pytest

from lab.core import output, paths, python
from lab.core.errors import FailedError
from lab.core.programs import Program
from lab.core.python import Environment, Interpreter, Lock
from lab.smoke import command
from macros.schema.measured.smoke import Outcome, Smoke
from tests.lab.servers import BROKEN, SERVE, alive, answering

PYTHONS = tuple(Interpreter(version, Path("/nowhere")) for version in ("3.13.0", "3.12.1", "3.11.7"))


@pytest.fixture
def environment(tmp_path):
    (tmp_path / "environment" / "bin").mkdir(parents=True)
    (tmp_path / "environment" / "bin" / "python").symlink_to(sys.executable)
    return Environment(tmp_path / "environment", PYTHONS[0], Lock(""))


def a_test(tmp_path, code, **header):
    file = tmp_path / "hello.py"
    file.write_text(code)
    return Program("hello", file, ("hello",), **header)


# Scripts


def test_a_script_passes_by_its_status(environment, tmp_path):
    command.try_once(a_test(tmp_path, "assert 1 + 1 == 2\n"), environment, tmp_path / "run")


def test_a_script_that_fails_is_reported_by_its_last_line(environment, tmp_path):
    with pytest.raises(FailedError, match=r"^ValueError: see … for help$"):
        command.try_once(
            a_test(tmp_path, 'raise ValueError("see https://example.org/x for help")'), environment, tmp_path / "run"
        )


def test_a_script_does_not_shadow_the_package_it_is_named_after(environment, tmp_path):
    file = tmp_path / "json.py"
    file.write_text('import json\nassert json.loads("[1]") == [1]\n')
    command.try_once(Program("json", file, ()), environment, tmp_path / "run")


def test_a_script_that_hangs_is_ended_with_its_children(environment, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "LONGEST", 1.0)
    code = "import os, time\npid = os.fork()\nif pid: open('child', 'w').write(str(pid))\ntime.sleep(60)\n"
    with pytest.raises(FailedError, match="no end after 1 s"):
        command.try_once(a_test(tmp_path, code), environment, tmp_path / "run")
    child = int((tmp_path / "run" / "child").read_text())
    assert not alive(child)


def test_a_setup_that_fails_fails_the_test(environment, tmp_path):
    test = a_test(tmp_path, "", setup="python -c 'raise SystemExit(\"no project\")'")
    with pytest.raises(FailedError, match="no project"):
        command.try_once(test, environment, tmp_path / "run")


# Servers


def test_a_server_passes_by_its_answer(environment, tmp_path):
    command.try_once(a_test(tmp_path, answering(), serve=SERVE), environment, tmp_path / "run")


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        (answering(b'{"hello": "moon"}'), 'answered b\'{"hello": "moon"}\''),
        (answering(status=500), "/ was answered with 500"),
        (BROKEN, "ended with status 1. RuntimeError: no such thing as a broker"),
    ],
)
def test_a_server_that_does_not_serve_fails(environment, tmp_path, code, complaint):
    with pytest.raises(FailedError) as failed:
        command.try_once(a_test(tmp_path, code, serve=SERVE), environment, tmp_path / "run")
    assert str(failed.value).startswith(complaint)


# The newest Python


def outcomes(monkeypatch, *names, **older):
    answers = dict(zip((python.version for python in PYTHONS), names, strict=True))
    monkeypatch.setattr(python, "interpreters", lambda: PYTHONS)
    monkeypatch.setattr(python, "newest_release", lambda package: "2.0")
    asked = []

    def outcome_on(test, requirements, interpreter):
        asked.append((requirements, interpreter.version))
        named = "pass" if requirements not in (["hello==2.0"],) else answers[interpreter.version]
        error = "" if named == "pass" else "why"
        return Outcome(python=interpreter.version, outcome=named, error=error), Lock("hello==1.0\n")

    monkeypatch.setattr(command, "outcome_on", outcome_on)
    return asked


def test_it_goes_down_until_the_test_passes(monkeypatch, tmp_path):
    outcomes(monkeypatch, "refused", "pass", "pass")
    result, words = command.measure("hello", a_test(tmp_path, ""), "hello")
    assert result.outcomes == (
        Outcome(python="3.13.0", outcome="refused", error="why"),
        Outcome(python="3.12.1", outcome="pass"),
    )
    assert (result.newest_python, result.packages) == ("3.12.1", {"hello": "1.0"})
    assert (result.package, result.command) == ("pkg:pypi/hello", "python -m lab smoke hello")
    assert words == "hello 2.0: 3.13.0 refused (why), 3.12.1 pass"


def test_what_cures_a_package_is_tried_where_it_passes_nowhere(monkeypatch, tmp_path):
    asked = outcomes(monkeypatch, "fail", "fail", "fail")
    result, _ = command.measure("hello", a_test(tmp_path, "", cure=("setuptools<81",)), "hello")
    assert result.newest_python is None
    assert asked[-1] == (["hello==2.0", "setuptools<81"], "3.13.0")
    assert (result.cured.outcome, result.cured.added) == ("pass", ("setuptools<81",))
    assert result.older_release is None


def test_an_older_release_is_not_taken_for_the_latest(monkeypatch, tmp_path):
    asked = outcomes(monkeypatch, "refused", "refused", "refused")
    result, _ = command.measure("hello", a_test(tmp_path, ""), "hello")
    assert (result.version, result.newest_python) == ("2.0", None)
    assert asked[-1] == (["hello"], "3.13.0")
    assert result.older_release.packages == {"hello": "1.0"}


def test_a_failure_is_tried_again_before_it_counts(monkeypatch, tmp_path):
    monkeypatch.setattr(python, "resolve", lambda *_: Lock("hello==2.0\n"))
    monkeypatch.setattr(python, "make", lambda path, lock, interpreter: Environment(path, interpreter, lock))
    complaints = ["busy"]

    def try_once(*_):
        if complaints:
            raise FailedError(complaints.pop())

    monkeypatch.setattr(command, "try_once", try_once)
    assert command.outcome_on(a_test(tmp_path, ""), ["hello"], PYTHONS[0])[0].outcome == "pass"
    complaints += ["again", "once"]
    outcome, _ = command.outcome_on(a_test(tmp_path, ""), ["hello"], PYTHONS[0])
    assert (outcome.outcome, outcome.error) == ("fail", "again")


# Results


def test_the_results_hold_no_address_and_repeat_themselves():
    for file in sorted((paths.MEASURED / "smoke").glob("*.json")):
        found = output.read_result(file, Smoke)
        assert "://" not in file.read_text(), file.name
        assert found.command == f"python -m lab smoke {file.stem}"
        assert bool(found.newest_python) == (found.outcomes[-1].outcome == "pass")


def test_the_command_can_be_asked_from_the_command_line():
    done = subprocess.run(
        [sys.executable, "-m", "lab", "smoke", "no-such"],
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Unknown: no-such." in done.stderr
