"""The registry reading: recorded answers, figures computed by hand, failures and interruptions. No network."""

import json
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from lab import __main__ as dispatcher
from lab.core import paths
from lab.core.errors import LabError, RefusedError
from lab.registry import command, installs, npm, pypi
from lab.registry.answers import Answers
from lab.registry.licences import licence, recognised
from lab.registry.releases import Cadence, cadence
from macros.schema.fields import package_page

RECORDED = Path(__file__).parent / "recorded" / "registry"
FLASK, QUART, DJANGO, EXPRESS = "pkg:pypi/flask", "pkg:pypi/quart", "pkg:pypi/django", "pkg:npm/express"
BSD = """Redistribution and use in source and binary forms, with or without modification, are permitted.
{} THIS SOFTWARE IS PROVIDED "AS IS"."""
MIT = 'Permission is hereby granted, free of charge, to any person … THE SOFTWARE IS PROVIDED "AS IS"'
ACTIVE_ENDORSEMENT = "Neither the name of the copyright holder may be used to endorse or promote products."


def recorded(package):
    return Answers(RECORDED).load(package)


def read(package, **changes):
    module = npm if package == EXPRESS else pypi
    raw = recorded(package) | changes
    return module.read(raw, package.rpartition("/")[2], package).model_dump(mode="json", by_alias=True)


def offline(tmp_path, fetch=None, tags=None):
    answers = tmp_path / "answers"
    shutil.copytree(RECORDED, answers, dirs_exist_ok=True)
    return command.Run(Answers(answers), tmp_path / "out", fetch, tags or {})


def everything(folder):
    return {file.name: file.read_text() for file in sorted(folder.iterdir())}


# Figures computed by hand: from 20 November 2024 to 20 November 2026, the day of the recording.


def test_flask_is_read_as_it_was_computed_by_hand():
    flask = read(FLASK)
    assert flask["latest"] == {"version": "3.1.3", "released": "2026-02-19"}
    assert flask["first-release"] == "2023-08-21"
    assert [version for _, version in flask["releases"]] == [
        "2.3.3",
        "3.0.0",
        "3.0.3",
        "3.1.0",
        "3.1.1",
        "3.1.2",
        "3.1.3",
    ]
    assert (flask["releases-24-months"], flask["longest-gap-24-months"], flask["since-last-release"]) == (3, 274, 274)
    assert flask["requires-python"] == ">=3.9"
    assert flask["pythons"] == []
    assert flask["licence"]["expression"] == "BSD-3-Clause"
    assert flask["development-status"] == "5 - Production/Stable"
    assert flask["typed"] == {"marker": True, "file": "flask/py.typed"}
    assert flask["vulnerabilities"] == []
    assert flask["dependencies"]["direct"] == ["blinker", "click", "itsdangerous", "jinja2", "markupsafe", "werkzeug"]
    assert flask["dependencies"]["transitive"] == 0
    assert flask["not-available"] == {}


def test_a_withdrawn_release_is_neither_latest_nor_counted():
    quart = read(QUART)
    assert quart["yanked"] == [{"version": "0.23.0", "released": "2026-08-29", "reason": ""}]
    assert "0.23.0" not in [version for _, version in quart["releases"]]
    assert (quart["releases-24-months"], quart["longest-gap-24-months"], quart["since-last-release"]) == (3, 604, 83)
    assert (len(quart["dependencies"]["direct"]), quart["dependencies"]["transitive"]) == (9, 6)
    index = recorded(QUART)["index"]
    for file in index["releases"]["0.23.1"]:
        file["yanked"] = True
    assert pypi.Releases(index).latest == "0.22.0"


def test_sizes_are_of_the_package_alone_and_with_its_dependencies():
    packages = {"flask": {"version": "3.1.3", "bytes": 300}, "click": {"version": "8", "bytes": 50}}
    flask = read(FLASK, install=recorded(FLASK)["install"] | {"packages": packages})
    assert flask["installed-size"] == {"alone": 300, "with-dependencies": 350}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2020-01-01"], Cadence(0, 730, 2515)),
        (["2020-01-01", "2026-11-20"], Cadence(1, 730, 0)),
        (["2026-11-10"], Cadence(1, 10, 10)),
        (["2024-11-19", "2024-11-20", "2025-11-20", "2025-11-20"], Cadence(3, 365, 365)),
    ],
    ids=["silent", "woke up today", "young", "window's edge and two a day"],
)
def test_gaps_are_bounded_by_the_window(days, expected):
    assert cadence([date.fromisoformat(day) for day in days], date(2026, 11, 20)) == expected


def test_the_window_of_a_leap_day_begins_on_28_february():
    assert cadence([date(2026, 2, 28)], date(2028, 2, 29)).releases == 1
    assert cadence([date(2026, 2, 27)], date(2028, 2, 29)).releases == 0


