"""A record and a page for the tests of citations, and the repository that the page is in."""

import subprocess
from datetime import date

from lab.citations.collect import Collector
from macros.schema.entries import Entry

RST = """.. _async:

Using ``async``
===============

.. versionadded:: 2.0

Each request still *ties up* one
:meth:`worker <flask.Worker>`, even for `async views`_; see :class:`~flask.views.View`.

.. code-block:: python
   :linenos:

   app.run()
"""
AT = "each request still ties … async views"
PAGE = "https://docs.example.org/en/stable/async/"


def git(folder, *arguments):
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def git_output(repository, *arguments):
    command = ["git", f"--git-dir={repository}", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def make_documents(tmp_path):
    """Return a folder with a bare repository of two releases and one commit more, in the form that --documents has."""
    work = tmp_path / "work"
    (work / "docs").mkdir(parents=True)
    git(work, "init", "--quiet")
    for tag, files in (
        ("v3.0.9", {"docs/async.rst": "Nothing yet."}),
        (
            "v3.1.2",
            {
                "docs/async.rst": RST,
                "docs/other.rst": "An OpenAPI of another project.\nswagger\n",
                "a.py": '"""Generated words."""',
            },
        ),
        (None, {"docs/async.rst": "All new."}),
    ):
        for name, text in files.items():
            (work / name).write_text(text)
        git(work, "add", ".")
        git(work, "commit", "--quiet", "-m", "work")
        if tag:
            git(work, "tag", tag)
    folder = tmp_path / "documents"
    (folder / "pallets+flask").mkdir(parents=True)
    git(tmp_path, "clone", "--quiet", "--bare", str(work), str(folder / "pallets+flask" / "repo"))
    return folder


def entry(*evidence, **changes):
    record = {
        "name": "Flask", "tile": "Fl", "package": "pkg:pypi/flask", "language": "Python",
        "website": "https://flask.example.org/", "repository": "https://github.com/pallets/flask",
        "summary": "A microframework for tests.", "documentation": [
            {"address": "https://docs.example.org/", "files": "docs"}
        ],
        "evidence": [{"version": "3.1", "checked": date(2026, 11, 20), **one} for one in evidence],
    } | changes  # fmt: skip
    return Entry.model_validate(record)


def passage_of(library):
    (found,), _ = Collector(library, None).entry("flask")
    return found
