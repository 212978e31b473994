"""What is wrong in data/ or docs/ ends a build in words, with the place, and leaves nothing half-written."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tools import preview

LINE = re.compile(r"^data/[a-z0-9./-]+\.yml:\d+:\d+: .+\.$")


def problems_in(output: str) -> list[str]:
    """Return the lines that name a place in data/."""
    return [line for line in output.splitlines() if line.startswith("data/")]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the data that a test may break."""
    return Path(shutil.copytree(preview.ROOT / "data", tmp_path / "data"))


def test_broken_records_end_the_build_with_every_problem_at_once(data, tmp_path):
    flask = data / "frameworks" / "flask.yml"
    text = flask.read_text(encoding="utf-8")
    flask.write_text(text.replace("\nsummary: ", "\nsumary: ").replace("async-orm: ", "async-ormm: "), encoding="utf-8")
    (data / "orms" / "sqlalchemy.yml").write_text("name: [\n", encoding="utf-8")
    (data / "servers" / "uvicorn.yml").write_bytes(b"name: \xff\xfe\n")
    target = tmp_path / "site"
    target.mkdir()
    (target / "index.html").write_text("the site of yesterday", encoding="utf-8")

    done = preview.build(target, FIELD_GUIDE_DATA=str(data))

    said = done.stdout + done.stderr
    found = problems_in(said)
    assert done.returncode == 1, said
    assert "Traceback" not in said
    assert [line for line in found if not LINE.match(line)] == []
    assert {line.split(":")[0] for line in found} == {
        "data/frameworks/flask.yml",
        "data/orms/sqlalchemy.yml",
        "data/servers/uvicorn.yml",
    }
    assert any("Did you mean summary?" in line for line in found), said
    assert f"{len(found)} problems" in said
    assert [file.name for file in target.iterdir()] == ["index.html"], "the site of yesterday stays"
    assert (target / "index.html").read_text(encoding="utf-8") == "the site of yesterday"


def test_the_place_is_that_of_the_key(data, tmp_path):
    record = data / "frameworks" / "django.yml"
    lines = record.read_text(encoding="utf-8").splitlines()
    at, line = next((index, line) for index, line in enumerate(lines) if re.match(r" +[a-z-]+: built-in$", line))
    lines[at] = line.replace("built-in", "bilt-in")
    record.write_text("\n".join(lines) + "\n", encoding="utf-8")

    done = preview.build(tmp_path / "site", FIELD_GUIDE_DATA=str(data))

    (found,) = problems_in(done.stdout + done.stderr)
    column = len(line) - len(line.lstrip()) + 1
    assert found.startswith(f"data/frameworks/django.yml:{at + 1}:{column}: ")
    assert '"bilt-in"' in found
    assert "Did you mean built-in?" in found
    assert "1 problem. Nothing was built." in done.stderr
    assert done.returncode == 1
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("call", "parts"),
    [
        ('{{ matrix("asnc") }}', ['{{ matrix("asnc") }}', 'no matrix "asnc"', "Did you mean async?"]),
        ('{{ entry_table("orm") }}', ['{{ entry_table("orm") }}', 'no kind "orm"', "Did you mean orms?"]),
        ('{{ use_case("ml-servin") }}', ['{{ use_case("ml-servin") }}', "Did you mean ml-serving?"]),
        ('{{ picker("framework") }}', ['{{ picker("framework") }}', "Did you mean frameworks?"]),
        ("{{ undefined_name }}", ["undefined_name"]),
        ("{{ matrx() }}", ["matrx"]),
        ('{{ matrix("async" }}', ["stacks.md"]),
    ],
)
def test_a_wrong_macro_in_a_page_ends_the_build_and_names_the_page(repository, tmp_path, call, parts):
    page = repository / "docs" / "stacks.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\n{call}\n", encoding="utf-8")

    done = preview.build(tmp_path / "site", repository)

    said = done.stdout + done.stderr
    assert done.returncode != 0, said
    assert "stacks.md" in said, said
    assert "Traceback" not in said or "is undefined" in said, (
        "mkdocs-macros prints one for what is undefined, nothing else does"
    )
    assert [part for part in parts if part not in said] == [], said
    assert list((tmp_path / "site").rglob("*.html")) == []


def test_a_link_that_leads_nowhere_ends_a_strict_build(repository, tmp_path):
    page = repository / "docs" / "method.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[x](nowhere.md) [y](index.md#nowhere)\n", encoding="utf-8")
    done = preview.build(tmp_path / "site", repository)
    assert done.returncode == 1
    assert "nowhere.md" in done.stderr


def test_template_syntax_in_data_is_never_run(data, tmp_path):
    flask = data / "frameworks" / "flask.yml"
    text = flask.read_text(encoding="utf-8")
    flask.write_text(text.replace("name: Flask\n", 'name: "{{ 7 * 7 }}"\n'), encoding="utf-8")
    done = preview.build(tmp_path / "site", FIELD_GUIDE_DATA=str(data))
    (found,) = problems_in(done.stdout + done.stderr)
    assert done.returncode == 1
    assert found.startswith("data/frameworks/flask.yml:1:1: ")
    assert "template syntax" in found
