"""The stacks: each has a lock, an adapter that imports only what is installed for it, a floor, and a lane."""

import ast
import json
import re
import sys
from pathlib import Path

import pytest

from lab.bench import environments, servers, trial
from lab.bench.environments import FOLDER, LOCKS, Environment, lock_of
from lab.bench.stacks import SETUPS, STACKS, Setup, Stack
from lab.bench.workloads import WORKLOADS, grown
from lab.core.paths import DATA
from lab.core.python import package_of

ADAPTERS = FOLDER / "adapters"
DISTRIBUTIONS = {"masonite": "masonite-framework", "ninja": "django-ninja", "rest_framework": "djangorestframework"}
"""The packages whose module has another name."""
KIT = {"lab.bench", "lab.bench.rows"}
PROJECT = {"app", "wsgi"}
"""Modules of the project that Masonite creates."""
by_setup = pytest.mark.parametrize("setup", SETUPS.values(), ids=SETUPS)
by_stack = pytest.mark.parametrize("stack", STACKS.values(), ids=STACKS)


def adapter_of(stack: Stack) -> Path:
    return ADAPTERS / f"{stack.adapter}.{'mjs' if stack.language == 'node' else 'py'}"


def family(stack: Stack) -> list[Path]:
    """Return the adapter of a stack and those that it imports."""
    found, waiting = [], [adapter_of(stack)]
    while waiting:
        file = waiting.pop()
        found.append(file)
        text = file.read_text(encoding="utf-8")
        python = (ADAPTERS / f"{name}.py" for name in re.findall(r"lab\.bench\.adapters\.(\w+)", text))
        node = (ADAPTERS / f"{name}.mjs" for name in re.findall(r'"\./(\w+)\.mjs"', text))
        waiting += [other for other in (*python, *node) if other not in found]
    return found


def pinned(setup: Setup) -> dict[str, str]:
    """Return the version of each package in a lock."""
    if setup.language == "python":
        return lock_of(setup).versions
    packages = json.loads(lock_of(setup).file.read_text(encoding="utf-8"))["packages"]
    return {name.removeprefix("node_modules/"): package["version"] for name, package in packages.items()}


@by_setup
def test_a_setup_has_a_lock_with_hashes_and_without_hosts(setup: Setup) -> None:
    text = lock_of(setup).file.read_text(encoding="utf-8")
    assert '"resolved"' not in text
    if setup.language == "python":
        assert "://" not in text
        pins = [line for line in text.splitlines() if line[:1].isalnum()]
        assert pins != []
        assert [line for line in pins if not line.endswith("\\")] == []
        assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", text)) >= len(pins)
        return
    packages = {name: found for name, found in json.loads(text)["packages"].items() if name}
    assert [name for name, found in packages.items() if "integrity" not in found] == []


@by_setup
def test_a_lock_has_what_its_setup_requires(setup: Setup) -> None:
    names = [*map(package_of, setup.requirements)] if setup.language == "python" else [*setup.requirements]
    assert set(names) <= set(pinned(setup))


def test_there_is_no_lock_and_no_adapter_without_a_stack() -> None:
    assert {file.stem for file in LOCKS.iterdir()} == set(SETUPS) == {stack.setup for stack in STACKS.values()}
    used = {file for stack in STACKS.values() for file in family(stack)}
    assert used == {file for file in ADAPTERS.iterdir() if file.suffix in (".py", ".mjs")} - {ADAPTERS / "__init__.py"}


def imported(file: Path) -> set[str]:
    """Return the whole names of the modules that a file of Python imports."""
    found = set[str]()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


@by_stack
def test_an_adapter_imports_only_the_framework_and_the_kit(stack: Stack) -> None:
    locked, strange = pinned(SETUPS[stack.setup]), set[str]()
    for file in family(stack):
        if stack.language == "node":
            names = re.findall(r'(?:from|import) "([^"]+)"', file.read_text(encoding="utf-8"))
            strange |= {name for name in names if not name.startswith(("node:", "./", "../kit.mjs"))} - set(locked)
            continue
        for name in imported(file) - KIT:
            top = name.partition(".")[0]
            package = DISTRIBUTIONS.get(top, top.replace("_", "-"))
            ours = name.startswith("lab.bench.adapters.") or (top in PROJECT and stack.entry == "masonite")
            if not (ours or top in sys.stdlib_module_names or package in locked):
                strange.add(name)
    assert strange == set()


@by_stack
def test_a_stack_is_compared_with_a_floor_of_its_kind(stack: Stack) -> None:
    if not stack.entry:
        assert stack.floor == ""
        return
    floor = STACKS[stack.floor]
    assert floor.entry == ""
    assert floor.interface == stack.interface or (stack.interface, floor.interface) == ("own", "asgi")
    assert stack.interface == "own" or floor.program == stack.program


def test_every_framework_of_the_catalog_is_measured_as_it_recommends() -> None:
    catalog = {file.stem for file in (DATA / "frameworks").glob("*.yml")}
    assert {stack.entry for stack in STACKS.values() if stack.entry} == catalog
    assert {stack.entry for stack in STACKS.values() if stack.entry and "recommended" in stack.lane} == catalog


@by_stack
def test_the_fast_parts_of_a_server_are_installed(stack: Stack) -> None:
    wanted = {"uvicorn": {"uvloop", "httptools"}, "gunicorn-aiohttp": {"uvloop"}}.get(stack.program, set())
    assert wanted <= set(pinned(SETUPS[stack.setup]))


@by_stack
def test_what_a_stack_cannot_do_has_a_reason_with_its_page(stack: Stack) -> None:
    assert set(stack.without) <= set(WORKLOADS)
    assert [reason for reason in stack.without.values() if not re.fullmatch(r"\S.+: https://\S+", reason)] == []


def test_a_stack_declines_a_workload_at_each_size_and_on_each_database() -> None:
    stack = next(stack for stack in STACKS.values() if "middleware" in stack.without)
    assert stack.declines(grown("middleware", 20)) == stack.without["middleware"]
    assert stack.declines(WORKLOADS["row-postgresql"]) == ""


@by_stack
def test_a_server_is_started_for_one_process_in_production(stack: Stack) -> None:
    python = None if stack.language == "node" else Path("/somewhere/bin/python")
    environment = Environment(
        stack=stack, folder=Path("/somewhere"), python=python, lock="", versions={}, runtime="one of them"
    )
    command = servers.command(stack, environment, 18_000)
    assert any("18000" in part for part in command)
    assert not {"--reload", "--debug", "--access-logfile"} & set(command)
    assert [part for part in command if "{" in part] == []
    variables = servers.variables(stack, environment, WORKLOADS["routes"])
    assert variables["NODE_ENV"] == "production"
    assert variables["BENCH_ROUTES"] == "100"
    assert "GUNICORN_CMD_ARGS" not in variables


@pytest.mark.long
def test_a_floor_on_its_real_server_conforms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gunicorn is a package of the tests, so nothing is installed for it."""
    here = Environment(
        stack=STACKS["raw-wsgi"],
        folder=Path(sys.prefix),
        python=Path(sys.executable).absolute(),
        lock="",
        versions={},
        runtime="this Python",
    )
    monkeypatch.setattr(environments, "prepare", lambda stack: here)
    found = trial.tried(STACKS["raw-wsgi"], trial.everything())
    assert {name: kept.wrong for name, kept in found.items() if kept.wrong} == {}
    assert {"routes-1000", "middleware-20", "rows-200", "upload-1024"} <= set(found)
