"""The registry reading: recorded answers, figures computed by hand, what cannot be answered. No network."""

from datetime import date
from urllib.parse import urlsplit

import pytest

from lab.core import paths
from lab.core.errors import RefusedError
from lab.registry import installs, pypi
from lab.registry.releases import Cadence, cadence
from macros.schema.fields import package_page
from tests.lab.registry_answers import DJANGO, EXPRESS, FLASK, QUART, RECORDED, read, recorded

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


def test_no_registry_host_stands_in_what_is_recorded_or_measured():
    hosts = [urlsplit(package_page(package)).netloc.removeprefix("www.") for package in (FLASK, EXPRESS)]
    files = [*RECORDED.iterdir(), *(paths.MEASURED / "registry").glob("*.json")]
    assert len(files) > 4
    assert [file.name for file in files if any(host in file.read_text(encoding="utf-8") for host in hosts)] == []
