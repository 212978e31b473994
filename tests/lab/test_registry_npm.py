"""What is read of a package of npm: its dates come from the repository, never from the registry. No network."""

import json
import os
import subprocess

from lab.registry import npm
from tests.lab.registry_answers import EXPRESS, read, recorded


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
