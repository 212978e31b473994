"""The suite of the Books application: two applications pass it, and one that is broken on purpose does not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lab.books.environments import APPLICATIONS
from lab.books.items import items
from lab.books.sample import as_csv, isbn13, rows
from lab.books.suites import SUITE
from macros.code import applications
from tools import preview

ROOT = Path(__file__).resolve().parents[2]
BREAKAGES = {
    "books/templates/books.html": [("{{ q }}", "{{ q | safe }}")],
    "books/models.py": [('relationship(lazy="raise")', "relationship()"), (".outerjoin(Book)", ".join(Book)"),
                        (".options(joinedload(Book.author))", "")],
    "books/auth.py": [('{"require": ["exp", "sub"]}', '{"verify_exp": False}')],
    "books/api.py": [(", autoescape=True", ""), ("stream_with_context(csv_pieces())", '"".join(csv_pieces())'),
                     ('db.session.execute(insert(Book), [{"pages": None, **row} for row in rows])',
                      'for r in rows: db.session.execute(insert(Book), [{"pages": None, **r}]); db.session.commit()')],
    "books/notify.py": [("workers.submit(_post, ", "_post(")],
    "books/pages.py": [("return problem(503", "return problem(200")],
    "books/schemas.py": [("% 10:", "% 10 > 9:")],
    "books/request_log.py": [('re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given)', "given")],
}  # fmt: skip
"""What is broken in a copy of the Flask application, by file: what stands there, and what stands there instead."""
BROKEN = {"html-page", "paging", "statistics", "authentication", "filtering", "csv-export", "bulk-import",
          "background", "health", "validation", "request-log"}  # fmt: skip
WHOLE = {"authors", "one-book", "create", "delete", "problems", "error-pages", "live", "command", "configuration"}


@pytest.fixture
def in_memory() -> Iterator[dict[str, str]]:
    """Return an environment whose temporary files are in memory: on a disk a server waits for each of 5000 commits."""
    with tempfile.TemporaryDirectory(prefix="books-", dir=preview.in_memory(), ignore_cleanup_errors=True) as folder:
        yield {**os.environ, "TMPDIR": folder}


@pytest.mark.long
@pytest.mark.parametrize("name", ["flask", "fastapi"])
def test_an_application_passes_the_suite(name, in_memory):
    command = [sys.executable, "-m", "lab", "books", "--check", name]
    done = subprocess.run(command, cwd=ROOT, env=in_memory, capture_output=True, text=True, check=False, timeout=420)
    assert done.returncode == 0, done.stderr
    assert "0 failed" in done.stderr


@pytest.mark.long
def test_an_application_that_is_broken_fails_the_items_that_are(tmp_path, in_memory):
    broken = tmp_path / "apps" / "flask"
    shutil.copytree(APPLICATIONS / "flask", broken, ignore=shutil.ignore_patterns("__pycache__"))
    for name, replacements in BREAKAGES.items():
        text = (broken / name).read_text(encoding="utf-8")
        for stands, instead in replacements:
            assert stands in text, f"{name} has no {stands}: the breakage must follow the application"
            text = text.replace(stands, instead)
        (broken / name).write_text(text, encoding="utf-8")
    report = tmp_path / "report.json"
    command = [sys.executable, "-m", "pytest", str(SUITE), "-q", "-p", "no:cacheprovider", "-c", f"{SUITE}/pytest.ini",
               f"--rootdir={ROOT}", "--application=flask", f"--folder={broken.parent}", f"--home={tmp_path / 'home'}",
               f"--report={report}", "-m", "item", "-k", "not own_tests and not answered_whole"]  # fmt: skip
    subprocess.run(command, cwd=ROOT, env=in_memory, capture_output=True, text=True, check=False, timeout=420)
    outcomes = json.loads(report.read_text(encoding="utf-8"))
    failed = {item for item, outcome in outcomes.items() if outcome["outcome"] == "failed" and outcome["tests"]}
    assert failed >= BROKEN, BROKEN - failed
    assert not failed & WHOLE


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
