"""Results are written whole: what fails or is interrupted leaves the old file."""

from pathlib import Path

import pytest

from lab.core import output, runner
from lab.core.errors import LabError
from macros.schema.measured.base import EntryResult


def test_what_cannot_be_measured_leaves_the_others_and_its_old_file(tmp_path, capsys):
    (tmp_path / "b.json").write_text("old")

    def work(name):
        if name == "b":
            raise LabError("the network is away")
        return EntryResult(entry=name, command="x", moment="2026-11-20T07:00:00Z"), "done"

    assert runner.measure_each(["a", "b", "c"], work, tmp_path) == 1
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {
        "a.json": '{\n "command": "x",\n "entry": "a",\n "moment": "2026-11-20T07:00:00Z"\n}\n',
        "b.json": "old",
        "c.json": '{\n "command": "x",\n "entry": "c",\n "moment": "2026-11-20T07:00:00Z"\n}\n',
    }
    assert "b: not measured: the network is away" in capsys.readouterr().err


def test_an_interruption_while_writing_leaves_the_old_file(tmp_path, monkeypatch):
    file = tmp_path / "a.json"
    file.write_text("old")

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        output.write_json(file, {"new": 1})
    assert [(found.name, found.read_text()) for found in tmp_path.iterdir()] == [("a.json", "old")]
