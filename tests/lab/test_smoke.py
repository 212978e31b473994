"""The smoke tests: what their headers say, how they end, and how the newest Python is found. No network."""

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lab.core import entries, output, paths, programs, python, runner, tools, usage
from lab.core.errors import FailedError, LabError, NoAnswerError, RefusedError
from lab.core.processes import serving
from lab.core.programs import Program
from lab.core.python import Environment, Interpreter, Lock
from lab.smoke import command
from macros.schema.measured.base import EntryResult
from macros.schema.measured.smoke import Outcome, Smoke
from tests.lab.servers import BROKEN, SILENT, answering

PYTHONS = tuple(Interpreter(version, Path("/nowhere")) for version in ("3.13.0", "3.12.1", "3.11.7"))
SERVE = f"{shlex.quote(sys.executable)} smoke.py {{port}}"


@pytest.fixture
def environment(tmp_path):
    (tmp_path / "environment" / "bin").mkdir(parents=True)
    (tmp_path / "environment" / "bin" / "python").symlink_to(sys.executable)
    return Environment(tmp_path / "environment", PYTHONS[0], Lock(""))


def a_test(tmp_path, code, **header):
    file = tmp_path / "hello.py"
    file.write_text(code)
    return Program("hello", file, ("hello",), **header)


def alive(pid):
    """Say whether the process still runs after a moment: a signal is delivered, but not at once."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.02)
    return True


# Headers


def test_every_file_says_what_it_installs_and_is_about_an_entry():
    tests = programs.all_programs(suffixes=(".py", ".mjs"))
    assert tests and all(test.dependencies for test in tests.values())
    assert set(tests) <= set(entries.entries())
    assert {test.entry for test in tests.values() if test.serve and "{port}" not in test.serve} == set()


def test_a_test_that_checks_nothing_is_not_a_smoke_test():
    for test in programs.all_programs().values():
        assert test.serve or "assert" in test.file.read_text(), test.entry


def test_a_header_is_read(tmp_path):
    file = tmp_path / "nameko.py"
    file.write_text(
        '# /// script\n# dependencies = ["nameko"]\n#\n# [tool.lab]\n# serve = "nameko run"\n# cure = ["six"]\n# ///\n'
    )
    assert programs.read(file) == Program("nameko", file, ("nameko",), serve="nameko run", cure=("six",))


def test_a_file_without_a_header_is_refused(tmp_path):
    (tmp_path / "hello.py").write_text("import hello\n")
    with pytest.raises(ValueError, match=r"hello.py has no `/// script` header"):
        programs.all_programs(tmp_path)


@pytest.mark.parametrize("body", [b'{"hello": "moon"}', b"<p>hello</p>", b"", b"[1]"])
def test_only_the_agreed_answer_counts(body):
    assert programs.is_answer(b'{"hello":"world"}')
    assert not programs.is_answer(body)


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


def test_a_silent_server_is_given_up_and_stopped(tmp_path):
    (tmp_path / "smoke.py").write_text("import os\nopen('pid', 'w').write(str(os.getpid()))\n" + SILENT)
    with (
        pytest.raises(NoAnswerError, match="no answer in time"),
        serving(SERVE, tmp_path, dict(os.environ), seconds=1.0),
    ):
        pass
    assert not alive(int((tmp_path / "pid").read_text()))


def test_a_server_is_stopped_with_its_children_when_the_block_fails(tmp_path):
    (tmp_path / "smoke.py").write_text(answering(child=True))
    members = []
    with pytest.raises(KeyboardInterrupt), serving(SERVE, tmp_path, dict(os.environ)) as server:
        members = [one.pid for one in usage.tree(server.pid)]
        assert server.port < 32_768
        raise KeyboardInterrupt
    assert len(members) == 2
    assert not any(map(alive, members))


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


# What is written


def test_what_cannot_be_measured_leaves_the_others_and_its_old_file(tmp_path, capsys):
    (tmp_path / "b.json").write_text("old")

    def work(name):
        if name == "b":
            raise LabError("the network is away")
        return EntryResult(entry=name, command="x", moment="2026-11-20T07:00:00Z"), "done"

    assert runner.measure_each(["a", "b", "c"], work, tmp_path) == 1
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {
        "a.json": '{\n "command": "x",\n "entry": "a",\n "moment": "2026-11-20T07:00:00Z"\n}\n',
        "b.json": "old",
        "c.json": '{\n "command": "x",\n "entry": "c",\n "moment": "2026-11-20T07:00:00Z"\n}\n',
    }
    assert "b: not measured: the network is away" in capsys.readouterr().err


def test_a_request_to_terminate_stops_the_servers(tmp_path):
    (tmp_path / "smoke.py").write_text("import os\nopen('pid', 'w').write(str(os.getpid()))\n" + SILENT)
    code = f"""
import os
from pathlib import Path
from lab.core import processes, runner
folder = Path({str(tmp_path)!r})
def work(name):
    with processes.serving({SERVE!r}, folder, dict(os.environ)):
        return {{}}, ""
runner.measure_each(["a"], work, folder)
"""
    lab = subprocess.Popen([sys.executable, "-c", code], cwd=paths.ROOT, stderr=subprocess.DEVNULL)
    for _ in range(500):
        if (tmp_path / "pid").is_file() and (tmp_path / "pid").read_text():
            break
        time.sleep(0.02)
    lab.terminate()
    assert lab.wait(20) == 143
    assert not alive(int((tmp_path / "pid").read_text()))
    assert not (tmp_path / "a.json").exists()


def test_an_interruption_while_writing_leaves_the_old_file(tmp_path, monkeypatch):
    file = tmp_path / "a.json"
    file.write_text("old")

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        output.write_json(file, {"new": 1})
    assert [(found.name, found.read_text()) for found in tmp_path.iterdir()] == [("a.json", "old")]


def test_an_unknown_entry_is_refused():
    with pytest.raises(SystemExit) as left:
        runner.chosen(["flsk"], ["flask"])
    assert left.value.code == 2
    assert runner.chosen([], ["flask", "django"]) == ["flask", "django"]


# Environments


def test_a_lock_knows_what_it_pins():
    lock = Lock(
        "flask==3.1.3 \\\n    --hash=sha256:aa\njinja2==3.1.6 ; python_version < '4' \\\n    --hash=sha256:bb\n"
    )
    assert lock.versions == {"flask": "3.1.3", "jinja2": "3.1.6"}


@pytest.mark.parametrize(
    ("complaint", "kind"),
    [
        ("No solution found when resolving dependencies", RefusedError),
        ("Failed to build `x`: error sending request for url (https://example.org/x)", LabError),
        ("something else", LabError),
    ],
)
def test_a_refusal_is_not_taken_for_a_failure_of_the_network(complaint, kind):
    with pytest.raises((RefusedError, LabError)) as raised:
        tools.run([sys.executable, "-c", f"import sys; sys.exit({complaint!r})"])
    assert type(raised.value) is kind
    assert "example.org" not in str(raised.value)


def test_a_command_that_hangs_is_ended():
    start = time.monotonic()
    with pytest.raises(LabError, match="took more than"):
        tools.run([sys.executable, "-c", "import time; time.sleep(60)"], seconds=0.5)
    assert time.monotonic() - start < 10


def test_requirements_are_pinned_by_name():
    assert python.pinned(["FastStream[kafka]", "flask"], {"faststream": "0.7.8"}) == [
        "FastStream[kafka]==0.7.8",
        "flask",
    ]


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
