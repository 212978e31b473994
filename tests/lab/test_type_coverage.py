"""The share of known types: recorded reports of pyright, and packages laid out by hand. No network."""

import json
import sys
from pathlib import Path

import pytest

from lab.core import output, paths, python
from lab.core.errors import LabError, RefusedError
from lab.core.python import Environment, Interpreter, Lock
from lab.type_coverage import command
from macros.schema.measured.type_coverage import TypeCounts, TypeCoverage

RECORDED = Path(__file__).parent / "recorded" / "type_coverage"
PYTHON = Interpreter("3.13.0", Path("/nowhere"))


def recorded(name):
    return json.loads((RECORDED / f"{name}.json").read_text())


def symbol(name, state="known", exported=True):
    return {
        "name": name,
        "isExported": exported,
        "isTypeKnown": state == "known",
        "isTypeAmbiguous": state == "ambiguous",
    }


def report(*symbols, version="1.1.414"):
    complete = {"symbols": list(symbols)}
    missing = [] if symbols else [{"message": "No py.typed file found"}]
    return {"version": version, "typeCompleteness": complete, "generalDiagnostics": missing}


@pytest.fixture
def environment(tmp_path):
    made = Environment(tmp_path, PYTHON, Lock("hello==2.0\n"))
    made.packages.mkdir(parents=True)
    return made


def install(environment, *files, distribution="hello-2.0"):
    information = environment.packages / f"{distribution}.dist-info"
    information.mkdir()
    rows = [f"{file},sha256=aa,1\n" for file in files] + ["../../../bin/hello,,\n", f"{information.name}/RECORD,,\n"]
    (information / "RECORD").write_text("".join(rows))
    for file in files:
        (environment.packages / file).parent.mkdir(parents=True, exist_ok=True)
        (environment.packages / file).write_text("x = 1\n")


# Reports


def test_a_recorded_report_is_counted():
    found = recorded("flask-vitals")
    assert command.refusal(found) is None
    assert command.counts(found) == TypeCounts(known=4, ambiguous=0, unknown=0, share=1.0)
    exported = found["typeCompleteness"]["exportedSymbolCounts"]
    assert exported == {"withKnownType": 4, "withAmbiguousType": 0, "withUnknownType": 0}


def test_a_recorded_refusal_is_told():
    assert command.refusal(recorded("masonite")) == "No py.typed file found"


def test_only_exported_symbols_outside_the_packages_own_tests_count():
    found = report(
        symbol("hello.greet"),
        symbol("hello.Greeter", "unknown"),
        symbol("hello.testing.client", "ambiguous"),
        symbol("hello._Hidden", "unknown", exported=False),
        symbol("hello.test", "unknown"),
        symbol("hello.test.greet_test", "unknown"),
    )
    assert command.counts(found) == TypeCounts(known=1, ambiguous=1, unknown=3, share=0.2)
    assert command.counts(found, ["hello.test"]) == TypeCounts(known=1, ambiguous=1, unknown=1, share=0.3333)
    with pytest.raises(LabError, match="it exports nothing but its tests"):
        command.counts(found, ["hello"])


def test_a_test_suite_is_known_by_its_files(environment):
    install(
        environment, "hello/__init__.py", "hello/test/web_test.py", "hello/x/tests/test_x.py", "hello/testing/client.py"
    )
    assert command.own_tests(environment.packages, "hello") == ["hello.test", "hello.x.tests"]
    install(environment, "django/test/client.py", distribution="django-6.1.3")
    assert command.own_tests(environment.packages, "django") == []


# Packages


def test_a_package_is_imported_by_the_name_of_its_files(environment):
    install(environment, "rest_framework/__init__.py", distribution="djangorestframework-3.18.3")
    install(environment, "hello.py", "tests/test_hello.py", distribution="python_hello-1.0")
    assert command.import_name(environment.packages, "djangorestframework") == "rest_framework"
    assert command.import_name(environment.packages, "python-hello") == "hello"


def test_an_unclear_name_is_an_error(environment):
    install(environment, "one/__init__.py", "two/__init__.py", distribution="both-1.0")
    with pytest.raises(LabError, match="both is imported as one or two"):
        command.import_name(environment.packages, "both")
    with pytest.raises(LabError, match="absent is not installed"):
        command.import_name(environment.packages, "absent")


