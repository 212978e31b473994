"""Citations: markup, folding, tags, pages and absences, over small repositories that are made here. No network."""

import hashlib
import io
import subprocess
import tarfile
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from lab.citations import command, distributions, look
from lab.citations.markup import of_html, of_markdown, of_rst, readings
from lab.citations.pages import likely, page_path, ref_and_path, repository_of
from lab.citations.releases import tag_of
from lab.citations.sources import Library
from lab.citations.words import Folded
from lab.core.errors import LabError
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
MARKDOWN = """Using `async`
===

Added in version 2.0

Each request still **ties up** one
[worker](https://example.org/worker_(x)), even for <em>async</em> views; see [`View`][view].

```python hl_lines="1"
app.run()
```

[view]: https://example.org/view
"""
HTML = """<html><head><title>Flask</title><script>var ties = "up one";</script></head><body>
<h1>Using <code>async</code></h1><p>Added in version 2.0</p>
<p>Each request still <em>ties&nbsp;up</em> one <a
 href="/worker">worker</a>, even for async views; see <code>View</code>.</p><pre>app.run()</pre></body></html>
"""


def lines_of(text, pointer):
    return [span.line for span in Folded(text).passages(pointer)]


# Words


def test_the_three_markups_give_the_same_words():
    words = [Folded(text).letters for text in (of_rst(RST), of_markdown(MARKDOWN), of_html(HTML))]
    assert words[0] == words[1] == words[2]
    assert words[0] == "usingasyncaddedinversion20eachrequeststilltiesuponeworkerevenforasyncviewsseeviewapprun"


@pytest.mark.parametrize(("text", "line"), [(of_rst(RST), 8), (of_markdown(MARKDOWN), 6), (of_html(HTML), 3)])
def test_a_passage_has_the_line_of_its_first_word_in_the_file(text, line):
    assert lines_of(text, "each request still ties … even for async views") == [line]


def test_white_space_punctuation_quotes_and_case_do_not_count():
    text = "It’s “said”\n that add_url_rule() — works."
    assert lines_of(text, 'it\'s "SAID" that add url rule … works') == [1]


def test_a_pointer_begins_and_ends_where_words_do():
    assert lines_of("this", "is") == []
    assert lines_of("is it thistle", "this") == []
    assert lines_of("this\nis", "is") == [2]


def test_the_last_words_follow_the_first_within_200_words():
    near = "begin " + "word " * 200 + "end"
    far = "begin " + "word " * 201 + "end"
    assert lines_of(near, "begin … end") == [1]
    assert lines_of(far, "begin … end") == []
    assert lines_of("end begin", "begin … end") == []


def test_a_first_occurrence_without_the_last_words_is_passed_over():
    assert lines_of("begin here\n" + "word " * 300 + "\nbegin again\nend", "begin … end") == [3]


def test_the_digest_depends_on_the_words_between_and_not_on_markup():
    def digest(text):
        folded = Folded(text)
        return folded.digest(next(folded.passages("each request … async views")))

    assert digest(of_rst(RST)) == digest(of_html(HTML))
    assert digest(of_rst(RST)) != digest(of_rst(RST.replace("*ties up*", "*blocks*")))


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.md", '!!! note "A title"\n    Text', "A title Text"),
        ("a.md", "::: tip\nText\n:::", "Text"),
        ("a.mdx", "import X from 'x'\n\n<Tabs>\n<Tab>One</Tab>\n{/* no */}Two</Tabs>", "One Two"),
        ("a.md", "Use `List<String>` & &lt;b&gt;", "Use List<String> <b>"),
        ("a.md", "Read {ref}`the guide <guide>` now", "Read the guide now"),
        ("a.md", "![logo](x.png) Text {#anchor}", "Text"),
        ("a.rst", "See :pep:`492` and `the *page* <https://example.org>`__ [1]_.", "See PEP 492 and the page"),
        ("a.rst", ".. index:: nothing\n.. a comment\n\n.. note:: This counts", "This counts"),
        ("a.py", '"""See :class:`~a.B`."""', "See class a B"),
    ],
)
def test_markup_leaves_what_a_page_shows(name, text, words):
    assert Folded(readings(name, text)[0]).letters == Folded(words).letters


