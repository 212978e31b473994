"""Runs of the registry reading: what fails or is interrupted leaves everything else. No network."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from lab import __main__ as dispatcher
from lab.core.errors import LabError
from lab.registry import command
from lab.registry.answers import Answers
from tests.lab.registry_answers import DJANGO, EXPRESS, FLASK, QUART, RECORDED, recorded

PACKAGES = {FLASK: ["flask"], QUART: ["quart"], DJANGO: ["django", "django-orm"]}


def offline(tmp_path, fetch=None, tags=None):
    answers = tmp_path / "answers"
    shutil.copytree(RECORDED, answers, dirs_exist_ok=True)
    return command.Run(Answers(answers), tmp_path / "out", fetch, tags or {})


def everything(folder):
    return {file.name: file.read_text() for file in sorted(folder.iterdir())}


def test_an_offline_run_writes_every_entry_and_again_the_same(tmp_path):
    run = offline(tmp_path)
    assert run.all(PACKAGES | {EXPRESS: ["express"]}) == {}
    first = everything(run.folder)
    assert list(first) == ["django-orm.json", "django.json", "express.json", "flask.json", "quart.json"]
    assert json.loads(first["django-orm.json"])["entry"] == "django-orm"
    assert run.all(PACKAGES) == {}
    assert everything(run.folder) == first


def test_a_package_that_fails_leaves_the_others_and_its_old_file(tmp_path, capsys):
    offline(tmp_path).all(PACKAGES)
    old = everything(tmp_path / "out")
    (tmp_path / "out" / "flask.json").unlink()

    def fetch(package):
        if package == DJANGO:
            raise LabError("the index did not answer")
        return {key: value for key, value in recorded(package).items() if key not in ("package", "read")}

    failed = offline(tmp_path, fetch).all(PACKAGES)
    assert failed == dict.fromkeys(["django", "django-orm"], "the index did not answer")
    new = everything(tmp_path / "out")
    assert new["django.json"] == old["django.json"]
    assert set(new) == set(old)
    assert json.loads(new["flask.json"])["moment"] > json.loads(old["flask.json"])["moment"]
    assert "3/3" in capsys.readouterr().err


def test_an_answer_of_an_unknown_form_leaves_the_old_file(tmp_path):
    run = offline(tmp_path)
    run.all(PACKAGES)
    old = everything(run.folder)
    run.answers.store(FLASK, recorded(FLASK) | {"read": "yesterday"})
    assert list(run.all(PACKAGES)) == ["flask"]
    assert everything(run.folder) == old


def test_nothing_kept_is_a_failure_offline(tmp_path):
    run = command.Run(Answers(tmp_path), tmp_path / "out", None)
    assert run.all({FLASK: ["flask"]}) == {"flask": "nothing is kept of it; run without --offline"}
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("moment", ["write_text", "replace"])
def test_interrupted_writing_leaves_the_old_file_and_no_draft(tmp_path, monkeypatch, moment):
    run = offline(tmp_path)
    run.all(PACKAGES)
    old = everything(run.folder)
    kept = getattr(Path, moment)

    def interrupted(self, *arguments, **options):
        if moment == "write_text":
            kept(self, '{"half": ')
        raise KeyboardInterrupt

    run.answers.store(FLASK, recorded(FLASK) | {"read": "2026-11-21T00:00:00Z"})
    monkeypatch.setattr(Path, moment, interrupted)
    with pytest.raises(KeyboardInterrupt):
        run.write(run.readings(FLASK, ["flask"]))
    monkeypatch.undo()
    assert everything(run.folder) == old
    assert run.write(run.readings(FLASK, ["flask"])) == "3.1.3"
    assert everything(run.folder) != old


def test_tags_stay_with_the_answer_until_others_are_given(tmp_path):
    run = offline(tmp_path, lambda _: {key: value for key, value in recorded(EXPRESS).items() if key != "tags"})
    assert run.answer(EXPRESS)["tags"] == recorded(EXPRESS)["tags"]
    other = {"source": "https://github.com/x/y", "commit": "0" * 40, "days": {}}
    assert offline(tmp_path, tags={EXPRESS: other}).answer(EXPRESS)["tags"] == other


@pytest.fixture
def catalog(tmp_path, monkeypatch):
    shutil.copytree(RECORDED, tmp_path / "registry")
    known = {"flask": FLASK, "nothing": None, "lost": "pkg:pypi/lost"}
    records = {name: ("frameworks", SimpleNamespace(evidence=(), package=package)) for name, package in known.items()}
    monkeypatch.setattr(command, "entries", lambda: records)
    monkeypatch.setattr(command, "CACHE", tmp_path)
    monkeypatch.setattr(command, "MEASURED", tmp_path / "measured")
    return tmp_path / "measured" / "registry"


def test_the_exit_status_says_whether_all_were_read(catalog, capsys):
    assert dispatcher.main(["registry", "--offline", "flask"]) == 0
    assert dispatcher.main(["registry", "--offline"]) == 1
    assert [file.name for file in catalog.iterdir()] == ["flask.json"]
    assert "lost: not read: nothing is kept of it" in capsys.readouterr().err


def test_an_interruption_is_told(catalog, monkeypatch, capsys):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(command.Run, "all", interrupted)
    assert dispatcher.main(["registry", "--offline"]) == 130
    assert "Every result file is whole" in capsys.readouterr().err
