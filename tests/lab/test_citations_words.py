"""Citations: markup, folding, tags of releases, and the files of pages. No network."""

import pytest

from lab.citations.markup import of_html, of_markdown, of_rst, readings
from lab.citations.pages import likely, page_path, ref_and_path, repository_of
from lab.citations.releases import tag_of
from lab.citations.words import Folded

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
        ("https://docs.org/en/v3.14.1/_sources/index.rst.txt", "https://docs.org/", "index.rst"),
        ("https://elsewhere.org/en/21/orm/a.html", "https://docs.org/", "orm/a.html"),
    ],
)
def test_the_place_of_a_page_below_its_documentation(address, prefix, path):
    assert page_path(address, prefix) == path


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("async-await/", "docs/async-await.rst"),
        ("async-await.rst", "docs/async-await.rst"),
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
