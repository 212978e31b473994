"""Every lock holds hashes and no hosts; the project's three share one set of versions."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
DIRECT = {
    "requirements.txt": PROJECT["dependencies"],
    "requirements-lab.txt": [*PROJECT["dependencies"], *EXTRAS["lab"]],
    "requirements-test.txt": [*PROJECT["dependencies"], *EXTRAS["lab"], *EXTRAS["test"]],
}
"""What `pyproject.toml` asks for in each lock."""


def files(*patterns: str) -> list[str]:
    """Return the files of the repository that match, from its root."""
    return sorted(file.relative_to(ROOT).as_posix() for pattern in patterns for file in ROOT.glob(pattern))


PYTHON = files(
    "requirements*.txt", "lab/apps/*/requirements.txt", "lab/probes/setups/*.txt", "lab/blocks/locks/*.txt",
    "lab/demonstrate/locks/*.txt",
)  # fmt: skip
NODE = files(
    "package-lock.json", "lab/apps/*/package-lock.json", "lab/probes/setups/*/package-lock.json",
    "lab/demonstrate/locks/*/package-lock.json",
)  # fmt: skip


def lines(name: str) -> list[Requirement]:
    """Return the pins of a Python lock, one for each package and marker."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return [Requirement(line.rstrip(" \\")) for line in re.findall(r"^[A-Za-z0-9].*$", text, re.MULTILINE)]


def pins(name: str) -> dict[str, set[str]]:
    """Return the pinned versions of each package: more than one where they depend on the Python."""
    found: dict[str, set[str]] = {}
    for pin in lines(name):
        found.setdefault(canonicalize_name(pin.name), set()).add(str(pin.specifier))
    return found


@pytest.mark.parametrize("name", PYTHON)
def test_a_lock_of_python_has_hashes_and_no_hosts(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert lines(name)
    assert [pin.name for pin in lines(name) if not re.fullmatch(r"==[^*,]+", str(pin.specifier))] == []
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text
    assert "--index-url" not in text


@pytest.mark.parametrize("name", NODE)
def test_a_lock_of_node_has_hashes_and_no_hosts(name):
    packages = json.loads((ROOT / name).read_text(encoding="utf-8"))["packages"]
    pinned = {where: package for where, package in packages.items() if where}
    assert pinned
    assert [where for where, package in pinned.items() if "resolved" in package] == []
    assert [where for where, package in pinned.items() if "integrity" not in package] == []


def test_every_lock_of_the_lab_is_looked_at():
    assert set(DIRECT) <= set(PYTHON)
    folders = {Path(name).parent.as_posix() for name in (*PYTHON, *NODE)}
    applications = {f"lab/apps/{Path(name).parent.name}" for name in files("lab/apps/*/app.yml")}
    assert applications | {"lab/probes/setups", "lab/blocks/locks", "lab/demonstrate/locks"} <= folders


@pytest.mark.parametrize("name", DIRECT)
def test_a_lock_holds_what_is_asked_for(name):
    found = pins(name)
    asked = [Requirement(line) for line in DIRECT[name] if not line.startswith(PROJECT["name"])]
    wrong = [
        f"{line.name}: {line.specifier} is asked for, {found.get(canonicalize_name(line.name))} is locked"
        for line in asked
        if found.get(canonicalize_name(line.name)) != {str(line.specifier)}
    ]
    assert wrong == [], "run `make lock`"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-lab.txt"])
def test_the_locks_share_one_set_of_versions(name):
    everything = pins("requirements-test.txt")
    assert {package: found for package, found in pins(name).items() if everything.get(package) != found} == {}


def test_the_site_is_built_without_the_tools_of_the_tests_and_of_the_lab():
    tools = {canonicalize_name(Requirement(line).name) for extra in EXTRAS.values() for line in extra} - {
        canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]
    }
    # mkdocs-material itself needs requests.
    assert tools & set(pins("requirements.txt")) == {"requests"}
