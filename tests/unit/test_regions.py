"""Regions of an application: their marks, what they cost, what two of them share."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from macros.code import application_code, applications, regions
from macros.code import files as code_files
from macros.code.application_code import ApplicationCode
from macros.code.tasks import TASKS
from macros.schema.applications import CONCEPTS

CONCEPT_LINES = "\n".join(f"  {name}: app" for name in CONCEPTS)
PROCFILE = "web: a\nrelease: b\nimport: c\nhello: d\ntest: e\n"


@pytest.fixture
def folder(tmp_path):
    """An application of one file, with a region for every task."""
    home = tmp_path / "flask"
    (home / "books").mkdir(parents=True)
    (home / "app.yml").write_text(f'uses: Nothing\npython: "3.11"\nlive: websocket\nconcepts:\n{CONCEPT_LINES}\n')
    (home / "Procfile").write_text(PROCFILE)
    (home / "requirements.in").write_text("flask==3.1.3\n")
    parts = [f"# region {task}\napp = {index}\n# endregion\n" for index, task in enumerate(TASKS)]
    (home / "books" / "all.py").write_text("\n".join(parts))
    return home


def source(path: str, text: str) -> code_files.Source:
    return code_files.Source(path, text, code_files.language_of(path))


def read(folder: Path) -> tuple[ApplicationCode, list[str]]:
    codes, problems = application_code.load(folder.parent)
    return codes["flask"], list(map(str, problems))


def test_every_task_has_its_lines(folder):
    code, problems = read(folder)
    assert problems == []
    assert {task: cost.lines for task, cost in code.costs.items()} == dict.fromkeys(TASKS, 1)
    first = code.of("routing")[0]
    assert (first.file, first.first, first.last, first.text) == ("books/all.py", 6, 6, "app = 1")
    assert (code.whole.lines, code.whole.files) == (len(TASKS) + 5, 2)


def test_what_is_wrong_with_marks_is_said_with_its_line(folder):
    (folder / "books" / "bad.py").write_text("# region rowting\n# region errors\nx = 1\n# endregion\n# endregion\n")
    (folder / "books" / "open.py").write_text("# region live\nx = 1\n")
    (folder / "books" / "all.py").write_text("# region routing\napp = 1\n# endregion\n")
    problems = read(folder)[1]
    path = "lab/apps/flask/books"
    assert f"{path}/bad.py:1:1: “rowting” is not a task. They are {', '.join(TASKS)}." in problems
    assert f"{path}/bad.py:2:1: The region of line 1 has not ended. End it before." in problems
    assert f"{path}/bad.py:5:1: This endregion ends nothing. Remove it, or begin a region above." in problems
    assert f"{path}/open.py:1:1: This region has no end. Put endregion in a comment behind it." in problems
    missing = [line for line in problems if "No file has a region" in line]
    assert len(missing) == len(TASKS) - 2


def test_an_absent_task_needs_no_region(folder):
    absent = "absent:\n  live: {reason: It has none., source: 'https://example.com/'}\n"
    (folder / "app.yml").write_text((folder / "app.yml").read_text() + absent)
    whole = (folder / "books" / "all.py").read_text()
    (folder / "books" / "all.py").write_text(
        whole.replace("# region live\n", "").replace("app = 11\n# endregion", "app = 11")
    )
    code, problems = read(folder)
    assert problems == []
    assert "live" not in code.costs


def test_a_procfile_without_a_process_and_concepts_without_a_name_are_problems(folder):
    (folder / "Procfile").write_text("web: a\n")
    text = (folder / "app.yml").read_text().replace("  route: app\n", "  rote: app\n")
    (folder / "app.yml").write_text(text.replace("  command: app", "  command: {name: app, none: There is none.}"))
    problems = applications.load(folder.parent)[1]
    said = "\n".join(map(str, problems))
    assert "has no line “release: …”" in said
    assert "rote is not a concept. They are application, route," in said
    assert "Write either what it is called, or none: and the reason." in said
    assert "Not answered: route. Add each of them, or none: and the reason." in said


def test_tests_locks_and_generated_files_are_not_counted(folder):
    for name in ("tests/test_all.py", "migrations/env.py", "hello.py", "pytest.ini"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("app = 1\n")
    (folder / "app.yml").write_text((folder / "app.yml").read_text() + "generated: [migrations]\n")
    code, _ = read(folder)
    assert {source.path for source in code.sources if source.counted} == {"Procfile", "books/all.py"}


@pytest.mark.parametrize(
    ("path", "text", "lines"),
    [
        ("a.py", '"""Says what.\n\nAt length.\n"""\n\nx = 1  # one\n# two\n', {6}),
        ("a.py", 'def f():\n    """One."""\n    return """\n    two\n    """\n', {1, 3, 4, 5}),
        ("a.js", "// one\nconst a = 1; // two\n/* three\n   four */\nf(`\n`);\n", {2, 5, 6}),
        ("a.html", "{# one #}\n<!-- two -->\n<p>{{ x }}</p>\n", {3}),
        ("Procfile", "# one\nweb: x\n\n", {2}),
        ("a.py", "# region errors\nx = 1\n# endregion\n", {2}),
    ],
)
def test_lines_that_count(path, text, lines):
    assert source(path, text).code == lines


def test_own_modules_of_an_application_are_those_of_its_files(folder):
    (folder / "config").mkdir()
    (folder / "config" / "__init__.py").write_text("")
    (folder / "wsgi.py").write_text(
        "import config.web\nimport books.all\nimport other\nconfig.web.X, books.all, other.Y\n"
    )
    code, _ = read(folder)
    assert {name.text for name in code.whole.names} == {"other.Y"}
    assert code.whole.packages == {"other"}


def test_names_and_imports_of_a_region_are_those_of_its_lines(folder):
    text = "import jwt\n# region authentication\nimport csv\nx = jwt.encode(csv.reader)\n# endregion\njwt.decode\n"
    (folder / "books" / "token.py").write_text(text)
    code, _ = read(folder)
    cost = code.costs["authentication"]
    assert {name.text for name in cost.names} == {"jwt.encode", "csv.reader"}
    assert (cost.lines, cost.files, cost.packages) == (2, 2, {"jwt"})


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("new.py", "def f(:\n    pass\n", "new.py:1:7: The Python that begins here cannot be parsed."),
        ("old.py", "x = 1\nprint 'x'\n", "old.py:2:1: The Python that begins here cannot be parsed."),
        ("new.js", "const a = ;\n", "new.js:1:9: The JavaScript that begins here cannot be parsed."),
        ("new.ts", "let a: = 1;\n", "new.ts:1:6: The TypeScript that begins here cannot be parsed."),
    ],
)
def test_code_that_cannot_be_read_is_a_problem(folder, path, text, message):
    (folder / "books" / path).write_text(text)
    problems = read(folder)[1]
    assert problems == [f"lab/apps/flask/books/{message} Correct its syntax."]


@pytest.mark.parametrize("text", ["def f[T](x: T) -> T: ...\n", "x = t'{a}'\n", "f'{f'{a}'}'\n"])
def test_the_syntax_of_a_newer_python_than_the_site_has_is_read(folder, text):
    (folder / "books" / "new.py").write_text(f"import a\n{text}")
    assert read(folder)[1] == []


def test_a_region_is_shown_without_its_indentation_and_coloured_as_in_its_file():
    text = 'def f():\n    # region live\n    x = """\n    <b>\n    """\n\n    if x:\n        pass\n    # endregion\n'
    found = regions.Region("live", source("a.py", text), 3, 8)
    assert found.text.splitlines()[0] == 'x = """'
    plain = [re.sub("<[^>]+>", "", line) for line in found.html.split("\n")]
    assert plain == ["x = &#34;&#34;&#34;", "&lt;b&gt;", "&#34;&#34;&#34;", "", "if x:", "    pass"]
    assert found.html.split("\n")[1] == '<span class="s">&lt;b&gt;</span>'
    assert found.lines == 5