# What the index cannot answer is null, with a reason.


def test_vulnerabilities_are_null_where_a_mirror_added_the_release():
    django = read(DJANGO)
    assert django["vulnerabilities"] is None
    assert "a mirror added 6.1.3" in django["not-available"]["vulnerabilities"]


def test_vulnerabilities_are_null_where_the_control_has_none():
    flask = read(FLASK, control={"package": "pycrypto 2.6.1", "vulnerabilities": 0})
    assert flask["vulnerabilities"] is None
    assert "pycrypto 2.6.1" in flask["not-available"]["vulnerabilities"]


def test_advisories_of_one_vulnerability_are_one_and_withdrawn_ones_none():
    told = [
        {"id": "PYSEC-2017-94", "aliases": ["CVE-2013-7459", "GHSA-cq27"], "withdrawn": None},
        {"id": "GHSA-6528", "aliases": ["CVE-2018-6594"], "withdrawn": None},
        {"id": "GHSA-cq27", "aliases": ["CVE-2013-7459", "PYSEC-2017-94"], "withdrawn": None},
        {"id": "PYSEC-1", "aliases": [], "withdrawn": "2020-01-01T00:00:00Z"},
    ]
    found = read(FLASK, index=recorded(FLASK)["index"] | {"vulnerabilities": told})["vulnerabilities"]
    assert found == [
        {"id": "GHSA-6528", "aliases": ["CVE-2018-6594"]},
        {"id": "PYSEC-2017-94", "aliases": ["CVE-2013-7459", "GHSA-cq27"]},
    ]


def test_what_cannot_be_installed_says_why():
    flask = read(FLASK, install={"packages": {}, "refused": {"3.13": "Failed to build flask"}})
    assert flask["dependencies"] is flask["installed-size"] is flask["typed"]["marker"] is None
    assert flask["not-available"]["dependencies"] == "it cannot be installed: 3.13: Failed to build flask"
    assert flask["latest"]["version"] == "3.1.3"


@pytest.mark.parametrize(
    ("specifier", "series", "admitted"),
    [
        (">=3.9", "3.9", True),
        (">=3.9.1", "3.9", True),
        ("<3.14,>=3.10", "3.14", False),
        ("!=3.10.*,>=3.9", "3.10", False),
        ("", "3.8", True),
    ],
)
def test_a_specifier_admits_a_series_if_it_admits_a_release_of_it(specifier, series, admitted):
    assert installs.admits(specifier, series) is admitted


def test_an_install_goes_to_the_next_python_that_is_admitted(monkeypatch):
    tried = []

    def install_on(series, requirement):
        tried.append((series, requirement))
        if series == "3.13":
            raise RefusedError("Failed to build `x==1`")
        return {"series": series, "packages": {"x": {"version": "1", "bytes": 1}}}

    monkeypatch.setattr(installs, "_install_on", install_on)
    found = installs.install("x", "1", ">=3.10,!=3.12.*")
    assert tried == [("3.13", "x==1"), ("3.11", "x==1")]
    assert found["series"] == "3.11"
    assert found["refused"] == {"3.13": "Failed to build `x==1`"}


def test_requirements_of_extras_and_of_other_pythons_are_not_direct():
    wanted = ["A_b", 'old; python_version < "3.10"', 'win; sys_platform == "win32"', 'more; extra == "all"', "c[x]>=1"]
    assert pypi.direct({"requires_dist": wanted}, "3.13") == ["a-b", "c"]
    assert pypi.direct({"requires_dist": wanted}, "3.9") == ["a-b", "c", "old"]


def test_only_a_marker_of_a_top_level_package_counts(tmp_path):
    names = ["x/__init__.py", "x/vendor/y/py.typed", "x-1.dist-info/METADATA", "x-1.dist-info/licenses/LICENSE"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Metadata-Version: 2.4\nName: x\nVersion: 1\n")
    (tmp_path / "x-1.dist-info" / "RECORD").write_text("".join(f"{name},,\n" for name in names))
    (package,) = installs.distributions(path=[str(tmp_path)])
    assert installs._describe(package)["typed"] == []
    assert list(installs._describe(package)["licences"]) == ["x-1.dist-info/licenses/LICENSE"]


# Licences.


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (MIT, "MIT"),
        (BSD.format(ACTIVE_ENDORSEMENT), "BSD-3-Clause"),
        (BSD.format(""), "BSD-2-Clause"),
        (MIT + BSD.format(""), None),
        ("Do what you like.", None),
    ],
)
def test_a_licence_text_is_recognised_if_it_is_one(text, name):
    assert recognised(text) == name