def test_a_docstring_can_be_read_without_its_markup():
    text = '"""The :class:`~flask.Request` object."""'
    assert any(lines_of(way, "the Request object") for way in readings("a.py", text))


@pytest.mark.parametrize("text", ["", "`", "``` ", "[[[[", "<a <b", ":role:`", "{{{", "\x00", "```\nopen", "<!-- open"])
def test_broken_markup_is_read_to_its_end(text):
    for name in ("a.md", "a.rst", "a.html", "a.py"):
        for way in readings(name, text + "\nfine words"):
            Folded(way)


# Tags


@pytest.mark.parametrize(
    ("version", "tags", "package", "tag"),
    [
        ("3.1.3", ["v3.1.2", "v3.1.3"], "flask", "v3.1.3"),
        ("3.1", ["3.1.0", "3.1.2", "3.1.10", "3.2.0"], "flask", "3.1.10"),
        ("2.1", ["rel_2_1_0b3", "rel_2_1_0", "rel_2_0_9"], "sqlalchemy", "rel_2_1_0"),
        ("2.1", ["rel_2_1_0b3"], "sqlalchemy", "rel_2_1_0b3"),
        ("5.x", ["v4.9.9", "v5.2.1", "v5.10.0", "v6.0.0"], "express", "v5.10.0"),
        ("11", ["v11.1.9", "v110.0.0", "@nestjs/cli@11.2.0"], "@nestjs/core", "v11.1.9"),
        ("11", ["@nestjs/cli@11.2.0", "@nestjs/core@11.1.9"], "@nestjs/core", "@nestjs/core@11.1.9"),
        ("2.0.0", ["release-2.0", "2.0.0.post1"], "x", "release-2.0"),
        ("1.0", ["docs-latest", "nightly"], "x", None),
        ("3", ["v31.0.0"], "x", None),
        ("newest", ["v1.0"], "x", None),
    ],
)
def test_the_tag_of_a_release(version, tags, package, tag):
    assert tag_of(version, tags, package) == tag


# Pages


def test_what_an_address_of_github_names():
    blob = "https://github.com/Pallets/flask/blob/3.1.3/docs/api.rst#L4"
    assert (repository_of(blob), ref_and_path(blob)) == ("pallets/flask", "3.1.3/docs/api.rst")
    assert (repository_of("https://github.com/a/b"), ref_and_path("https://github.com/a/b")) == ("a/b", "")
    assert repository_of("https://github.com/a/b/issues/3") is None
    assert repository_of("https://flask.palletsprojects.com/") is None


@pytest.mark.parametrize(
    ("address", "prefix", "path"),
    [
        ("https://docs.org/en/stable/async-await/", "https://docs.org/", "async-await"),
        ("https://docs.org/en/6.1/topics/async/#a", "https://docs.org/", "topics/async"),
        ("https://docs.org/docs/latest/Guide/", "https://docs.org/docs/", "Guide"),
        ("https://docs.org/en/stable/api.html", "https://docs.org/en/stable/", "api.html"),
        ("https://elsewhere.org/en/21/orm/a.html", "https://docs.org/", "orm/a.html"),
    ],
)
def test_the_place_of_a_page_below_its_documentation(address, prefix, path):
    assert page_path(address, prefix) == path


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("async-await/", "docs/async-await.rst"),
        ("guide/hooks.html", "docs/guide/hooks.md"),
        ("tutorial", "docs/tutorial/index.md"),
        ("tutorial/first-steps/", "docs/tutorial/01-first_steps.mdx"),
        ("", "docs/index.md"),
    ],
)
def test_the_file_of_a_page(page, file):
    files = ["docs/async-await.rst", "docs/guide/hooks.md", "docs/index.md", "docs/other/hooks.md"]
    files += ["docs/tutorial/index.md", "docs/tutorial/01-first_steps.mdx", "index.md", "async-await.rst"]
    assert likely(page, files, "docs")[0] == file


