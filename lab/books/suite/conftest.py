"""What the tests of the suite share: the application under test, its servers, tokens, and the report by item."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest

from lab.books import databases
from lab.books.environments import APPLICATIONS, HOME, Prepared, prepare
from lab.books.instances import EDITOR, PASSWORD, SECRET, STATEMENT, Instance, Stores, served
from lab.books.items import items
from lab.books.sample import as_csv, rows, seed
from lab.books.webhook import Listener
from macros.code import applications

SEED = seed()
SHUFFLED = [f"Sorted {letter}" for letter in "dacbe"]
"""Titles in another order than they are listed in."""
CERTIFICATES = ssl.create_default_context()
"""Read once: each client would read those of all authorities for itself, though it asks by HTTP alone."""
OUTCOMES: dict[str, dict[str, Any]] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--application", required=True, help="the folder below lab/apps/")
    parser.addoption("--folder", default=str(APPLICATIONS), help="where the applications lie")
    parser.addoption("--home", default=str(HOME), help="where they are installed")
    parser.addoption("--database", default="sqlite", choices=databases.NAMES, help="what keeps the books")
    parser.addoption("--only", help="an item of the contract: its tests alone")
    parser.addoption("--report", help="the file to which the outcome of every item is written")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "item(name): the item of the contract that a test belongs to")
    config.addinivalue_line("markers", "absence(name): shows that an item that is declared absent is not there")
    found, problems = applications.load(Path(config.getoption("--folder")))
    name = config.getoption("--application")
    if name not in found:
        raise pytest.UsageError("\n".join([f"no application {name}", *map(str, problems)]))
    config.stash[APPLICATION] = found[name]


APPLICATION = pytest.StashKey[applications.Application]()


def item_of(test: pytest.Item) -> tuple[str, bool]:
    """Return the item of a test, and whether it shows that the item is absent."""
    for mark in test.iter_markers():
        if mark.name in ("item", "absence"):
            return mark.args[0], mark.name == "absence"
    raise pytest.UsageError(f"{test.nodeid} names no item of the contract")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of an item that is declared absent only the test of its absence is run, and of no other."""
    absent = config.stash[APPLICATION].record.absent
    only = config.getoption("--only")
    chosen = [test for test in items if (item_of(test)[0] in absent) == item_of(test)[1]]
    chosen = [test for test in chosen if item_of(test)[0] == only] if only else chosen
    config.hook.pytest_deselected(items=[test for test in items if test not in chosen])
    items[:] = chosen


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = (yield).get_result()  # type: ignore[misc]
    if report.when != "call" and report.passed:
        return
    name, absence = item_of(item)
    outcome = OUTCOMES.setdefault(name, {"outcome": "absent" if absence else "passed", "tests": 0})
    if report.when == "call":
        outcome["tests"] += 1
    if report.failed and outcome["outcome"] != "failed":
        outcome["outcome"] = "failed"
        outcome["reason"] = f"{item.name}: {reason_of(report)}"


def reason_of(report: pytest.TestReport) -> str:
    crash = getattr(report.longrepr, "reprcrash", None)
    lines = (crash.message if crash else str(report.longrepr)).splitlines()
    return " ".join(lines[0].split())[:300] if lines else "failed"


def pytest_sessionfinish(session: pytest.Session) -> None:
    config = session.config
    if not (report := config.getoption("--report")):
        return
    absent = config.stash[APPLICATION].record.absent
    only = config.getoption("--only")
    for name in [only] if only else items():
        if name not in OUTCOMES:
            reason = "declared absent, which the suite can't show for this item" if name in absent else "not tested"
            OUTCOMES[name] = {"outcome": "failed", "tests": 0, "reason": reason}
    Path(report).write_text(json.dumps(OUTCOMES, indent=1), encoding="utf-8")


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> Iterator[databases.Database]:
    with databases.opened(request.config.getoption("--database")) as opened:
        yield opened


@pytest.fixture(scope="session")
def prepared(request: pytest.FixtureRequest, database: databases.Database) -> Prepared:
    home = Path(request.config.getoption("--home"))
    return replace(prepare(request.config.stash[APPLICATION], home), database=database)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("books")


@pytest.fixture(scope="session")
def listener() -> Iterator[Listener]:
    with Listener() as listening:
        yield listening


@pytest.fixture(scope="session")
def stores(prepared: Prepared, folder: Path) -> Stores:
    return Stores(prepared, folder / "stores")


@pytest.fixture(scope="session")
def server(stores: Stores, folder: Path, listener: Listener) -> Iterator[Instance]:
    """The server that most tests share; its store holds the seed."""
    with served(stores, folder / "shared", {"BOOKS_WEBHOOK": listener.url}, SEED) as instance:
        yield instance


@pytest.fixture(scope="session")
def shuffled(stores: Stores, folder: Path) -> Iterator[Instance]:
    """A server whose books were stored in another order than they are listed in; only read."""
    with served(stores, folder / "shuffled", seed=as_csv(rows(SHUFFLED))) as instance:
        yield instance


@pytest.fixture(scope="session")
def western(stores: Stores, folder: Path, listener: Listener) -> Iterator[Instance]:
    """A server west of Greenwich that tells the listener."""
    settings = {"TZ": "America/Los_Angeles", "BOOKS_WEBHOOK": listener.url}
    with served(stores, folder / "western", settings, SEED) as instance:
        yield instance


