"""What every measurement uses: the Pythons of this machine, the one loop, the entries. No network."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lab.core import entries, processes, python, runner
from lab.core.errors import LabError, reason
from macros.catalog import sources
from macros.reading.folders import Folders


def listed(version, path, variant="default", implementation="cpython"):
    return {"version": version, "path": path, "variant": variant, "implementation": implementation}


# Pythons


def test_the_newest_finished_cpython_of_each_series_counts():
    found = python.newest_of_each(
        [
            listed("3.15.0rc1", "/a/python3.15"),
            listed("3.14.2", "/t/python3.14t", variant="freethreaded"),
            listed("3.13.0", "/old/python3.13"),
            listed("3.14.1", "/a/python3.14"),
            listed("3.13.9", "/b/python3.13"),
            listed("3.13.9", "/b/python"),
            listed("3.11.0", "/p/pypy3", implementation="pypy"),
            listed("3.7.1", "/a/python3.7"),
        ]
    )
    assert [(one.version, str(one.path)) for one in found] == [("3.14.1", "/a/python3.14"), ("3.13.9", "/b/python")]


@pytest.fixture
def pythons(monkeypatch):
    found = tuple(python.Interpreter(version, Path("/nowhere")) for version in ("3.14.1", "3.13.9", "3.9.18"))
    monkeypatch.setattr(python, "interpreters", lambda: found)


@pytest.mark.parametrize(
    ("limits", "version"),
    [((), "3.14.1"), (("3.11",), "3.14.1"), (("3.13", "3.13"), "3.13.9"), (("3.9", "3.12"), "3.9.18")],
)
def test_the_newest_python_between_two_series_is_taken(pythons, limits, version):
    assert python.newest(*limits).version == version


def test_a_missing_python_is_named(pythons):
    with pytest.raises(LabError, match=r"This machine has no Python 3\.10 or later, up to 3\.12\."):
        python.newest("3.10", "3.12")
    with pytest.raises(LabError, match=r"no Python 3\.12\."):
        python.newest("3.12", "3.12")


def test_series_that_this_machine_lacks_are_tried_last(pythons):
    assert python.later_series() == ("3.15",)


def test_a_requirement_keeps_its_extras_and_loses_its_limits():
    assert python.pinned(["Hello[x]<2", "other<3"], {"hello": "1.5"}) == ["Hello[x]==1.5", "other<3"]
    assert python.package_of("Hello_World[x]<2 ; python_version < '4'") == "hello-world"


# The loop


@pytest.mark.parametrize("workers", [1, 3])
def test_what_fails_leaves_the_others(workers, capsys):
    def work(name):
        if name == "b":
            raise LabError("the network is away")
        return name.upper()

    kept = {}
    failed = runner.for_each(["a", "b", "c"], work, kept.setdefault, workers=workers)
    assert kept == {"a": "A", "c": "C"}
    assert failed == {"b": "the network is away"}
    shown = capsys.readouterr().err
    assert "b: failed: the network is away" in shown
    assert "3/3" in shown


def test_a_fault_of_the_lab_is_named_by_its_type(capsys):
    assert runner.for_each(["a"], lambda name: {}[name], lambda *_: "") == {"a": "KeyError: 'a'"}
    assert reason(OSError("disk full")) == "disk full"
    assert reason(ValueError()) == "ValueError"


def test_what_cannot_be_kept_has_failed(capsys):
    def keep(name, done):
        raise OSError("disk full")

    assert runner.for_each(["a"], str.upper, keep) == {"a": "disk full"}


def test_a_request_to_terminate_ends_the_loop_once_what_runs_has_ended(capsys):
    ended = []

    def work(name):
        time.sleep(0.2)
        if name == "a":
            os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.1)
        ended.append(name)

    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as left:
        runner.for_each(list("abcdef"), work, lambda *_: "", workers=2)
    assert left.value.code == 128 + signal.SIGTERM
    assert {"a"} <= set(ended) < set("abcdef")
    assert signal.getsignal(signal.SIGTERM) is before


def test_only_what_the_lab_began_is_ended(tmp_path):
    """A browser of another test is a child of this process too."""
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    with (tmp_path / "log").open("wb") as log, subprocess.Popen(sleep) as other:
        begun = processes.begin(sleep, tmp_path, dict(os.environ), log)
        processes.terminate_begun()
        assert begun.wait(5) == -signal.SIGTERM
        assert other.poll() is None
        other.kill()


def test_the_report_says_what_failed_and_its_status_whether_anything_did(capsys):
    assert runner.report({"b": "no"}, 3, 61.0, "read") == 1
    assert capsys.readouterr().err == "b: not read: no\n2 of 3 read in 1:01\n"
    assert runner.report({}, 3, 0.0) == 0


# Entries


def test_the_entries_are_those_of_the_catalog_in_its_order():
    loaded = {
        one.id: (one.folder, one.record) for one in sources.load(Folders.around(entries.DATA)).entries if one.record
    }
    found = entries.entries()
    assert found == loaded
    assert list(found) == list(loaded)
