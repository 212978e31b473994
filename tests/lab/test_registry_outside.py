"""Packages without an entry that records cite: their releases are read, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.registry import command, outside
from lab.registry.answers import Answers
from macros.schema.measured.registry import NodeReading, PythonReading, RegistryReading

RECORDED = Path(__file__).parent / "recorded" / "registry"
FLASK, EXPRESS = "pkg:pypi/flask", "pkg:npm/express"


def releases_alone(package: str) -> dict[str, object]:
    """Return what a recorded answer has of the registry, without the install."""
    found = Answers(RECORDED).load(package) or {}
    return {key: found[key] for key in ("read", "index", "view") if key in found}


def read(package: str) -> RegistryReading:
    return outside.read(releases_alone(package), outside.name_of(package), package)


@pytest.mark.parametrize(
    ("package", "name"),
    [
        ("pkg:pypi/flask-cors", "pypi-flask-cors"),
        ("pkg:pypi/Werkzeug", "pypi-werkzeug"),
        ("pkg:npm/socket.io", "npm-socket-io"),
        ("pkg:npm/%40fastify/view", "npm-fastify--view"),
        ("pkg:npm/fastify-view", "npm-fastify-view"),
    ],
)
def test_the_file_of_a_package_is_named_after_it(package, name):
    assert outside.name_of(package) == name


def test_the_releases_of_a_python_package_are_read_without_an_install():
    reading = read(FLASK)
    assert isinstance(reading, PythonReading)
    assert (reading.entry, reading.latest.version, len(reading.releases)) == (None, "3.1.3", 7)
    assert (reading.releases_24_months, reading.since_last_release) == (3, 274)
    assert reading.command == "python -m lab registry pypi-flask"
    unread = {name for name, why in reading.not_available.items() if why == outside.UNREAD}
    assert {"entry", "dependencies", "installed", "installed-size", "vulnerabilities", "licence.expression"} <= unread


def test_the_releases_of_an_npm_package_are_read_without_an_install():
    reading = read(EXPRESS)
    assert isinstance(reading, NodeReading)
    assert reading.entry is None
    assert reading.latest.version == Answers(RECORDED).load(EXPRESS)["view"]["dist-tags"]["latest"]
    assert reading.not_available["engines"] == outside.UNREAD
    assert "a mirror's" in reading.not_available["latest.released"]


def test_a_run_writes_both_kinds_of_readings_and_asks_for_the_releases_alone(tmp_path):
    def fetch(package: str) -> dict[str, object]:
        return Answers(RECORDED).load(package) if package == FLASK else releases_alone(package)

    run = command.Run(Answers(tmp_path / "answers"), tmp_path / "out", fetch, {}, {EXPRESS})
    assert run.all({FLASK: ["flask"], EXPRESS: ["npm-express"]}) == {}
    written = {file.stem: file.read_text(encoding="utf-8") for file in (tmp_path / "out").iterdir()}
    assert set(written) == {"flask", "npm-express"}
    assert '"entry": "flask"' in written["flask"]
    assert '"entry": null' in written["npm-express"]


def test_of_an_outside_package_nothing_is_installed(monkeypatch):
    asked: list[str] = []
    monkeypatch.setitem(outside.FETCHERS, "pypi", lambda package: asked.append(package) or {"index": {}})
    monkeypatch.setitem(command.FETCHERS, "pypi", lambda package: {"install": package})
    fetch = command.fetching({"pkg:pypi/channels"})
    assert fetch("pkg:pypi/channels") == {"index": {}}
    assert fetch("pkg:pypi/django") == {"install": "pkg:pypi/django"}
    assert asked == ["pkg:pypi/channels"]


def test_only_an_entry_has_a_repository_whose_tags_can_be_read(tmp_path, capsys):
    with pytest.raises(SystemExit, match="2"):
        command.main(["--offline", "--tags", f"npm-socket-io={tmp_path}", "flask"])
    assert "Unknown: npm-socket-io." in capsys.readouterr().err