@pytest.fixture(scope="session")
def eastern(stores: Stores, folder: Path) -> Iterator[Instance]:
    """A server east of Greenwich that tells nobody."""
    with served(stores, folder / "eastern", {"TZ": "Pacific/Auckland"}, SEED) as instance:
        yield instance


@pytest.fixture(scope="session")
def untouched(stores: Stores, folder: Path) -> Iterator[Instance]:
    """A server whose store holds the seed and nothing else; only read."""
    with served(stores, folder / "untouched", seed=SEED) as instance:
        yield instance


Serve = Callable[..., Instance]


@pytest.fixture
def serve(stores: Stores, tmp_path: Path) -> Iterator[Serve]:
    """Start a server of its own for a test: settings by name, `store` the CSV that it begins with."""
    with ExitStack() as stack:

        def start(store: str = SEED, **settings: str) -> Instance:
            return stack.enter_context(served(stores, tmp_path / "own", settings, store))

        yield start


def client_of(instance: Instance, **options: Any) -> httpx.Client:
    return httpx.Client(base_url=instance.url, timeout=30, trust_env=False, verify=CERTIFICATES, **options)


@pytest.fixture
def client(server: Instance) -> Iterator[httpx.Client]:
    """A client without a token."""
    with client_of(server) as opened:
        yield opened


def token(secret: str = SECRET, seconds: float = 600, algorithm: str = "HS256", **claims: Any) -> str:
    """Return a token as the contract describes it; None takes a claim away."""
    now = int(time.time())
    given = {"sub": EDITOR, "iat": now, "exp": now + int(seconds)} | claims
    kept = {name: value for name, value in given.items() if value is not None}
    return jwt.encode(kept, None if algorithm == "none" else secret, algorithm=algorithm)


def bearer(value: str | None = None) -> dict[str, str]:
    return {"Authorization": f"Bearer {value or token()}"}


@pytest.fixture
def editor(server: Instance) -> Iterator[httpx.Client]:
    """A client with a token that the server has given."""
    with client_of(server) as opened:
        answer = opened.post("/api/token", json={"username": EDITOR, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        opened.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        yield opened


class Statements:
    """Counts the SELECT statements that the database runs inside a `with` block."""

    def __init__(self, server: Instance) -> None:
        self.server = server

    def __enter__(self) -> Statements:
        self.before = len(self.server.trace)
        return self

    def __exit__(self, *_: object) -> None:
        self.all = self.server.trace[self.before :]
        self.selects = sum(1 for statement in self.all if STATEMENT.match(statement))


@pytest.fixture
def statements(server: Instance) -> Callable[[], Statements]:
    return lambda: Statements(server)


def is_problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    """Assert that the answer is a problem (RFC 9457) with that status, and return it."""
    assert answer.status_code == status, f"{answer.status_code}: {answer.text[:200]}"
    assert answer.headers["content-type"].partition(";")[0].strip() == "application/problem+json"
    assert not [word for word in TOLD if word in answer.text], answer.text[:300]
    problem: dict[str, Any] = answer.json()
    assert problem["status"] == status
    assert isinstance(problem["title"], str)
    assert problem["title"]
    return problem


def fields_of(answer: httpx.Response) -> set[str]:
    """Return the fields that a refusal names; each entry has a message."""
    errors = is_problem(answer, 422)["errors"]
    assert all(error["message"] for error in errors)
    return {error["field"] for error in errors}


def is_websocket(request: pytest.FixtureRequest) -> bool:
    """Return whether the application says that its `/live` is a WebSocket."""
    return bool(request.config.stash[APPLICATION].record.live == "websocket")


def eventually(condition: Callable[[], Any], seconds: float = 10.0) -> Any:
    """Return what the condition returns, once it is true; fail after some seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds:g} s")


def settled(figure: Callable[[], int], pause: float = 0.5) -> int:
    """Return the figure once it is the same at two looks, some seconds apart."""
    seen, now = -1, figure()
    while now != seen:
        time.sleep(pause)
        seen, now = now, figure()
    return now


LEAKS = ("Traceback", "sqlite", "SQL", "SELECT", "no such table", "psycopg", 'relation "', "published", "author_id",
         ".py", ".js", "    at ")  # fmt: skip
"""What an answer to a broken store must not tell."""
TOLD = ("Traceback", "sqlite", "psycopg", "SELECT ", "INSERT ", "UPDATE ", "UNIQUE constraint", "violates unique",
        ".py:", ".js:")  # fmt: skip
"""What no answer tells: statements, messages of a driver, lines of code."""


def requests_of(server: Instance, request_id: str) -> list[dict[str, object]]:
    """Return the lines of the log that are JSON and carry the id."""
    found = []
    for line in server.log.splitlines():
        if request_id in line and line.lstrip().startswith("{"):
            found.append(json.loads(line))
    return [line for line in found if line.get("request_id") == request_id]


@pytest.fixture(scope="session")
def broken(stores: Stores, folder: Path) -> Iterator[Instance]:
    """A server whose tables have been taken away while it ran."""
    with served(stores, folder / "broken", seed=SEED) as own:
        with client_of(own) as first:
            assert first.get("/api/books").status_code == 200
        own.store.drop_tables()
        yield own