# Documents

AT = "each request still ties … async views"


def git(folder, *arguments):
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def documents(tmp_path):
    """A bare repository with two releases and one commit more, in the form that --documents has."""
    work = tmp_path / "work"
    (work / "docs").mkdir(parents=True)
    git(work, "init", "--quiet")
    for tag, files in (
        ("v3.0.9", {"docs/async.rst": "Nothing yet."}),
        ("v3.1.2", {"docs/async.rst": RST, "docs/other.rst": "An OpenAPI of another project.\nswagger\n", "a.py": AT}),
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
        "evidence": [{"version": "3.1", "checked": "2026-11-20", **one} for one in evidence],
    } | changes  # fmt: skip
    return Entry.model_validate(yaml.safe_load(yaml.safe_dump(record).replace("'2026-11-20'", "2026-11-20")))


def cited(documents, source, at, **block):
    record = entry({"source": source, "facts": {"x": {"value": "none", "at": at}}, **block})
    return next(look.citations(Library(documents, {"flask": record}), "flask"))


PAGE = "https://docs.example.org/en/stable/async/"


def test_words_are_found_at_the_tag_of_the_release(documents):
    found = cited(documents, PAGE, AT)
    assert (found.status, found.place.file, found.place.line) == ("found", "docs/async.rst", 8)
    assert found.revision == "v3.1.2 (tag)"


def test_another_release_has_other_words(documents):
    old = cited(documents, PAGE, AT, version="3.0")
    assert (old.status, old.revision) == ("not found", "v3.0.9 (tag)")
    assert cited(documents, PAGE, "all new", version="9.9").revision.endswith("(newest commit)")


def test_words_that_are_not_there_are_not_found_and_the_near_miss_is_named(documents):
    found = cited(documents, PAGE, "each request still … not there")
    assert found.status == "not found"
    assert "docs/async.rst, line 8" in found.why
    assert cited(documents, PAGE, "zebra").why == "not in docs/async.rst, nor elsewhere"


def test_the_ref_in_an_address_wins_over_the_release(documents):
    found = cited(documents, "https://github.com/pallets/flask/blob/v3.0.9/docs/async.rst", "nothing yet")
    assert (found.status, found.revision) == ("found", "v3.0.9 (tag)")


def test_a_file_that_is_not_there_at_its_ref_is_gone(documents):
    found = cited(documents, "https://github.com/pallets/flask/blob/v3.0.9/docs/other.rst", "swagger")
    assert (found.status, found.why) == ("page gone", "no file docs/other.rst")


def test_a_page_without_a_file_is_looked_for_in_all_pages(documents):
    found = cited(documents, "https://docs.example.org/en/stable/generated/", "another project")
    assert (found.status, found.place.file) == ("found", "docs/other.rst")


def test_documents_that_are_not_there_cannot_be_reached(documents):
    assert cited(documents, "https://github.com/a/b/blob/main/x.md", AT).status == "not reachable"
    assert cited(documents, "https://elsewhere.org/x", AT).status == "not reachable"


