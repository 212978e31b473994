"""The footprint: starts, weighings and sizes of small local servers. No network."""

import json
import os
import shlex
import sys

import pytest

from lab.core import node, output, paths, python, usage
from lab.core.errors import LabError
from lab.core.processes import serving
from lab.core.programs import Program
from lab.core.python import Lock
from lab.footprint import command
from lab.footprint.command import Origin, Setup
from macros.schema.fields import package_name
from macros.schema.measured.footprint import Footprint, Median
from tests.lab.servers import answering

SERVE = f"{shlex.quote(sys.executable)} smoke.py {{port}}"


@pytest.fixture
def setup(tmp_path):
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "hello.py").write_bytes(b"x" * 1000)
    (tmp_path / "packages" / "hello.pyc").write_bytes(b"x" * 500)
    (tmp_path / "packages" / "link.py").symlink_to(tmp_path / "packages" / "hello.py")
    test = Program("hello", tmp_path / "hello.py", ("hello", "server"), SERVE)
    origin = Origin(runtime="CPython 3.13.0", packages={"hello": "2.0", "server": "1.0"}, lock="aa" * 32)
    return Setup(test, tmp_path, dict(os.environ), tmp_path / "packages", origin)


def test_a_framework_is_started_and_weighed(setup, monkeypatch):
    (setup.folder / "smoke.py").write_text(answering())
    monkeypatch.setattr(command, "prepare", lambda program, package: setup)
    monkeypatch.setattr(command, "IDLE", 0.0)
    monkeypatch.setattr(command, "PATIENCE", 0.0)
    result, words = command.measure("hello", setup.program, "pkg:pypi/hello")
    starts, memory = result.first_response, result.idle_pss
    assert (len(starts.values), len(memory.values)) == (command.STARTS, command.MEMORY_SAMPLES) == (5, 3)
    assert starts.median == sorted(starts.values)[2]
    assert 5 < starts.median < 30_000
    assert 5 < result.first_response_processor.median <= starts.median * (os.cpu_count() or 1) + 50
    assert 1 < memory.median < 200
    assert result.installed_bytes == 1000
    assert (result.package, result.version, result.server) == ("pkg:pypi/hello", "2.0", "server")
    assert (result.runtime, result.lock) == ("CPython 3.13.0", "aa" * 32)
    assert words.endswith("0.0 MB")


@pytest.mark.parametrize("code", [answering(b"{}"), answering(status=500), "raise SystemExit(1)"])
def test_what_does_not_answer_is_not_measured(setup, monkeypatch, code):
    (setup.folder / "smoke.py").write_text(code)
    monkeypatch.setattr(command, "prepare", lambda program, package: setup)
    monkeypatch.setattr(command, "PATIENCE", 0.0)
    with pytest.raises(LabError):
        command.measure("hello", setup.program, "pkg:pypi/hello")


def test_the_whole_process_tree_is_weighed(tmp_path):
    (tmp_path / "smoke.py").write_text(answering(child=True))
    with serving(SERVE, tmp_path, dict(os.environ)) as server:
        child = next(one.pid for one in usage.tree(server.pid) if one.pid != server.pid)
        assert usage.proportional_size(server.pid) > usage.proportional_size(child) > 0
        assert usage.processor_seconds(server.pid) > usage.processor_seconds(child) >= 0


@pytest.mark.parametrize(("used", "quiet"), [(0.0, True), (0.1, False)])
def test_a_start_waits_for_a_quiet_machine_but_not_for_ever(monkeypatch, used, quiet):
    moments = iter(range(1000))
    monkeypatch.setattr(command, "busy_seconds", lambda: next(moments) * used)
    assert command.wait_for_quiet(0.3, sample=0.1) is quiet


def test_a_process_that_is_gone_weighs_nothing():
    assert usage.proportional_size(2**22 + 1) == 0
    assert usage.processor_seconds(2**22 + 1) == 0


def test_the_median_is_of_the_values_that_are_kept():
    assert command.median_of([3.14159, 1, 2], "ms") == Median(unit="ms", values=(3.1, 1, 2), median=2)


@pytest.mark.parametrize(
    ("dependencies", "server"),
    [(("flask", "gunicorn"), "gunicorn"), (("Flask[async]", "gunicorn"), "gunicorn"), (("flask",), "flask")],
)
def test_the_server_is_named(tmp_path, dependencies, server):
    assert command.server_of(Program("flask", tmp_path / "flask.py", dependencies), "flask") == server
    assert command.server_of(Program("flask", tmp_path / "flask.mjs", dependencies), "flask") == "node:http"


# npm


def test_a_lock_of_npm_knows_the_packages_at_the_top(tmp_path):
    packages = {
        "": {"name": "x"},
        "node_modules/@nestjs/core": {"version": "12.5.1"},
        "node_modules/debug": {"version": "4.4.3"},
        "node_modules/send/node_modules/debug": {"version": "2.6.9"},
    }
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": packages}))
    environment = node.NodeEnvironment(tmp_path, tmp_path / "node")
    assert environment.versions == {"@nestjs/core": "12.5.1", "debug": "4.4.3"}


def test_npm_is_asked_for_hashes_without_hosts(tmp_path, monkeypatch):
    asked = []

    def run(command, cwd=None, **_):
        asked.append(command[1:])
        if command[1] == "install":
            (cwd / "package-lock.json").write_text('{"packages": {}}')
        return '"5.3.0"\n'

    monkeypatch.setattr(node, "run", run)
    monkeypatch.setattr(node.tools, "found", lambda program, cure: f"/usr/bin/{program}")
    node.make(tmp_path / "made", ["express"])
    assert [command[0] for command in asked] == ["view", "install", "ci"]
    assert all("--omit-lockfile-registry-resolved" in command for command in asked[1:])
    assert json.loads((tmp_path / "made" / "package.json").read_text())["dependencies"] == {"express": "5.3.0"}


def test_installed_bytes_leave_out_bytecode_and_links(setup):
    assert python.bytes_in(setup.modules) == 1000


def test_locks_name_what_is_measured():
    assert Lock("hello==1\n").digest != Lock("hello==2\n").digest
    for file in sorted((paths.MEASURED / "footprint").glob("*.json")):
        found = output.read_result(file, Footprint)
        assert found.packages[package_name(found.package)] == found.version
        assert "://" not in file.read_text(), file.name
