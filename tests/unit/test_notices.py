"""What `make check` says of data that is in order: it never fails, and says how to get what is missing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from macros.catalog import sources
from macros.checks.notices import notices, site_of
from macros.reading.folders import Folders
from tests.results import EXAMPLES
from tests.unit.conftest import TODAY
from tests.unit.spoiling import ALPHA, BETA, DELTA, GAMMA, REST, spoil

ROOT = Path(__file__).parents[2]


@pytest.fixture
def said(data: Path) -> Callable[[str], list[str]]:
    """Return a function that gives the notices about one file, with their places."""

    def of(file: str) -> list[str]:
        found = notices(sources.load(Folders.around(data)), TODAY)
        return [f"{one.line}:{one.column}: {one.message}" for one in found if one.path == f"data/{file}"]

    return of


def about(lines: list[str], words: str) -> list[str]:
    return [line for line in lines if words in line]


def test_what_a_finished_entry_answers_is_a_notice_with_the_share(said):
    assert about(said(DELTA), "not finished") == [
        "1:1: This entry is not finished: 3 of 8 criteria are answered (38 %); a finished entry answers 90 %; "
        "it has no best-for and no strengths and no trade-offs. It is shown as it is."
    ]
    assert about(said(ALPHA), "not finished") == []


def test_nine_answers_in_ten_and_traits_are_enough(data, said):
    spoil(data / ALPHA, "      docs-tutorial: present\n", "")
    assert "7 of 8 criteria are answered (88 %)" in about(said(ALPHA), "not finished")[0]
    assert "it has no" not in about(said(ALPHA), "not finished")[0]


def test_what_is_not_measured_says_how_it_is_measured(said):
    assert about(said(GAMMA), "Not measured") == [
        "1:1: Not measured yet: memory and start (write lab/programs/gamma.mjs, then make lab-footprint)."
    ]
    (alpha,) = about(said(ALPHA), "Not measured")
    assert "releases and dependencies (make lab-registry)" in alpha
    assert "type coverage (make lab-type-coverage)" in alpha
    assert "newest Python (write lab/programs/alpha.py, then make lab-smoke)" in alpha
    assert "behaviour (see lab/probes/CONTRACT.md)" in alpha
    assert "code" not in alpha


def test_what_the_notices_name_exists():
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in ("registry", "popularity", "type-coverage", "smoke", "footprint"):
        assert f"\nlab-{command}:" in targets
    for name in ("lab/programs", "lab/probes/CONTRACT.md", "lab/books/CONTRACT.md"):
        assert (ROOT / name).exists()


def test_an_entry_without_a_package_is_not_asked_for_its_releases(data, said):
    spoil(data / ALPHA, "package: pkg:pypi/alpha\n", "")
    assert "make lab-registry" not in about(said(ALPHA), "Not measured")[0]


def test_facts_read_for_an_older_release_are_counted(data, said):
    spoil(data / GAMMA, "v22.1.0-rc.1", "v21.0")
    assert about(said(GAMMA), "older") == [
        "6:1: 4 facts read for a release older than 22.1. The page /recheck/ lists them."
    ], "a probe of the newest release confirms the fifth"
    assert about(said(DELTA), "180 days") == [
        "8:1: 3 facts read more than 180 days ago. The page /recheck/ lists them."
    ]


def test_facts_from_own_pages_without_a_release_are_counted(said):
    assert about(said(BETA), "without version") == [
        "11:5: 8 facts from the entry's own pages without version: no release can make them old."
    ]
    assert about(said(DELTA), "without version") == [], "it has no package whose releases could"


def test_facts_read_for_an_older_release_of_another_project_are_counted_apart(data, said):
    spoil(data / BETA, "source: https://beta.example.org/", 'source: https://gamma.example.org/x/\n    version: "21.0"')
    assert about(said(BETA), "older") == [
        "10:1: 8 facts read for a release older than Gamma 22.1. The page /recheck/ lists them."
    ]


def test_a_page_of_somebody_else_is_a_notice_once_for_each_site(said):
    assert about(said(ALPHA), "belongs neither") == [
        "49:5: example.net (1 page) belongs neither to Alpha nor to another entry or a package in via. "
        "If the project itself says the same somewhere, cite that page."
    ]
    assert about(said(REST), "belongs neither") == []


@pytest.mark.parametrize(
    ("source", "is_said"),
    [
        ("https://blog.example.net/alpha/", True),
        ("https://github.com/somebody/alpha-tips", True),
        ("https://alphabet.readthedocs.io/", True),
        ("https://docs.example.org/", False),  # the domain of an entry
        ("https://github.com/example/other", False),  # the owner of an entry's repository
        ("https://alpha.readthedocs.io/en/latest/", False),
        ("https://alpha-docs.readthedocs.io/", False),
    ],
)
def test_which_pages_are_first_hand(data, said, source, is_said):
    spoil(data / ALPHA, "https://encyclopedia.example.net/alpha", source)
    site = site_of(source)
    said_of = [line for line in about(said(ALPHA), "belongs neither") if f"{site} (" in line]
    assert bool(said_of) is is_said


def test_a_page_of_a_package_in_via_is_first_hand(data, said):
    spoil(data / ALPHA, "https://channels.example.net/", "https://alpha-channels.netlify.app/")
    assert about(said(ALPHA), "netlify") == []
    spoil(data / ALPHA, "      websockets: {value: official-package", "      websockets: {value: built-in")
    spoil(data / ALPHA, 'via: "pkg:pypi/alpha-channels"', "note: It is there.")
    assert about(said(ALPHA), "netlify") == []  # alpha-channels belongs to alpha by its name


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://docs.djangoproject.com/en/6.0/", "djangoproject.com"),
        ("https://github.com/Django/django/blob/main/README.rst", "github.com/django"),
        ("https://flask-limiter.readthedocs.io/en/stable/", "flask-limiter.readthedocs.io"),
        ("https://example.org", "example.org"),
    ],
)
def test_whose_page_an_address_is(address, site):
    assert site_of(address) == site


def run(data: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "macros", "check", "--data", str(data)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def test_notices_never_fail_and_have_a_place(data):
    done = run(data)
    assert done.returncode == 0
    *lines, last = done.stdout.splitlines()
    assert last.startswith("data/ is in order: ")
    assert lines
    assert all(line.split(":", 3)[3].startswith(" notice: ") for line in lines)


def test_one_problem_in_one_file_is_singular(data):
    spoil(data / ALPHA, "tile: Al", "tile: AL")
    done = run(data)
    assert done.returncode == 1
    assert done.stderr.strip().startswith("1 problem in 1 file. Nothing was built.")


def test_bugs_that_were_planted_in_other_code_are_a_notice(data):
    found = sources.load(Folders.around(data))
    run = EXAMPLES["mutations/hello"].model_copy(update={"files": found.codes["alpha"].digest, "suite": found.suite})

    def said_of(**changes: str) -> list[str]:
        mutations = {"alpha": run.model_copy(update=changes)}
        changed = replace(found, readings=replace(found.readings, mutations=mutations))
        return [one.message for one in notices(changed, TODAY) if "planted" in one.message]

    again = "changed since bugs were planted in it (2026-11-20T07:12:02Z). Run: python -m lab books --mutations alpha"
    assert said_of() == []
    assert said_of(files="0" * 64) == [f"It has {again}"]
    assert said_of(suite="0" * 64) == [f"The suite has {again}"]


def test_an_application_that_was_never_run_on_its_postgresql_is_a_notice(data):
    file = Folders.around(data).applications / "alpha" / "app.yml"
    file.write_text(file.read_text() + "postgresql: psycopg 3\n")
    found = sources.load(Folders.around(data))

    def said_of(**runs: Any) -> list[str]:
        changed = replace(found, readings=replace(found.readings, books_postgresql=runs))
        return [one.message for one in notices(changed, TODAY) if "PostgreSQL" in one.message]

    again = "Run: python -m lab books --database postgresql alpha"
    assert said_of() == [f"It has not been run on PostgreSQL. {again}"]
    assert said_of(alpha=EXAMPLES["books-postgresql/hello"]) == []