def test_an_unpacked_folder_is_read_as_well(tmp_path):
    (tmp_path / "pallets+flask" / "docs").mkdir(parents=True)
    (tmp_path / "pallets+flask" / "docs" / "async.rst").write_text(RST)
    found = cited(tmp_path, PAGE, AT)
    assert (found.status, found.place.line, found.revision) == ("found", 8, "an unpacked folder")


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """A registry with one source distribution of Flask 3.1.7, and none of 3.0.0."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, text in (("flask-3.1.7/docs/async.rst", RST), ("flask-3.1.7/setup.py", "raise SystemExit")):
            about = tarfile.TarInfo(name)
            about.size = len(text)
            archive.addfile(about, io.BytesIO(text.encode()))
    content = packed.getvalue()
    file = {"packagetype": "sdist", "url": "sdist", "digests": {"sha256": hashlib.sha256(content).hexdigest()}}
    releases = {"3.0.0": [{"packagetype": "bdist_wheel"}], "3.1.7": [file]}
    monkeypatch.setattr(distributions, "_answer", lambda _: {"releases": releases})
    monkeypatch.setattr(distributions, "get", lambda _: SimpleNamespace(content=content))
    file["at"] = lambda package, version: distributions.distribution(package, version, tmp_path / "kept")
    return file


def test_where_no_repository_is_there_the_source_distribution_is_read(registry, tmp_path):
    record = entry({"source": PAGE, "facts": {"x": {"value": "none", "at": AT}}})
    found = next(look.citations(Library(tmp_path / "empty", {"flask": record}, registry["at"]), "flask"))
    assert (found.status, found.place.file, found.revision) == (
        "found",
        "docs/async.rst",
        "3.1.7 (source distribution)",
    )
    assert not list((tmp_path / "kept").glob(".unpacking*"))


def test_the_source_distribution_goes_before_the_newest_commit_and_not_before_a_tag(registry, documents):
    def revision(version, at):
        facts = {"x": {"value": "none", "at": at}}
        record = entry({"source": PAGE, "version": version, "facts": facts})
        library = Library(documents, {"flask": record}, registry["at"])
        return next(look.citations(library, "flask")).revision

    assert revision("3.1", AT) == "v3.1.2 (tag)"
    assert revision("3.1.7", AT) == "3.1.7 (source distribution)"
    assert revision("3.1.7", "all new").endswith("(newest commit)")


def test_an_archive_with_another_digest_is_refused(registry, tmp_path):
    registry["digests"]["sha256"] = "0" * 64
    with pytest.raises(LabError, match="digest"):
        registry["at"]("pkg:pypi/flask", "3.1.7")
    assert not list(tmp_path.glob("kept/*"))


def test_a_release_that_has_only_wheels_has_no_source_distribution(registry):
    assert registry["at"]("pkg:pypi/flask", "3.0.0") is None


def test_an_absence_is_counted_over_the_whole_documentation(documents):
    meaning = {"at": "an OpenAPI … another project", "reason": "Of another project."}
    fact = {"value": "none", "searched": ["openapi", "swagger", "redoc"], "other-meanings": [meaning]}
    record = entry({"source": PAGE, "facts": {"openapi": fact}})
    counted = next(look.absences(Library(documents, {"flask": record}), "flask"))
    assert (counted.pages, dict(counted.hits)) == (2, {"openapi": 0, "swagger": 1, "redoc": 0})
    assert [(hit.word, hit.file, hit.line) for hit in counted.counted] == [("swagger", "docs/other.rst", 2)]
    assert [hit.word for hit in counted.other] == ["openapi"]


def test_the_command_prints_file_line_and_release(documents, monkeypatch, capsys):
    record = entry({"source": PAGE, "facts": {"x": {"value": "none", "at": AT}, "y": {"value": "none"}}})
    monkeypatch.setattr(command, "entries", lambda: {"flask": ("frameworks", record)})
    assert command.main(["flask", "--documents", str(documents)]) == 0
    printed = capsys.readouterr()
    assert printed.out == "flask: x: found: docs/async.rst:8 at v3.1.2 (tag)\n"
    assert "1 found, 1 of 2 facts without words" in printed.err


def test_a_folder_that_is_not_there_is_refused(capsys):
    with pytest.raises(SystemExit):
        command.main(["--documents", str(Path("not") / "there")])
    assert "is not a folder" in capsys.readouterr().err
