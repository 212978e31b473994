"""What is stated twice says the same, and the code keeps to what ARCHITECTURE.md says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import macros
from macros.catalog import sources
from macros.checks import RULES
from macros.reading.folders import Folders
from macros.views.method import SHOWN, key_tables
from tools import schema_docs

ROOT = Path(__file__).parents[2]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def example(name: str) -> str:
    """Return the record that is in a Markdown file, without its comment."""
    blocks = re.findall(r"```yaml\n(?:#[^\n]*\n)?(.*?)```", text(name), re.DOTALL)
    (found,) = [block for block in blocks if "evidence:" in block]
    return found


@pytest.fixture
def real_questions(tmp_path: Path) -> Path:
    """Return a data folder with the real criteria and no entry."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data/criteria", data / "criteria")
    shutil.copy(ROOT / "data/scales.yml", data)
    (data / "frameworks").mkdir()
    return data


def test_the_example_of_a_record_is_in_order(real_questions, problems_of):
    (real_questions / "frameworks/django.yml").write_text(example("CONTRIBUTING.md"), encoding="utf-8")
    assert problems_of(real_questions) == []
    (entry,) = sources.load(Folders.around(real_questions)).entries
    assert entry.record.evidence[0].facts["async-orm"].since == "4.1"


def test_both_guides_show_the_same_record():
    assert example("docs/contribute.md") == example("CONTRIBUTING.md")


def test_the_messages_that_the_guide_shows_are_those_of_the_checks(real_questions, problems_of):
    shown = re.findall(r"^data/frameworks/django\.yml:\d+:\d+: (.+)$", text("docs/contribute.md"), re.MULTILINE)
    wrong = example("docs/contribute.md").replace("value: partial", "value: some")
    wrong = wrong.replace("async-handlers: built-in", "async-handlers: built-in\n      async-ormm: none")
    (real_questions / "frameworks/django.yml").write_text(wrong, encoding="utf-8")
    assert len(shown) == 2
    assert [line.split(": ", 1)[1] for line in problems_of(real_questions)] == shown


def test_the_generated_files_are_those_of_the_schema():
    assert text("data/README.md") == schema_docs.readme(), "run `make schema`"
    assert text("data/entry.schema.json") == schema_docs.json_schema(), "run `make schema`"


def test_every_key_of_an_entry_is_explained():
    for table, model in zip(key_tables(), SHOWN.values(), strict=True):
        assert [key.name for key in table.keys] == [f.alias or name for name, f in model.model_fields.items()]
        assert all(key.description.endswith(".") for key in table.keys), table.title


def test_every_key_that_the_readme_names_is_in_the_schema():
    named = set(re.findall(r"^\| `([a-z-]+)` \|", text("data/README.md"), re.MULTILINE))
    known = {key.name for table in key_tables() for key in table.keys}
    assert named == known


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_docstring_of_a_rule_is_the_rule(rule):
    said = " ".join((rule.__doc__ or "").split())
    assert said.endswith(".")
    assert len(said) > 25


def test_rules_are_told_apart():
    assert len({rule.__name__ for rule in RULES}) == len({rule.__doc__ for rule in RULES}) == len(RULES)


def test_the_core_runs_without_mkdocs():
    modules = [
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for file in sorted((ROOT / "macros").rglob("*.py"))
        if "plugin" not in file.parts and file.stem != "__init__"
    ]
    program = f"import sys; sys.modules['mkdocs'] = None\nimport {', '.join(['macros', *modules])}"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "docs/contribute.md", "docs/method.md"]
)
def test_commands_that_a_text_names_exist(name):
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)(?=[\s`])", text(name), re.MULTILINE))
    assert named <= targets


def test_pages_call_macros_that_there_are():
    for page in (ROOT / "docs").rglob("*.md"):
        called = re.findall(r"\{\{ (\w+)\(", page.read_text(encoding="utf-8"))
        assert set(called) <= set(macros.MACROS.split()), page.name


def test_templates_fit_into_a_diff():
    """djlint formats them, but breaks no text."""
    files = [*(ROOT / "macros/rendering/templates").rglob("*.html"), *(ROOT / "overrides").rglob("*.html")]
    long = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 120
    ]
    assert long == []
