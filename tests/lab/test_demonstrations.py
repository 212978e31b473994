"""Demonstrations: how functions end in a process of their own, and what is locked and written. No network."""

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from lab.core import output, python, smoked
from lab.core.programs import Program
from lab.core.python import Interpreter
from lab.demonstrate import command, environments
from lab.demonstrate import run as running
from lab.demonstrate.environments import FOLDER, Prepared, Subject
from macros.code import demonstrations
from macros.schema.measured.demonstrations import DemonstrationOutcome, DemonstrationsRun
from tests.results import EXAMPLES

PYTHON = '''"""What it does when it is run."""
import asyncio
import os
import sys
import time

def it_holds():
    """It holds."""
    assert sys.modules[__name__].it_holds is it_holds
    assert not [place for place in sys.path if place == os.getcwd()]

def it_fails():
    """It fails."""
    shown = object()
    assert {"a": 1} == {"a": shown}, shown

async def it_waits():
    """It is a coroutine."""
    await asyncio.sleep(0)
    raise ValueError("after waiting")

def it_leaves():
    """It ends the process."""
    os._exit(3)

def it_hangs():
    """It does not end."""
    time.sleep(60)

def it_exits():
    """It asks to end."""
    sys.exit("no more")
'''
NODE = """import assert from 'node:assert/strict';
import { createServer } from 'node:http';

/** It holds, and leaves a server open. */
export async function it_holds() {
  createServer().listen(0);
  assert.ok(await Promise.resolve(true));
}

/** It fails. */
export function it_fails() {
  assert.equal(1, 2, 'not the same');
}
"""


def prepared(folder: Path, text: str, suffix: str, program: str) -> Prepared:
    driver = f"driver{'.py' if suffix == '.py' else suffix}"
    shutil.copy(FOLDER / driver, folder / driver)
    file = folder / f"demonstration{suffix}"
    file.write_text(text)
    return Prepared(
        command=(program, driver), file=file, folder=folder, variables=dict(os.environ), versions={"hello": "2.0"},
        lock="3b" * 32, runtime="here",
    )  # fmt: skip


@pytest.fixture
def of_python(tmp_path):
    return prepared(tmp_path, PYTHON, ".py", sys.executable)


def ends(ready, *names, seconds=30.0):
    return {name: message for name, (_, message) in running.run(ready, names, seconds).items()}


def test_a_function_passes_or_fails_with_its_line(of_python):
    found = ends(of_python, "it_holds", "it_fails", "it_waits")
    assert found["it_holds"] == ""
    line = PYTHON.split("\n").index('    assert {"a": 1} == {"a": shown}, shown') + 1
    assert (
        found["it_fails"]
        == f'line {line} (assert {{"a": 1}} == {{"a": shown}}, shown): AssertionError: <object object>'
    )
    assert found["it_waits"].endswith("ValueError: after waiting")


def test_what_ends_the_process_fails_alone(of_python):
    found = ends(of_python, "it_leaves", "it_holds", "it_exits", "it_holds")
    assert found["it_leaves"] == "exit status 3"
    assert found["it_exits"].endswith("SystemExit: no more")
    assert found["it_holds"] == ""


def test_what_does_not_end_fails_alone_and_the_order_stays(of_python):
    found = ends(of_python, "it_holds", "it_hangs", "it_fails", seconds=2.0)
    assert list(found) == ["it_holds", "it_hangs", "it_fails"]
    assert (found["it_holds"], found["it_hangs"]) == ("", "no end after 2 s")
    assert "AssertionError" in found["it_fails"]


def test_a_file_that_cannot_be_imported_fails_every_function(of_python):
    of_python.file.write_text("import no_such_package\n" + PYTHON)
    found = ends(of_python, "it_holds", "it_waits")
    assert all("No module named 'no_such_package'" in message for message in found.values())


def test_functions_of_node_pass_or_fail_with_their_line(tmp_path):
    found = ends(prepared(tmp_path, NODE, ".mjs", "node"), "it_holds", "it_fails")
    assert found["it_holds"] == ""
    assert found["it_fails"] == "line 12 (assert.equal(1, 2, 'not the same');): AssertionError: not the same 1 !== 2"


@pytest.fixture
def subject(tmp_path, monkeypatch):
    folder = tmp_path / "demonstrations"
    folder.mkdir()
    (folder / "hello.py").write_text('# /// script\n# dependencies = ["hello[more]"]\n# ///\n' + PYTHON)
    monkeypatch.setattr(environments, "LOCKS", tmp_path / "locks")
    monkeypatch.setattr(command, "RESULTS", tmp_path / "results")
    file = demonstrations.load(folder)[0]["hello"]
    program = Program("hello", tmp_path / "hello.py", ("hello", "server"))
    return Subject(file=file, program=program, package="hello", purl="pkg:pypi/hello")


def test_the_newest_release_is_asked_for_with_what_the_file_adds(subject, monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(python, "newest_release", lambda package: "2.0")
    monkeypatch.setattr(smoked, "newest_of", lambda entry: (Interpreter("3.13.0", tmp_path), ["six"]))
    monkeypatch.setattr(python, "resolve", lambda wanted, _: asked.append(wanted) or python.Lock("hello==2.0\n"))
    assert environments.lock(subject) == {"hello": "2.0"}
    assert asked == [["hello==2.0", "server", "httpx", "hello[more]==2.0", "six"]]


def test_what_is_measured_says_what_ran(subject, of_python, monkeypatch):
    monkeypatch.setattr(running, "prepare", lambda _: of_python)
    monkeypatch.setattr(running, "LONGEST", 5.0)
    names = ("it-holds", "it-fails")
    kept = {name: subject.file.demonstrations[name] for name in names}
    some = replace(subject, file=replace(subject.file, demonstrations=kept))
    result, words = running.measure(some)
    assert (result.version, result.digest, result.lock) == ("2.0", subject.file.digest, of_python.lock)
    assert result.functions["it-holds"].outcome == "passed"
    assert result.functions["it-fails"].claim == "It fails."
    assert words.startswith("2.0: 1 passed, 1 failed; it-fails: line ")


def test_only_what_was_not_run_as_it_is_now_is_missing(subject):
    assert command.is_missing(subject)
    subject.lock.file.parent.mkdir()
    subject.lock.file.write_text("hello==2.0\n")
    example = EXAMPLES["demonstrations/hello"]
    assert isinstance(example, DemonstrationsRun)
    outcome = {"it-holds": DemonstrationOutcome(outcome="passed", claim="It holds.", seconds=0.1)}
    current = example.model_copy(
        update={"digest": subject.file.digest, "lock": subject.lock.digest, "functions": outcome}
    )
    output.write_result(command.RESULTS / "hello.json", current)
    assert not command.is_missing(subject)
    subject.lock.file.write_text("hello==2.1\n")
    assert command.is_missing(subject)
