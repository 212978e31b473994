"""GitHub shows every problem and every notice of `make check` at its line of the diff, each as what it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
(MATCHER,) = json.loads((ROOT / ".github/problem-matcher.json").read_text(encoding="utf-8"))["problemMatcher"]
(PATTERN,) = MATCHER["pattern"]
MESSAGES = (ROOT / "tests/unit/broken/messages.txt").read_text(encoding="utf-8").splitlines()


def matched(line: str) -> dict[str, str]:
    """Return what GitHub reads in a line of output."""
    groups = re.fullmatch(PATTERN["regexp"].removeprefix("^").removesuffix("$"), line)
    assert groups, line
    found = {key: groups[number] or "" for key, number in PATTERN.items() if key != "regexp"}
    return {**found, "severity": found["severity"] or MATCHER["severity"]}


def test_every_message_of_the_checks_is_an_error_at_its_line():
    assert MESSAGES
    for line in MESSAGES:
        found = matched(line)
        assert line == f"{found['file']}:{found['line']}:{found['column']}: {found['message']}"
        assert found["severity"] == "error"


@pytest.mark.parametrize("file", ["data/frameworks/flask.yml", "lab/apps/flask/app.yml"])
def test_a_notice_is_a_notice(file):
    assert matched(f"{file}:50:1: notice: 1 fact read for a release: 3.0.") == {
        "file": file,
        "line": "50",
        "column": "1",
        "severity": "notice",
        "message": "1 fact read for a release: 3.0.",
    }


def test_other_output_is_no_problem():
    assert not re.match(PATTERN["regexp"], "data/ is in order: 46 entries, 1,645 facts stated, 29 rules.")
