"""The runner of an article's blocks: where they are pasted, how steps end, what is counted. No network."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lab.blocks import command, environments, places
from lab.blocks.places import HERE, PLACES
from macros.schema.measured.blocks import BlockWarning

BLOCKS = Path(__file__).parents[2] / "data" / "blocks"
NUMBERS = sorted(file.stem.removeprefix("block-") for file in BLOCKS.glob("*.yml"))


def test_every_block_has_a_place_steps_and_tests():
    assert list(PLACES) == NUMBERS
    for number in NUMBERS:
        assert (HERE / number / "steps.py").is_file()
        assert (HERE / "tests" / f"test_{number}.py").is_file()


@pytest.mark.parametrize("number", NUMBERS)
def test_the_parts_of_a_block_are_all_of_it(number):
    place = PLACES[number]
    assert "".join(places.split(places.printed(number), place.parts).values()) == places.printed(number)
    assert "".join(places.split(places.today(number), place.today_parts).values()) == places.today(number)


@pytest.mark.parametrize("number", NUMBERS)
def test_todays_form_is_python_and_stands_beside_what_it_imports(number, tmp_path):
    ast.parse(places.today(number))
    places.place_today(number, tmp_path)
    assert all((tmp_path / name).is_file() for name in (*PLACES[number].today_parts, *PLACES[number].beside))


def test_one_block_is_no_python():
    wrong = []
    for number in NUMBERS:
        try:
            ast.parse(places.printed(number))
        except SyntaxError:
            wrong.append(number)
    assert wrong == ["07"]


def test_a_block_alone_has_nothing_above_it_and_in_context_what_is_given(tmp_path):
    places.place_printed("06", tmp_path / "alone", False)
    places.place_printed("06", tmp_path / "context", True)
    assert [file.name for file in (tmp_path / "alone").iterdir()] == ["reports.py"]
    assert (tmp_path / "alone/reports.py").read_text() == places.printed("06")
    assert (tmp_path / "context/reports.py").read_text().startswith("from sqlalchemy import text\nfrom app import db\n")
    assert (tmp_path / "context/app.py").read_text() == places.printed("03")


def test_settings_are_pasted_at_their_end(tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config/settings.py").write_text("DEBUG = True\n")
    places.place_printed("16", tmp_path, True)
    assert (tmp_path / "config/settings.py").read_text().startswith("DEBUG = True\nimport os\n\n# Production settings")


def driven(folder, code, which="all"):
    """Return what the steps of a file come to."""
    for name in ("drive.py", "kit.py"):
        (folder / name).write_text((HERE / name).read_text())
    (folder / "steps.py").write_text(code)
    subprocess.run([sys.executable, "drive.py", "steps.py", which], cwd=folder, check=True)
    return command.outcome_of((folder / "result.json").read_text())


STEPS = """
import warnings
def steps(take):
    take.run("one", lambda: 1)
    take.expect("two", lambda: "three")
    take.run("warn", lambda: warnings.warn("old\\nnews", DeprecationWarning))
    take.expect("four", lambda: None)
    {}
"""


def test_what_is_meant_and_does_not_come_about_is_no_failure(tmp_path):
    outcome = driven(tmp_path, STEPS.format("take.run('end', print)"))
    assert (outcome.ended, outcome.error) == ("warns", "")
    assert [(step.what, step.error) for step in outcome.steps] == [
        ("one", ""),
        ("two", "three"),
        ("warn", ""),
        ("four", ""),
        ("end", ""),
    ]
    assert outcome.warnings == (BlockWarning(category="DeprecationWarning", message="old", file="steps.py"),)


@pytest.mark.parametrize(
    ("step", "error"),
    [
        ("take.run('x', lambda: y)", "NameError: name 'y' is not defined"),
        ("take.run('x', lambda: compile('(}', 'f', 'exec'))", "SyntaxError: closing parenthesis"),
        ("take.run('x', lambda: exit(3))", "SystemExit: 3"),
    ],
)
def test_a_step_that_fails_ends_the_rest(step, error, tmp_path):
    outcome = driven(tmp_path, STEPS.format(f"{step}\n    take.run('never', print)"))
    assert outcome.ended == "fails"
    assert outcome.error.startswith(error)
    assert outcome.steps[-1].what == "x"


def test_an_assertion_without_words_tells_its_line(tmp_path):
    code = "def check():\n    assert 1 == 2\ndef steps(take):\n    take.run('x', check)\n"
    assert driven(tmp_path, code).error == "AssertionError: assert 1 == 2"


def test_expectations_may_be_left_out(tmp_path):
    assert [step.what for step in driven(tmp_path, STEPS.format(""), "run").steps] == ["one", "warn"]


def test_locks_have_hashes_and_no_host_and_pin_what_is_asked_for():
    for name, requirements in environments.REQUIREMENTS.items():
        text = environments.lock_file(name).read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("--hash=sha256:") > len(requirements)
        assert {re.split(r"\[", asked)[0] for asked in requirements} <= environments.versions(name).keys()