@pytest.mark.parametrize(
    ("metadata", "texts", "expected"),
    [
        ({"license_expression": "MIT", "license": "Apache-2.0"}, {}, "MIT"),
        ({"license": "BSD"}, {"LICENSE": BSD.format(ACTIVE_ENDORSEMENT)}, "BSD-3-Clause"),
        ({"license": MIT}, {}, "MIT"),
        ({"license": "BSD"}, {"LICENSE": MIT, "LICENSE.vendored": BSD.format("")}, None),
        ({"classifiers": ["License :: OSI Approved :: MIT License"]}, {}, "MIT"),
        ({"classifiers": ["License :: OSI Approved :: BSD License"]}, {}, None),
        ({}, {}, None),
    ],
)
def test_a_licence_is_named_only_where_it_is_certain(metadata, texts, expected):
    found = licence(metadata, texts)
    assert (found[0] if found else None) == expected


# npm: dates come from the repository, never from the registry.


def test_no_date_of_npm_is_published():
    raw = recorded(EXPRESS)
    raw.pop("tags")
    express = npm.read(raw, "express", EXPRESS).model_dump(mode="json", by_alias=True)
    assert express["releases"] == []
    assert express["latest"] == {"version": "5.3.0", "released": None}
    assert express["since-last-release"] is express["first-release"] is express["dates-from"] is None
    days = {moment[:10] for moment in raw["view"]["time"].values()}
    assert not [day for day in days if day in json.dumps(express)]


def test_tags_date_the_releases_and_the_figures_wait_for_the_last_of_them():
    express = read(EXPRESS)
    assert express["releases"][-1] == ["2026-05-11", "4.22.2"]
    assert express["releases-24-months"] is None
    assert "2 releases have no confirmed date, the newest: 4.22.3, 5.3.0" in str(express["not-available"])
    tags = recorded(EXPRESS)["tags"]
    tags["days"] |= {"4.22.3": "2026-09-14", "5.3.0": "2026-10-09"}
    express = read(EXPRESS, tags=tags)
    assert (express["releases-24-months"], express["longest-gap-24-months"], express["since-last-release"]) == (
        5,
        245,
        42,
    )
    assert express["dates-from"].startswith("the tags and changelog of https://github.com/expressjs/express at")


def test_an_audit_is_read_where_it_answers():
    assert read(EXPRESS)["not-available"]["vulnerabilities"] == "npm audit was answered with 405"
    via = [
        {"name": "express", "url": "https://github.com/advisories/GHSA-rv95"},
        "qs",
        {"name": "qs", "url": "x/GHSA-2"},
    ]
    audit = {"auditReportVersion": 2, "vulnerabilities": {"express": {"via": via}}}
    assert read(EXPRESS, audit=audit)["vulnerabilities"] == [{"id": "GHSA-rv95", "aliases": []}]
    assert read(EXPRESS, audit={"auditReportVersion": 2, "vulnerabilities": {}})["vulnerabilities"] == []


def test_dependencies_of_npm_are_those_of_its_own_lock():
    assert read(EXPRESS)["dependencies"] == {
        "direct": ["accepts", "qs"],
        "transitive": 1,
        "all": ["accepts", "qs", "side-channel"],
    }


def test_a_tag_counts_where_the_changelog_does_not_contradict_it(tmp_path):
    def git(*words):
        moments = dict.fromkeys(("GIT_COMMITTER_DATE", "GIT_AUTHOR_DATE"), "2025-03-28T12:00:00Z")
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, env=os.environ | moments, check=True)

    git("init", "-q")
    (tmp_path / "History.md").write_text("5.1.0 / 2025-03-31\n====\n\n5.0.1 / 2024-10-08\n====\n")
    git("add", ".")
    git("commit", "-qm", "x")
    for tag in ("v5.1.0", "v5.0.1", "4.0.0", "v6.0.0-beta.1", "other"):
        git("tag", tag)
    found = npm.tags(tmp_path, "https://github.com/x/y")
    assert found["days"] == {"5.1.0": "2025-03-31", "4.0.0": "2025-03-28"}
    assert len(found["commit"]) == 40


# Runs: what fails or is interrupted leaves everything else.

PACKAGES = {FLASK: ["flask"], QUART: ["quart"], DJANGO: ["django", "django-orm"]}


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


@pytest.mark.parametrize("arguments", [[], ["registri"]])
def test_an_unknown_command_lists_the_known_ones(arguments, capsys):
    assert dispatcher.main(arguments) == 2
    assert "registry" in capsys.readouterr().err


def test_no_registry_host_stands_in_what_is_recorded_or_measured():
    hosts = [urlsplit(package_page(package)).netloc.removeprefix("www.") for package in (FLASK, EXPRESS)]
    files = [*RECORDED.iterdir(), *(paths.MEASURED / "registry").glob("*.json")]
    assert len(files) > 4
    assert [file.name for file in files if any(host in file.read_text(encoding="utf-8") for host in hosts)] == []