@pytest.mark.parametrize(
    ("file", "text", "shown"),
    [
        ("a.py", "x.list = list(id=1)", "x.list = [nb list](id=[m 1])"),
        ("a.py", "@app.get(1)", "[nd @app.get]([m 1])"),
        ("a.py", "f'<{x}>'", "[s f'<{]x[s }>']"),
        ("a.py", "é = '\"é\"'  # <é>", "é = [s '\"é\"']  [c # <é>]"),
        ("a.py", "class AError(ValueError): ...", "[k class] [nc AError]([ne ValueError]): ..."),
        ("a.py", "def f(): return not None", "[k def] [nf f](): [k return] [ow not] [k None]"),
        ("a.py", "def (:", "[k def] (:"),
        ("a.js", "`a${b}`", "[s `a${]b[s }`]"),
        ("a.ts", "@A() class B { c() {} }", "[nd @A]() [k class] [nc B] { [nf c]() {} }"),
    ],
)
def test_what_has_a_colour_is_told_by_the_syntax_tree(file, text, shown):
    html = re.sub(r'<span class="(\w+)">(.*?)</span>', r"[\1 \2]", str(source(file, text).html))
    assert unescape(html) == shown


def test_a_text_over_several_lines_that_is_no_docstring_counts():
    assert source("a.py", 'run(\n    """\n    SELECT 1\n    """\n)\n').code == {1, 2, 3, 4, 5}
    assert source("a.py", 'def f():\n    """One.\n\n    Two."""\n    return """\na\n"""\n').code == {1, 5, 6, 7}
