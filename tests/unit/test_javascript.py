"""What the check of JavaScript does with npm: it installs when the lock changed, runs every check, says what failed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

from tools import javascript, npm
from tools.preview import ROOT

NPM = """
import os, sys
from pathlib import Path
with Path("asked").open("a") as asked:
    print(*sys.argv[1:], file=asked)
if sys.argv[1] == "ci":
    Path("node_modules").mkdir(exist_ok=True)
sys.exit(int(os.environ.get(sys.argv[-1] if sys.argv[1] == "run" else "ci", "0")))
"""


@pytest.fixture
def project(tmp_path):
    """Return a folder with a lock, and the command of an npm that writes down what it was asked."""
    (tmp_path / "npm.py").write_text(NPM)
    (tmp_path / "package-lock.json").write_text("{}")
    return tmp_path, [sys.executable, str(tmp_path / "npm.py")]


def asked(folder):
    """Return the first words of what npm was asked, and forget them."""
    words = [line.split()[0] for line in (folder / "asked").read_text().splitlines()]
    (folder / "asked").write_text("")
    return words


def test_it_installs_once_and_again_when_the_lock_changes(project):
    folder, command = project
    for _ in range(2):
        assert javascript.install(folder, command, dict(os.environ)) == 0
    assert asked(folder) == ["ci"]
    (folder / "package-lock.json").write_text('{"packages": {}}')
    assert javascript.install(folder, command, dict(os.environ)) == 0
    assert asked(folder) == ["ci"]


def test_an_installation_that_failed_is_tried_again(project):
    folder, command = project
    assert javascript.install(folder, command, {**os.environ, "ci": "7"}) == 7
    assert javascript.install(folder, command, dict(os.environ)) == 0
    assert asked(folder) == ["ci", "ci"]


def test_every_check_runs_and_the_first_failure_is_the_status(project, capfd):
    folder, command = project
    assert javascript.run(javascript.CHECKS, folder, command, dict(os.environ)) == 0
    assert asked(folder) == ["run"] * len(javascript.CHECKS)
    assert javascript.run(javascript.CHECKS, folder, command, {**os.environ, "types": "2", "test": "3"}) == 2
    assert asked(folder) == ["run"] * len(javascript.CHECKS)
    assert re.findall(r"`npm run (\w+)` failed", capfd.readouterr().err) == ["types", "test"]


def test_what_is_run_is_a_script_of_the_package():
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert set(javascript.CHECKS | javascript.FORMAT) <= set(package["scripts"])


def test_programs_are_pinned():
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert "dependencies" not in package
    assert [name for name, version in package["devDependencies"].items() if not version[0].isdigit()] == []


def test_node_comes_from_the_python_package_whatever_is_on_the_path(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    node, (same, script) = npm.commands("a check")
    assert node == same
    done = subprocess.run([node, script, "--version"], env=npm.environment(node), capture_output=True, check=True)
    assert done.stdout.strip()


def test_without_the_package_it_comes_from_the_path_or_is_missed(monkeypatch, tmp_path):
    monkeypatch.setattr(npm, "from_wheel", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match=r"^There is no node, and a check needs it\."):
        npm.commands("a check")
    for name in ("node", "npm"):
        (tmp_path / name).touch(mode=0o755)
    assert npm.commands("a check") == (str(tmp_path / "node"), [str(tmp_path / "npm")])


def test_an_older_node_is_refused(tmp_path, monkeypatch):
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\necho v18.0.0\n")
    node.chmod(0o755)
    monkeypatch.setattr(npm, "from_wheel", lambda: [str(node), "npm-cli.js"])
    with pytest.raises(SystemExit, match=r"needs Node\.js [\d.]+ or later; .* is v18\.0\.0\."):
        javascript.found()
