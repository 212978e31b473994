"""Which parameters count as annotated, in packages written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.type_coverage.parameters import Annotated, count_parameters

MODULE = """
def greet(name: str, loud=False, *names: str, end: str = "", **more): ...
def _hidden(name: str): ...
async def wait(seconds: float): ...
class Greeter:
    def __init__(self, name: str): ...
    def greet(self, loud): ...
    @classmethod
    def make(cls, name: str): ...
    @staticmethod
    def quiet(name: str): ...
    def _hidden(self, name): ...
    def __eq__(self, other: object): ...
class _Hidden:
    def greet(self, name: str): ...
def outer(a: int):
    def inner(b): ...
"""
COUNTED = Annotated(annotated=8, parameters=11)
"""greet 3 of 5, wait 1 of 1, __init__ 1 of 1, greet 0 of 1, make 1 of 1, quiet 1 of 1, outer 1 of 1."""


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    (tmp_path / "hello").mkdir()
    (tmp_path / "hello/__init__.py").write_text(MODULE)
    return tmp_path


def test_parameters_of_public_functions_and_methods_count(packages):
    assert count_parameters(packages, "hello") == COUNTED


def test_a_package_of_one_module_is_counted(packages):
    (packages / "hello/__init__.py").rename(packages / "alone.py")
    assert count_parameters(packages, "alone") == COUNTED


def test_a_stub_file_stands_for_its_module(packages):
    (packages / "hello/fast.py").write_text("def run(a, b): ...")
    (packages / "hello/fast.pyi").write_text("def run(a: int, b: int) -> int: ...")
    assert count_parameters(packages, "hello") == Annotated(COUNTED.annotated + 2, COUNTED.parameters + 2)


def test_its_own_tests_and_what_cannot_be_parsed_do_not_count(packages):
    (packages / "hello/tests").mkdir()
    (packages / "hello/tests/test_hello.py").write_text("def check(a): ...")
    (packages / "hello/old.py").write_text("print 'two'")
    assert count_parameters(packages, "hello", ["hello.tests"]) == COUNTED


def test_a_package_without_a_function_has_no_parameters(tmp_path):
    (tmp_path / "data.py").write_text("x = 1")
    assert count_parameters(tmp_path, "data") == Annotated(0, 0)
