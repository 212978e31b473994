"""The items of the contract, and the dependencies that an application asks for: what is read, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.code import contract, dependencies
from macros.reading.folders import Folders

ROOT = Path(__file__).resolve().parents[2]


def test_the_items_are_those_of_the_file_in_its_order(tmp_path):
    file = tmp_path / "items.yml"
    file.write_text("items:\n  two: >-\n    It is\n    `so`.\n  one: Once.\n")
    found, problems = contract.load(file)
    assert (list(found.items.items()), problems) == ([("two", "It is `so`."), ("one", "Once.")], [])


def test_an_item_prints_its_limits_and_refuses_one_that_is_not_there(tmp_path):
    file = tmp_path / "items.yml"
    file.write_text("limits:\n  many: {most: 50000, unit: books, of: it}\nitems:\n  one: 'Up to {many}: `{\"n\"}`.'\n")
    assert contract.load(file)[0].items == {"one": 'Up to 50,000 books: `{"n"}`.'}
    file.write_text("limits:\n  many: {most: 1, unit: books, of: it}\nitems:\n  one: Up to {mny}.\n")
    (problem,) = contract.load(file)[1]
    assert str(problem) == 'lab/books/items.yml:4:3: "mny" is not a limit. Did you mean many? Limits are many.'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "lab/books/items.yml:1:1: The file is missing. Restore it from the repository."),
        ("items: {one: ''}\n", 'lab/books/items.yml:1:9: one "" is empty. Write something or remove the line.'),
        (
            "itmes: {one: Once.}\n",
            "lab/books/items.yml:1:1: itmes is not a key here. Did you mean items? Keys are items, ",
        ),
        ("items:\n  one: Once.\n  one: Twice.\n", "lab/books/items.yml:3:3: one"),
    ],
)
def test_items_that_are_not_in_order_are_problems(tmp_path, text, problem):
    file = tmp_path / "items.yml"
    if text is not None:
        file.write_text(text)
    problems = [str(found) for found in contract.load(file)[1]]
    assert any(found.startswith(problem) for found in problems), problems


def test_the_contract_refers_to_its_items_and_does_not_repeat_them():
    folder = Folders.of(ROOT).items.parent
    text = (folder / "CONTRACT.md").read_text(encoding="utf-8")
    assert "(items.yml)" in text
    found, problems = contract.load(folder / "items.yml")
    assert problems == []
    assert not [item for item, what in found.items.items() if what in text]


def test_folders_name_files_by_their_path_in_the_project(tmp_path):
    folders = Folders.around(tmp_path / "records")
    assert folders.shown(folders.data) == "records"
    assert folders.shown(folders.items) == "lab/books/items.yml"
    assert Folders.of(tmp_path).data == tmp_path / "data"


def test_direct_dependencies_of_python(tmp_path):
    text = "# why\nSQLAlchemy[asyncio]==2.1.9\n\nzope.sqlalchemy==4.1  # transactions\nuvicorn; python_version > '3'\n"
    (tmp_path / "requirements.in").write_text(text)
    (tmp_path / "requirements-test.in").write_text("pytest==9\n")
    assert dependencies.of_python(tmp_path, "x") == (("sqlalchemy", "uvicorn", "zope-sqlalchemy"), [])


def test_direct_dependencies_of_node(tmp_path):
    (tmp_path / "package.json").write_text('{"dependencies": {"zod": "4", "@a/b": "1"}, "devDependencies": {"c": "1"}}')
    assert dependencies.of_node(tmp_path, "x") == (("@a/b", "zod"), [])
    (tmp_path / "package.json").write_text("{}")
    assert dependencies.of_node(tmp_path, "x") == ((), [])


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("requirements.in", "flask==3\n-r other.in\n", 'requirements.in:2:1: "-r other.in" is not a requirement.'),
        ("requirements.in", "flask = 3\n", 'requirements.in:1:1: "flask = 3" is not a requirement.'),
        ("requirements.in", None, "requirements.in:1:1: The file is missing."),
        ("package.json", '{\n "a": }', "package.json:2:7: This is not JSON: "),
        ("package.json", "[]", "package.json:1:1: “dependencies” is not an object."),
        ("package.json", '{"dependencies": ["a"]}', "package.json:1:1: “dependencies” is not an object."),
        ("package.json", None, "package.json:1:1: The file is missing."),
    ],
)
def test_dependencies_that_cannot_be_read_are_problems(tmp_path, name, text, problem):
    if text is not None:
        (tmp_path / name).write_text(text)
    find = dependencies.of_node if name == "package.json" else dependencies.of_python
    (found,) = find(tmp_path, "lab/apps/x")[1]
    assert str(found).startswith(f"lab/apps/x/{problem}")
