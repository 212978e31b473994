"""What the weekly workflow reports, and what it takes over from the job that ran other people's code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tools import evidence

ROOT = Path(__file__).parents[2]


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "smoke.txt").write_bytes(b"first\n[#-] 1/2 alpha\r[##] 2/2 beta: failed\nlast\n")
    (folder / "probes.txt").write_text("all answered\n")
    (folder / "changes.txt").write_text("- registry of alpha: latest.version was 1, is 2\n")
    (folder / "check.txt").write_text("data/ is in order\n")
    return folder


def test_the_report_shows_changes_outcomes_and_the_logs_of_failures(logs):
    found = {"smoke": "failure", "probes": "success", "books": "skipped", "changes": "success", "check": "success"}
    text = evidence.report(found, logs)
    assert "```\n- registry of alpha: latest.version was 1, is 2\n```" in text
    assert "| smoke | failure |" in text
    assert "### smoke\n\n```\nfirst\n[##] 2/2 beta: failed\nlast\n```" in text
    assert "### books\n\n```\nIt left no log.\n```" in text
    assert "all answered" not in text


def test_a_log_cannot_leave_its_block(logs):
    (logs / "smoke.txt").write_text("```\n@someone fixes #1\n````\n")
    text = evidence.report({"smoke": "failure"}, logs)
    assert "`````\n```\n@someone fixes #1\n````\n`````" in text


def test_a_report_fits_into_a_pull_request(logs):
    for name in ("changes", "check", "smoke"):
        (logs / f"{name}.txt").write_text(f"{'x' * 5000}\n" * 3000)
    assert len(evidence.report({"smoke": "failure", "changes": "success"}, logs)) < 65_536


def test_a_step_that_failed_fails_the_run(monkeypatch, capsys):
    monkeypatch.setenv("STEPS", json.dumps({"smoke": {"outcome": "success", "outputs": {}}}))
    assert evidence.main(["failed"]) == 0
    monkeypatch.setenv("STEPS", json.dumps({"smoke": {"outcome": "failure"}, "books": {"outcome": "cancelled"}}))
    assert evidence.main(["failed"]) == 1
    assert "Failed: smoke, books" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["accept"], ["nothing", "here"]])
def test_a_wrong_call_lists_the_calls(arguments, capsys):
    assert evidence.main(arguments) == 2
    assert "accept FOLDER" in capsys.readouterr().err


def put(folder: Path, name: str, text: str = "{}") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


TAKEN = (
    "data/measured/popularity.json",
    "data/measured/downloads-per-month.yml",
    "data/measured/books/flask.json",
    "lab/probes/setups/flask.txt",
    "lab/probes/setups/express/package-lock.json",
    "lab/blocks/locks/flask-today.txt",
    "lab/demonstrate/locks/flask.txt",
    "lab/demonstrate/locks/express/package-lock.json",
    "lab/apps/flask/requirements.in",
    "lab/apps/nestjs/package-lock.json",
)


def test_measurements_and_locks_are_taken_over(tmp_path):
    for name in TAKEN:
        put(tmp_path / "given", name, name)
    put(tmp_path / "root", TAKEN[0], "old")
    assert evidence.accept(tmp_path / "given", tmp_path / "root") == []
    assert {name: (tmp_path / "root" / name).read_text() for name in TAKEN} == {name: name for name in TAKEN}


@pytest.mark.parametrize(
    "name",
    [
        ".github/workflows/ci.yml",
        "Makefile",
        "data/frameworks/flask.yml",
        "data/measured/books/flask.py",
        "data/measured/a/b/c.json",
        "data/measured/books/flask.yml",
        "lab/probes/setups/flask.json",
        "lab/probes/setups/package.json",
        "lab/probes/setups/express/package.txt",
        "lab/probes/setups/express/server.json",
        "lab/demonstrations/flask.py",
        "lab/demonstrate/driver.py",
        "lab/demonstrate/locks/flask.py",
        "lab/apps/flask/books/app.py",
        "lab/apps/flask/package.json.sh",
        "lab/books/command.py",
        "requirements.txt",
    ],
)
def test_anything_else_is_refused_and_nothing_is_taken_over(tmp_path, name, capsys, monkeypatch):
    monkeypatch.setattr(evidence, "ROOT", tmp_path / "root")
    put(tmp_path / "given", TAKEN[0])
    put(tmp_path / "given", name)
    assert evidence.main(["accept", str(tmp_path / "given")]) == 1
    assert capsys.readouterr().err == f"{name} is neither a measurement nor a lock.\n"
    assert not (tmp_path / "root").exists()


def test_links_and_large_files_are_refused(tmp_path):
    put(tmp_path, "data/measured/large.json", "x" * (evidence.MOST_BYTES + 1))
    (tmp_path / "data/measured/link.json").symlink_to("/etc/passwd")
    (tmp_path / "data/measured/books").symlink_to("/etc")
    assert [reason.partition(" ")[2] for reason in evidence.refused(tmp_path)] == [
        "is a symbolic link.",
        f"has more than {evidence.MOST_BYTES} bytes.",
        "is a symbolic link.",
    ]


@pytest.mark.parametrize(
    ("measurement", "locks"),
    [
        ("probes", {"lab/probes/setups/**/*.json", "lab/probes/setups/*.txt"}),
        ("demonstrations", {"lab/demonstrate/locks"}),
    ],
)
def test_environments_are_locked_again_before_they_are_run(measurement, locks):
    """So that the weekly run is of the newest releases; every lock that moved is taken over."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/evidence.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["measure"]["steps"]
    commands = [step.get("run", "").partition(" 2>")[0].strip() for step in steps]
    locked, asked = (f".venv/bin/python -m lab {measurement}{option}" for option in (" --lock", ""))
    assert commands.index(locked) < commands.index(asked)
    kept = next(step["with"]["path"] for step in steps if step.get("with", {}).get("name") == "evidence").split()
    assert {"data/measured"} | locks <= set(kept)


def test_all_that_is_measured_and_locked_today_would_be_taken_over():
    names = [
        file.relative_to(ROOT).as_posix()
        for pattern in (
            "data/measured/**/*",
            "lab/probes/setups/**/*",
            "lab/blocks/locks/*",
            "lab/demonstrate/locks/**/*",
            "lab/apps/*/requirements.*",
            "lab/apps/*/package*.json",
        )
        for file in ROOT.glob(pattern)
        if file.is_file()
    ]
    assert [name for name in names if not evidence.allowed(name)] == []
