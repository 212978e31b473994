"""Regions of an application: their marks, what they cost, what two of them share."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.code import applications, regions
from macros.code import files as code_files
from macros.code.imports import package_of
from macros.code.regions import Code
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
    parts = [f"# region {task}\napp = {index}\n# endregion\n" for index, task in enumerate(TASKS)]
    (home / "books" / "all.py").write_text("\n".join(parts))
    return home


def source(path: str, text: str) -> code_files.Source:
    return code_files.Source(path, text, code_files.language_of(path), True)


def read(folder: Path) -> tuple[Code, list[str]]:
    codes, problems = regions.load(folder.parent)
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


def test_names_of_python_are_those_from_outside_and_members_of_modules():
    text = (
        "import jwt\nimport os.path\nfrom flask import Blueprint as B, request\nfrom books.models import db\n"
        "from . import here\n\napi = B(jwt.encode, jwt)\ndb.x(request.args)\nos.getcwd()\n"
    )
    found = source("a.py", text).names
    assert found == {7: {"flask.Blueprint", "jwt.encode", "jwt"}, 8: {"flask.request"}, 9: {"os.path.getcwd"}}
    assert source("a.py", text).imports == {1, 2, 3, 4, 5}


def test_names_of_javascript_are_those_from_outside_and_their_members():
    text = (
        'import Fastify, { type Reply as R } from "fastify";\nimport * as fs from "node:fs";\n'
        'import { db } from "./db.js";\nconst { z } = require("zod");\n\n'
        'const app = Fastify({ a: db.b }); // fs.c\nfs.readFile("fs.x", z.string());\nconst r: R = x.fs;\n'
    )
    found = source("a.ts", text).names
    assert found == {6: {"fastify"}, 7: {"fs.readFile", "zod:z.string"}, 8: {"fastify:Reply"}}


@pytest.mark.parametrize(
    ("name", "package"),
    [("flask.Blueprint", "flask"), ("csv.writer", ""), ("fs.readFile", ""), ("zod:z.string", "zod"),
     ("@fastify/jwt", "@fastify/jwt"), ("@nestjs/common:Module", "@nestjs/common"), ("crypto:randomUUID", "")],
)  # fmt: skip
def test_the_package_of_a_name(name, package):
    assert package_of(name) == package


def test_code_that_python_cannot_read_is_a_problem(folder):
    (folder / "books" / "new.py").write_text("def f[T](x: T) -> T:\n    return x\n")
    problems = read(folder)[1]
    assert len(problems) == 1
    assert problems[0].startswith("lab/apps/flask/books/new.py:1:")
    assert problems[0].endswith("Write it in the syntax of Python 3.11.")


def test_a_region_is_shown_without_its_indentation_and_coloured_as_in_its_file():
    text = 'def f():\n    # region live\n    x = """\n    <b>\n    """\n\n    if x:\n        pass\n    # endregion\n'
    found = regions.Region("live", source("a.py", text), 3, 8)
    assert found.text.splitlines()[0] == 'x = """'
    plain = [re.sub("<[^>]+>", "", line) for line in found.html]
    assert plain == ["x = &#34;&#34;&#34;", "&lt;b&gt;", "&#34;&#34;&#34;", "", "if x:", "    pass"]
    assert found.html[1] == '<span class="s">&lt;b&gt;</span>'
    assert found.lines == 5
