"""Downloads and stars from dumps in the form of the real ones, with made-up figures. No network."""

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from lab.popularity import command
from lab.popularity.counters import Counter, downloads_dump, live_stars, stars_dump
from macros import schema
from macros.schema.measured.popularity import Popularity

DOWNLOADS = {"django": 500, "flask": 2200, "Django_REST.framework": 40, "celery": 300}
STARS = """rank,item,repo_name,stars,forks,language,repo_url,username,issues,last_commit,description
1,top-100-stars,flask,72,16,Python,https://github.com/pallets/flask,pallets,0,2026-08-16T18:35:35Z,"a, b"
1,Python,flask,72,16,Python,https://github.com/pallets/flask,pallets,0,2026-08-16T18:35:35Z,x
2,Python,django,70,34,Python,https://github.com/Django/django,django,0,2026-08-21T12:34:31Z,x
1,JavaScript,express,69,24,JavaScript,https://github.com/expressjs/express,expressjs,105,2026-08-01T09:58:10Z,x
1,TypeScript,nest,76,85,TypeScript,https://github.com/nestjs/nest,nestjs,6,2026-08-21T19:36:23Z,x
"""
SOURCES = {
    "downloads": "https://github.com/x/dump/blob/abc/top.json",
    "stars": "https://github.com/x/rank/blob/def/r.csv",
}
KNOWN = {
    "django": ("frameworks", "pkg:pypi/django", "https://github.com/django/django"),
    "django-orm": ("orms", "pkg:pypi/django", "https://github.com/django/django"),
    "django-rest-framework": ("frameworks", "pkg:pypi/django-rest-framework", "https://github.com/encode/drf"),
    "express": ("frameworks", "pkg:npm/express", "https://github.com/expressjs/express"),
    "responder": ("frameworks", "pkg:pypi/responder", None),
}


@pytest.fixture
def known():
    return {
        name: (kind, SimpleNamespace(package=package, repository=repository))
        for name, (kind, package, repository) in KNOWN.items()
    }


@pytest.fixture
def dumps(tmp_path):
    rows = [{"download_count": count, "project": name} for name, count in DOWNLOADS.items()]
    pypi, stars = tmp_path / "top.json", tmp_path / "r.csv"
    pypi.write_text(json.dumps({"last_update": "2026-04-01 06:34:06", "source": "ClickHouse", "rows": rows}))
    stars.write_text(STARS)
    return pypi, stars


@pytest.fixture
def counters(dumps):
    return {
        "downloads": downloads_dump(dumps[0], SOURCES["downloads"], date(2026, 4, 1)),
        "stars": stars_dump(dumps[1], SOURCES["stars"], date(2026, 8, 22)),
    }


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "measured").mkdir()
    return tmp_path / "measured"


def entries_in(folder):
    data = json.loads((folder / "popularity.json").read_text())
    Popularity.model_validate(data, by_name=False)
    return data["entries"]


def files_in(folder):
    return {file.name: file.read_text() for file in folder.iterdir()}


def test_every_figure_has_its_source_and_its_day(known, counters, folder):
    assert command.read(known, counters, "python -m lab popularity", folder) == []
    found = entries_in(folder)
    assert found["django"]["downloads"] == {
        "value": 500,
        "of": "pkg:pypi/django",
        "counts": "downloads from PyPI in March 2026, as ClickHouse counts them",
        "source": SOURCES["downloads"],
        "day": "2026-04-01",
    }
    assert found["django"]["stars"]["value"] == 70
    assert found["django-orm"]["downloads"] == found["django"]["downloads"]
    assert found["django-rest-framework"]["downloads"]["value"] == 40


def test_what_is_not_listed_is_null_with_the_reason(known, counters, folder):
    command.read(known, counters, "python -m lab popularity", folder)
    found = entries_in(folder)
    assert found["responder"]["downloads"] is found["responder"]["stars"] is None
    reasons = found["responder"]["not-available"]
    assert reasons["downloads"] == "not among the 4 packages that the dump lists, the last of which has 40 downloads"
    assert reasons["stars"] == "it has no repository on GitHub"
    assert found["express"]["downloads"] is None
    assert "Python 70" in found["django-rest-framework"]["not-available"]["stars"]


