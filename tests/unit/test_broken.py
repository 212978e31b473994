"""One data folder in which everything is wrong, against its whole list of messages in messages.txt."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from macros.catalog import sources
from macros.checks.rules import RULES, Scope
from macros.reading.folders import Folders

HERE = Path(__file__).parent / "broken"
BROKEN = HERE / "data"
EXPECTED = (HERE / "messages.txt").read_text(encoding="utf-8").splitlines()


def undated(line: str) -> str:
    """Return the line without the day on which it was printed."""
    return re.sub(r"today is [0-9-]+", "today is …", line)


def place(line: str) -> tuple[str, int, int, str]:
    path, row, column, message = line.split(":", 3)
    return path, int(row), int(column), message


@pytest.fixture(scope="module")
def found() -> sources.Sources:
    return sources.load(Folders.around(BROKEN))


def test_every_message_line_by_line(problems_of):
    assert problems_of(BROKEN) == EXPECTED


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_finds_something_here(rule, found, today):
    assert list(rule(Scope(found, today)))


def test_every_problem_has_a_line_and_a_column_in_its_file():
    for path, row, column, _ in map(place, EXPECTED):
        lines = (HERE / path).read_bytes().decode("utf-8", "replace").split("\n")
        assert 1 <= row <= len(lines), path
        assert 1 <= column <= len(lines[row - 1]) + 1, path


def test_the_command_prints_them_all_at_once_in_order_and_fails():
    command = [sys.executable, "-m", "macros", "check", "--data", str(BROKEN)]
    done = subprocess.run(command, cwd=HERE.parents[2], capture_output=True, encoding="utf-8", check=False)
    lines = done.stdout.splitlines()
    files = len({place(line)[0] for line in lines})
    assert done.returncode == 1
    assert list(map(undated, lines)) == list(map(undated, EXPECTED))
    assert lines == sorted(lines, key=place)
    assert done.stderr.strip() == (
        f"{len(lines)} problems in {files} files. Nothing was built. CONTRIBUTING.md explains the fields."
    )


def test_the_command_accepts_what_is_in_order(good):
    command = [sys.executable, "-m", "macros", "check", "--data", str(good)]
    done = subprocess.run(command, cwd=HERE.parents[2], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    *notices, last = done.stdout.splitlines()
    assert re.fullmatch(rf"data/ is in order: \d+ entries, \d+ facts stated, {len(RULES)} rules\.", last)
    assert all(": notice: " in line for line in notices)


def test_the_command_refuses_a_folder_that_there_is_not():
    command = [sys.executable, "-m", "macros", "check", "--data", "nowhere"]
    done = subprocess.run(command, cwd=HERE.parents[2], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "there is no folder nowhere. Run this in the project's folder." in done.stderr
    assert "Traceback" not in done.stderr
