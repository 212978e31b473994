"""Results of the lab that cannot be used: each is named with the way to what is wrong and the command to run."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from macros.reading import measurements

AGAIN = "A program writes this file: run python -m lab"
Spoil = Callable[[dict[str, Any]], Any]


@pytest.fixture
def spoilt(data: Path) -> Callable[[str, Spoil], list[str]]:
    """Return a function that changes a result and gives what is then said about data/measured/."""

    def change(name: str, spoil: Spoil) -> list[str]:
        file = data / "measured" / f"{name}.json"
        found = json.loads(file.read_text(encoding="utf-8"))
        spoil(found)
        file.write_text(json.dumps(found), encoding="utf-8")
        return [str(problem) for problem in measurements.load(data, "data")[1]]

    return change


FILES = {
    "registry/alpha-rest": "registry alpha-rest",
    "registry/gamma": "registry gamma",
    "smoke/alpha-rest": "smoke alpha-rest",
    "probes/gamma": "probes --setup gamma",
    "books/beta": "books beta",
    "citations/beta": "citations beta",
    "popularity": "popularity --live",
    "blocks": "blocks",
}
"""Results in the data of this folder's tests, and how each is written again."""


@pytest.mark.parametrize(("name", "command"), FILES.items())
def test_a_key_that_is_not_declared_is_refused(spoilt, name, command):
    (line,) = spoilt(name, lambda found: found.update({"x-ray": 1}))
    assert line.startswith(f"data/measured/{name}.json:1:1: x-ray is not a key here. Keys are ")
    assert line.endswith(f" {AGAIN} {command}.")


@pytest.mark.parametrize(("name", "command"), FILES.items())
def test_what_is_missing_is_named(spoilt, name, command):
    found = spoilt(name, lambda found: [found.pop("command"), found.pop("moment")])
    assert found == [
        f"data/measured/{name}.json:1:1: {key} is missing. Add it. {AGAIN} {command}." for key in ("command", "moment")
    ]


@pytest.mark.parametrize(
    ("name", "spoil", "said"),
    [
        (
            "smoke/alpha-rest",
            lambda found: found.update(newest_python=found.pop("newest-python")),
            "newest_python is not a key here. Did you mean newest-python?",
        ),
        (
            "probes/gamma",
            lambda found: found["probes"]["async-handler"]["observed"]["exchanges"][0].update(milliseconds=3),
            "probes.async-handler.observed.exchanges.0.milliseconds: milliseconds is not a key here. "
            "Keys are body, headers, request, status.",
        ),
        (
            "probes/gamma",
            lambda found: found["probes"]["async-handler"]["observed"]["figures"].update(seconds=None),
            'probes.async-handler.observed.figures.seconds: seconds "null" is not a number, a text or a list of them.',
        ),
        (
            "books/beta",
            lambda found: found["items"]["live"].update(outcome="passd"),
            'items.live.outcome: outcome must be one of passed, absent, failed; not "passd". Did you mean passed?',
        ),
        (
            "books/beta",
            lambda found: found.update(files="3b"),
            'files "3b" is not a SHA-256. It has 64 hexadecimal digits.',
        ),
        (
            "smoke/alpha-rest",
            lambda found: found["outcomes"][0].update(python="three"),
            'outcomes.0.python: python "three" is not a version of Python. It looks like 3.13 or 3.13.0.',
        ),
        (
            "registry/gamma",
            lambda found: found.update(ecosystem="pypi"),
            "engines is not a key here.",
        ),
        (
            "registry/gamma",
            lambda found: found.pop("ecosystem"),
            "ecosystem is missing. Add it.",
        ),
        (
            "registry/alpha-rest",
            lambda found: found.update({"requires-python": None}),
            "The file gives no reason in not-available for requires-python.",
        ),
        (
            "registry/gamma",
            lambda found: found["not-available"].update(package="none"),
            "The file gives a reason for package, which is not null.",
        ),
        (
            "popularity",
            lambda found: found["entries"]["alpha-rest"].update({"not-available": {}}),
            "entries.alpha-rest: alpha-rest gives no reason in not-available for stars.",
        ),
    ],
)
def test_what_does_not_fit_is_said_with_the_way_to_it(spoilt, name, spoil, said):
    found = spoilt(name, spoil)
    assert any(line.startswith(f"data/measured/{name}.json:1:1: {said}") for line in found), found


def test_where_json_ends_has_a_position(data, problems_of):
    (data / "measured/smoke/alpha-rest.json").write_text('{\n "entry": "alpha-rest",\n "moment": oops\n}\n')
    assert problems_of(data) == [
        f"data/measured/smoke/alpha-rest.json:3:12: This is not JSON. {AGAIN} smoke alpha-rest."
    ]