def test_the_ratings_get_frameworks_alone(known, counters, folder):
    command.read(known, counters, "python -m lab popularity", folder)
    measures = {name: yaml.safe_load((folder / name).read_text()) for name in ("downloads-per-month.yml", "stars.yml")}
    for measure in measures.values():
        schema.Measure.model_validate(measure, by_name=False)
    assert {name: value["value"] for name, value in measures["downloads-per-month.yml"]["values"].items()} == {
        "django": 500,
        "django-rest-framework": 40,
        "responder": 40,
    }
    assert measures["downloads-per-month.yml"]["values"]["responder"]["bound"] == "at most"
    assert list(measures["stars.yml"]["values"]) == ["django", "express"]
    assert measures["stars.yml"]["values"]["express"]["day"] == date(2026, 8, 22)


def test_a_figure_that_cannot_be_asked_leaves_the_old_one(known, counters, folder):
    command.read(known, counters, "python -m lab popularity", folder)

    def count(package):
        if package == "pkg:pypi/django":
            return 600
        raise OSError("the service does not answer")

    live = Counter("live", date(2026, 11, 20), "not listed", count, lambda _: "https://example.org/x")
    failed = command.read(known, {"downloads": live}, "python -m lab popularity --live", folder)
    assert failed == [
        "django-rest-framework: downloads not read: the service does not answer",
        "responder: downloads not read: the service does not answer",
    ]
    found = entries_in(folder)
    assert found["django"]["downloads"]["value"] == 600
    assert found["django-rest-framework"]["downloads"]["value"] == 40
    assert found["django"]["stars"]["value"] == 70
    assert found["responder"]["not-available"]["downloads"] == "its source could not be asked"


def test_an_old_figure_of_another_package_is_not_kept(known, counters, folder):
    command.read(known, counters, "python -m lab popularity", folder)
    kind, record = known["django"]
    known["django"] = (kind, SimpleNamespace(package="pkg:pypi/django-fork", repository=record.repository))
    command.read(known, {}, "python -m lab popularity", folder)
    found = entries_in(folder)["django"]
    assert (found["downloads"], found["stars"]["value"]) == (None, 70)
    assert found["not-available"] == {"downloads": "no dump was given"}


@pytest.mark.parametrize("moment", ["write_text", "replace"])
def test_interrupted_writing_leaves_the_old_files(known, counters, folder, monkeypatch, moment):
    command.read(known, counters, "python -m lab popularity", folder)
    old = files_in(folder)
    kept = getattr(Path, moment)

    def interrupted(self, *arguments, **options):
        if "stars" not in self.name:
            return kept(self, *arguments, **options)
        if moment == "write_text":
            kept(self, "half: ")
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, moment, interrupted)
    with pytest.raises(KeyboardInterrupt):
        command.read(known, counters, "python -m lab popularity again", folder)
    monkeypatch.undo()
    new = files_in(folder)
    assert set(new) == set(old)
    assert new["stars.yml"] == old["stars.yml"]
    entries_in(folder)


@pytest.mark.parametrize(("day", "month"), [(date(2026, 1, 1), "December 2025"), (date(2026, 3, 31), "February 2026")])
def test_a_dump_counts_the_month_before_its_day(dumps, day, month):
    assert month in downloads_dump(dumps[0], SOURCES["downloads"], day).counts


def test_the_command_line_writes_and_names_files_without_their_folders(known, dumps, folder, monkeypatch, capsys):
    monkeypatch.setattr(command, "entries", lambda: known)
    monkeypatch.setattr(command, "MEASURED", folder)
    dump = ["--pypi-dump", str(dumps[0]), SOURCES["downloads"], "2026-04-01"]
    assert command.main(dump) == 0
    data = json.loads((folder / "popularity.json").read_text())
    assert data["command"] == f"python -m lab popularity --pypi-dump top.json {SOURCES['downloads']} 2026-04-01"
    assert data["entries"]["django"]["not-available"] == {"stars": "no dump was given"}
    old = files_in(folder)
    assert command.main(["--stars-dump", "/nowhere.csv", SOURCES["stars"], "2026-08-22"]) == 1
    assert command.main(["--pypi-dump", str(dumps[0]), "http://plain.example", "2026-04-01"]) == 1
    assert files_in(folder) == old
    with pytest.raises(SystemExit):
        command.main([])
    assert "Nothing was written" in capsys.readouterr().err


@pytest.mark.parametrize("token", ["secret", None])
def test_github_is_asked_with_the_token_and_never_sleeps(token, monkeypatch):
    asked = []
    monkeypatch.setattr("github.Github", lambda **given: asked.append(given))
    monkeypatch.delenv("GITHUB_TOKEN", raising=False)
    if token:
        monkeypatch.setenv("GITHUB_TOKEN", token)
    live_stars()
    (given,) = asked
    assert given["retry"] is None
    assert (given["auth"].token if token else given["auth"]) == token
