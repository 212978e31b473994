"""The suite of the Books application: an application passes it, and bugs that are planted are caught."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.books import command, mutate
from lab.books.environments import APPLICATIONS
from lab.books.items import items
from lab.books.sample import as_csv, isbn13, rows
from lab.books.suites import SUITE, Run
from lab.core import postgres
from lab.core.errors import LabError
from lab.core.output import read_result
from macros.code import applications
from macros.schema.measured.books import BooksItem
from macros.schema.measured.mutations import MutationsRun
from tools import preview

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = 6
"""Bugs that are planted in a run of the tests; `make lab-mutations` plants all."""


@pytest.fixture
def in_memory() -> Iterator[dict[str, str]]:
    """Return an environment whose temporary files are in memory: on a disk a server waits for each of 5000 commits."""
    with tempfile.TemporaryDirectory(prefix="books-", dir=preview.in_memory(), ignore_cleanup_errors=True) as folder:
        yield {**os.environ, "TMPDIR": folder}


PART = "test_reading or test_writing or test_refusals or test_sorted or test_page or test_commits"
"""The modules of the suite that `make test` runs: the whole takes minutes, and `make lab-books` runs it."""


@pytest.mark.long
def test_an_application_passes_a_part_of_the_suite(in_memory):
    words = [sys.executable, "-m", "lab", "books", "--check", "-k", PART, "flask"]
    done = subprocess.run(words, cwd=ROOT, env=in_memory, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    assert "0 failed" in done.stderr


@pytest.mark.long
def test_a_part_of_the_suite_passes_on_postgresql(in_memory):
    try:
        postgres.find()
    except LabError as error:
        pytest.skip(str(error))
    part = "integrity or vanished or refuses or one_transaction or statement or null_character or deleted_at_once"
    called = [sys.executable, "-m", "lab", "books", "--check", "--database", "postgresql", "-k", part, "flask"]
    done = subprocess.run(called, cwd=ROOT, env=in_memory, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    assert re.search(r"\b[5-9] passed, 0 absent, 0 failed", done.stderr), done.stderr


def test_postgresql_is_for_applications_that_name_a_driver_where_it_is_installed(monkeypatch, tmp_path, capsys):
    with pytest.raises(SystemExit, match="2"):
        command.main(["--check", "--database", "postgresql", "express"])
    assert "Unknown: express. Choose from" in capsys.readouterr().err
    monkeypatch.setenv(postgres.VARIABLE, str(tmp_path))
    assert command.main(["--check", "--database", "postgresql", "flask"]) == 1
    assert "apt install postgresql" in capsys.readouterr().err


@pytest.mark.long
def test_planted_bugs_are_caught(in_memory):
    words = [sys.executable, "-m", "lab", "books", "--mutations", "--sample", str(SAMPLE), "flask", "fastapi"]
    done = subprocess.run(words, cwd=ROOT, env=in_memory, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    assert f"{SAMPLE} of {SAMPLE} caught" in done.stderr


def test_bugs_follow_the_applications_and_cover_six():
    found, problems = applications.load(APPLICATIONS)
    planted, wrong = mutate.load(found)
    assert [*problems, *wrong] == []
    count = Counter(bug.application.id for bug in planted)
    assert len(count) >= 6
    assert min(count.values()) >= 10


def test_a_bug_that_fits_no_code_or_no_item_is_a_problem(tmp_path):
    found, _ = applications.load(APPLICATIONS)
    (tmp_path / "flask.yml").write_text(
        "mutations:\n"
        "  one: {bug: It is wrong., item: shutdwn, changes: [{file: hello.py, was: nowhere, now: x}]}\n"
        "  two: {bug: It is wrong., item: live, changes: [{file: gone.py, was: a, now: b}]}\n"
    )
    (tmp_path / "bottle.yml").write_text(
        "mutations: {one: {bug: No., item: live, changes: [{file: a, was: b, now: c}]}}\n"
    )
    planted, problems = mutate.load(found, tmp_path)
    assert [bug.name for bug in planted] == ["flask/one", "flask/two"]
    assert [str(problem).removeprefix("lab/books/mutations/") for problem in problems] == [
        'bottle.yml:1:1: There is no application "bottle".',
        'flask.yml:2:3: "shutdwn" is not an item of the contract. Did you mean shutdown?',
        'flask.yml:2:3: "nowhere" is not in hello.py. Follow the code, so that it stands there once.',
        "flask.yml:3:3: gone.py is not a file of lab/apps/flask/.",
    ]


def test_what_became_of_planted_bugs_is_written(tmp_path, monkeypatch):
    def caught(one: mutate.Planted) -> Run:
        survives = one.id == "logs-seconds"
        outcome = BooksItem(outcome="passed" if survives else "failed", tests=1, reason="test_x: it failed")
        return Run({one.mutation.item: outcome}, "")

    monkeypatch.setattr(command, "prepare", lambda application: None)
    monkeypatch.setattr(command, "caught", caught)
    monkeypatch.setattr(command, "MEASURED", tmp_path)
    assert command.main(["--mutations", "--check", "flask"]) == 1
    assert not list(tmp_path.iterdir())
    assert command.main(["--mutations", "flask"]) == 1
    run = read_result(tmp_path / "mutations" / "flask.json", MutationsRun)
    assert {name for name, bug in run.bugs.items() if not bug.test} == {"logs-seconds"}
    assert run.caught == len(run.bugs) - 1
    assert {bug.test for bug in run.bugs.values()} == {"test_x", ""}
    assert (run.files, run.suite) == (applications.digest(APPLICATIONS / "flask"), applications.digest(SUITE))


def test_every_application_has_the_makefile_of_its_language_and_a_readme_that_names_its_commands():
    found, _ = applications.load(APPLICATIONS)
    for name, application in found.items():
        template = ROOT / "lab" / "books" / "makefiles" / f"{application.language}.mk"
        assert (application.folder / "Makefile").read_text() == template.read_text(), name
        readme = (application.folder / "README.md").read_text()
        assert all(f"    make {target}\n" in f"{readme}\n" for target in ("run", "import", "token", "test")), name
        assert (application.record.node or application.record.python or "3.11") in readme, name


def test_every_item_of_the_contract_has_a_test():
    text = "".join(file.read_text(encoding="utf-8") for file in SUITE.glob("test_*.py"))
    assert not [item for item in items() if f'pytest.mark.item("{item}")' not in text]


def test_the_checksum_is_that_of_the_standard():
    # the example of ISBN-13 in the ISBN Users' Manual and in the article of Wikipedia
    assert isbn13(30640615) == "9780306406157"


def test_a_sample_has_what_csv_must_quote():
    text = as_csv(rows(['a "b", c', "d\ne"]))
    assert text.splitlines()[0] == "title,isbn,published,pages,author"
    assert '"a ""b"", c"' in text
    assert '"d\ne"' in text


def test_a_procfile_is_read_by_process():
    text = "# region deployment\nweb: run --port $PORT\n# endregion\nhello:  x  \n\nnot a process\n"
    assert applications.processes_of(text) == {"web": "run --port $PORT", "hello": "x"}


def test_the_digest_follows_every_file(tmp_path):
    (tmp_path / "a.py").write_text("1")
    before = applications.digest(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("2")
    assert applications.digest(tmp_path) == before
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert applications.digest(tmp_path) != before
