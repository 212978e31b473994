"""Environments: what a lock pins, and how the tools that make one fail. No network."""

import sys
import time

import pytest

from lab.core import node, python, tools
from lab.core.errors import LabError, RefusedError
from lab.core.python import Lock


def test_a_lock_knows_what_it_pins():
    lock = Lock(
        "flask==3.1.3 \\\n    --hash=sha256:aa\njinja2==3.1.6 ; python_version < '4' \\\n    --hash=sha256:bb\n"
    )
    assert lock.versions == {"flask": "3.1.3", "jinja2": "3.1.6"}


@pytest.mark.parametrize(
    ("complaint", "kind"),
    [
        ("No solution found when resolving dependencies", RefusedError),
        ("Failed to build `x`: error sending request for url (https://example.org/x)", LabError),
        ("something else", LabError),
    ],
)
def test_a_refusal_is_not_taken_for_a_failure_of_the_network(complaint, kind):
    with pytest.raises((RefusedError, LabError)) as raised:
        tools.run([sys.executable, "-c", f"import sys; sys.exit({complaint!r})"])
    assert type(raised.value) is kind
    assert "example.org" not in str(raised.value)


def test_a_command_that_hangs_is_ended():
    start = time.monotonic()
    with pytest.raises(LabError, match="took more than"):
        tools.run([sys.executable, "-c", "import time; time.sleep(60)"], seconds=0.5)
    assert time.monotonic() - start < 10


def test_requirements_are_pinned_by_name():
    assert python.pinned(["FastStream[kafka]", "flask"], {"faststream": "0.7.8"}) == [
        "FastStream[kafka]==0.7.8",
        "flask",
    ]


def test_sqlite_for_node_is_compiled_once(tmp_path, monkeypatch):
    compiled = []

    def compile_it(command, *, cwd, seconds):
        compiled.append(cwd)
        built = cwd / "node_modules" / "better-sqlite3" / "build" / "Release" / "better_sqlite3.node"
        built.parent.mkdir(parents=True)
        built.write_text(f"compiled for {cwd.name}")

    monkeypatch.setattr(node, "CACHE", tmp_path / "kept")
    monkeypatch.setattr(node, "found", lambda program: str(tmp_path / "bin" / program))
    monkeypatch.setattr(node, "version_of_node", lambda: "20.20.2")
    monkeypatch.setattr(node, "run", compile_it)
    folders = {name: tmp_path / name for name in ("first", "second", "newer", "without")}
    for name, folder in folders.items():
        package = folder / "node_modules" / "better-sqlite3"
        (folder if name == "without" else package).mkdir(parents=True)
        if package.is_dir():
            (package / "package.json").write_text(f'{{"version": "{2 if name == "newer" else 1}.0.0"}}')
        for _ in range(2):
            node.complete_sqlite(folder)
    built = "node_modules/better-sqlite3/build/Release/better_sqlite3.node"
    assert [folder.name for folder in compiled] == ["first", "newer"]
    assert (folders["second"] / built).read_text() == "compiled for first"
    assert not (folders["without"] / "node_modules").exists()