def test_the_marker_is_added_to_a_package_and_to_a_module(environment):
    install(environment, "hello/__init__.py")
    install(environment, "decouple.py", distribution="python_decouple-3.8")
    command.add_marker(environment.packages, "hello")
    command.add_marker(environment.packages, "decouple")
    assert (environment.packages / "hello" / "py.typed").is_file()
    assert (environment.packages / "decouple" / "__init__.py").read_text() == "x = 1\n"
    assert not (environment.packages / "decouple.py").exists()


# Results


@pytest.fixture
def measured(environment, monkeypatch):
    monkeypatch.setattr(python, "newest_release", lambda package: "2.0")
    monkeypatch.setattr(command, "install", lambda entry, requirement: (environment, "3.13"))

    def measure(*reports):
        queue = list(reports)
        monkeypatch.setattr(command, "verify", lambda *_: queue.pop(0))
        result, words = command.measure("hello", "hello", environment)
        assert queue == []
        return result, words

    return measure


def test_a_typed_package_is_measured_as_it_is(environment, measured):
    install(environment, "hello/__init__.py", "hello/py.typed")
    result, words = measured(report(symbol("hello.a"), symbol("hello.b", "unknown")))
    assert not result.marker_added
    assert (result.known, result.ambiguous, result.unknown, result.share, result.total) == (1, 0, 1, 0.5, 2)
    assert (result.tool.name, result.tool.version, result.version) == ("pyright", "1.1.414", "2.0")
    assert (result.package, result.module) == ("pkg:pypi/hello", "hello")
    assert (result.without, result.as_reported) == ((), None)
    assert words == "hello 2.0: 1 known, 0 ambiguous, 1 unknown"


def test_a_package_without_the_marker_is_refused_and_measured_with_it(environment, measured):
    install(environment, "hello/__init__.py")
    result, words = measured(report(), report(symbol("hello.a")))
    assert result.marker_added
    assert result.share == 1.0
    assert words.endswith("; py.typed added")


def test_what_the_tool_counts_with_the_tests_is_kept_besides(environment, measured):
    install(environment, "hello/__init__.py", "hello/py.typed", "hello/tests/test_x.py")
    result, _ = measured(report(symbol("hello.a"), symbol("hello.tests.test_x.a", "unknown")))
    assert (result.share, result.without) == (1.0, ("hello.tests",))
    assert result.as_reported == TypeCounts(known=1, ambiguous=0, unknown=1, share=0.5)


def test_no_figure_is_made_up_where_there_is_none(environment, measured):
    install(environment, "hello/__init__.py", "hello/py.typed")
    with pytest.raises(LabError, match="pyright does not verify hello"):
        measured(report())


def test_a_later_python_is_taken_where_the_release_asks_for_it(environment, monkeypatch):
    asked = []

    def resolve(requirements, interpreter, later=None):
        asked.append(later or interpreter.version)
        if later != "3.14":
            raise RefusedError("needs Python>=3.14")
        return Lock("hello==2.0\n")

    monkeypatch.setattr(python, "interpreters", lambda: (PYTHON,))
    monkeypatch.setattr(python, "resolve", resolve)
    monkeypatch.setattr(python, "make", lambda *_: environment)
    assert command.install("hello", "hello==2.0") == (environment, "3.14")
    assert asked == ["3.13.0", "3.14"]


# The tool


def test_the_report_is_read_from_what_the_tool_prints(tmp_path):
    script = 'print("npm warn"); print(\'{"version": "1"}\'); raise SystemExit(1)'
    assert command.read_report([sys.executable, "-c", script], tmp_path, {}) == {"version": "1"}


@pytest.mark.parametrize("script", ["raise SystemExit('no node')", "print('{')"])
def test_a_tool_that_prints_no_report_is_an_error(tmp_path, script):
    with pytest.raises(LabError, match="the type checker printed no report"):
        command.read_report([sys.executable, "-c", script], tmp_path, {})


def test_the_results_add_up():
    files = sorted((paths.MEASURED / "type-coverage").glob("*.json"))
    assert files
    for file in files:
        found = output.read_result(file, TypeCoverage)
        assert found.share == round(found.known / found.total, 4), file.name
        assert bool(found.without) == bool(found.as_reported), file.name
