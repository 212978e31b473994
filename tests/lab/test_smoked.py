"""On which Python an entry runs: what its smoke test found. No network."""

import pytest

from lab.core import output, python
from lab.core import smoked as lab_smoked
from lab.core.errors import LabError
from lab.core.python import Interpreter
from macros.schema.measured.smoke import Cure, Outcome, Smoke


@pytest.fixture
def smoked(tmp_path, monkeypatch):
    found = tuple(Interpreter(version, tmp_path) for version in ("3.13.0", "3.9.18"))
    monkeypatch.setattr(python, "interpreters", lambda: found)
    monkeypatch.setattr(lab_smoked, "MEASURED", tmp_path)

    def write(**found):
        result = Smoke(
            entry="hello",
            package="pkg:pypi/hello",
            version="2.0",
            outcomes=(Outcome(python="3.13.0", outcome="fail"),),
            packages={},
            machine=output.machine(),
            command="python -m lab smoke hello",
            moment=output.moment(),
            **found,
        )
        output.write_result(tmp_path / "smoke" / "hello.json", result)

    return write


def test_it_runs_on_the_python_on_which_the_smoke_test_passed(smoked):
    smoked(newest_python="3.9.18")
    interpreter, more = lab_smoked.python_of("hello")
    assert (interpreter.version, more) == ("3.9.18", [])


def test_it_runs_with_what_cured_the_smoke_test(smoked):
    smoked(newest_python=None, cured=Cure(python="3.13.0", outcome="pass", added=("setuptools<81",), packages={}))
    interpreter, more = lab_smoked.python_of("hello")
    assert (interpreter.version, more) == ("3.13.0", ["setuptools<81"])


def test_what_passes_nowhere_is_not_measured(smoked):
    with pytest.raises(LabError, match="Run: python -m lab smoke hello"):
        lab_smoked.python_of("hello")
    smoked(newest_python=None, cured=Cure(python="3.13.0", outcome="fail", added=("six",), packages={}))
    with pytest.raises(LabError, match="passes on no Python"):
        lab_smoked.python_of("hello")


def test_another_machine_takes_its_newest_python_up_to_that_one(smoked):
    smoked(newest_python="3.12.4")
    interpreter, more = lab_smoked.newest_of("hello")
    assert (interpreter.version, more) == ("3.9.18", [])
    smoked(newest_python="3.14.2")
    assert lab_smoked.newest_of("hello")[0].version == "3.13.0"
    smoked(newest_python=None)
    with pytest.raises(LabError, match="passes on no Python"):
        lab_smoked.newest_of("hello")
