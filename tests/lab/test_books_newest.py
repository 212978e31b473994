"""Direct dependencies of an application move to their newest releases, and stay where something holds them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from lab.books import newest
from lab.core.errors import LabError, RefusedError

WANTED = "flask[async]==3.1.0\n\n# The command imports pkg_resources.\nsetuptools==80.1.0\n"
WANTED_BY_TESTS = "pytest==9.1.0\n"
RELEASED = {"flask": "3.2.0", "setuptools": "82.0.0", "pytest": "9.2.0", "typescript": "7.0.2", "nest": "12.1.0"}


@dataclass(frozen=True)
class Written:
    """What is needed of an application: its folder and its language."""

    folder: Path
    language: str
    id: str = "written"


@pytest.fixture
def python(tmp_path, monkeypatch) -> Written:
    """Return a Python application; its lock holds the newest release of everything that is not pinned."""
    (tmp_path / "requirements.in").write_text(WANTED)
    (tmp_path / "requirements-test.in").write_text(WANTED_BY_TESTS)
    (tmp_path / "requirements.txt").write_text("flask==3.1.0\n")

    def lock(application: Written) -> None:
        wanted = "".join(file.read_text() for file in sorted(application.folder.glob("requirements*.in")))
        asked = re.findall(r"^(\w+)\S*?(?:==(\S+))?$", wanted, re.MULTILINE)
        text = "".join(f"{name}=={version or RELEASED[name]} \\\n    --hash=sha256:00\n" for name, version in asked)
        (application.folder / "requirements.txt").write_text(text)

    monkeypatch.setattr(newest, "lock", lock)
    return Written(tmp_path, "python")


def test_pins_of_python_move_but_for_the_one_with_a_reason(python):
    assert newest.move(python) == ["setuptools==80.1.0: stays, for the reason above it"]
    assert (python.folder / "requirements.in").read_text() == WANTED.replace("3.1.0", "3.2.0")
    assert (python.folder / "requirements-test.in").read_text() == "pytest==9.2.0\n"
    assert newest.newest_pins((python.folder / "requirements.txt").read_text()) == {
        "flask": "3.2.0",
        "setuptools": "80.1.0",
        "pytest": "9.2.0",
    }


@pytest.mark.parametrize("error", [LabError, RefusedError])
def test_what_cannot_be_resolved_leaves_the_files_as_they_were(python, error, monkeypatch):
    def refuse(application: Written) -> None:
        (application.folder / "requirements.txt").write_text("")
        raise error("No solution found")

    monkeypatch.setattr(newest, "lock", refuse)
    with pytest.raises(error):
        newest.move(python)
    assert (python.folder / "requirements.in").read_text() == WANTED
    assert (python.folder / "requirements-test.in").read_text() == WANTED_BY_TESTS
    assert (python.folder / "requirements.txt").read_text() == "flask==3.1.0\n"


def test_of_two_pins_for_two_pythons_the_lower_counts():
    text = "anyio==4.10 ; python_full_version >= '3.12' \\\nanyio==4.9 ; python_full_version < '3.12' \\\n"
    assert newest.newest_pins(text) == {"anyio": "4.9"}


PACKAGE = {
    "name": "books",
    "dependencies": {"nest": "12.0.0"},
    "devDependencies": {"typescript": "6.0.3", "@types/node": "20.1.0"},
}


@pytest.fixture
def node(tmp_path, monkeypatch) -> Written:
    """Return a Node.js application; npm refuses every TypeScript above 6."""
    (tmp_path / "package.json").write_text(json.dumps(PACKAGE))
    (tmp_path / "package-lock.json").write_text("old")

    def lock(application: Written) -> None:
        assert not (application.folder / "package-lock.json").exists()
        package = json.loads((application.folder / "package.json").read_text())
        if package["devDependencies"]["typescript"].startswith("7"):
            raise LabError("npm error code ERESOLVE")
        (application.folder / "package-lock.json").write_text(package["dependencies"]["nest"])

    monkeypatch.setattr(newest, "lock", lock)
    monkeypatch.setattr(newest.node, "newest_release", RELEASED.__getitem__)
    return Written(tmp_path, "node")


def test_packages_of_node_move_one_by_one_where_they_do_not_fit_together(node):
    assert newest.move(node) == ["typescript 6.0.3: stays, since 7.0.2 does not fit the others"]
    package = json.loads((node.folder / "package.json").read_text())
    assert package == PACKAGE | {"dependencies": {"nest": "12.1.0"}}
    assert (node.folder / "package-lock.json").read_text() == "12.1.0"


def test_packages_of_node_move_together_where_they_fit(node, monkeypatch):
    monkeypatch.setattr(newest.node, "newest_release", {**RELEASED, "typescript": "6.0.4"}.__getitem__)
    assert newest.move(node) == []
    assert json.loads((node.folder / "package.json").read_text())["devDependencies"]["typescript"] == "6.0.4"


def test_a_fault_of_the_network_is_no_conflict(node, monkeypatch):
    def unreachable(_: Written) -> None:
        raise LabError("npm error network")

    monkeypatch.setattr(newest, "lock", unreachable)
    with pytest.raises(LabError, match="network"):
        newest.move(node)
    assert json.loads((node.folder / "package.json").read_text()) == PACKAGE
    assert (node.folder / "package-lock.json").read_text() == "old"
