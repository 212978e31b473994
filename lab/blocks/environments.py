"""What the blocks run in: locked requirements for each framework and form, installed once for each lock."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lab.core import python
from lab.core.locked import CommittedLock
from lab.core.paths import CACHE
from lab.core.python import LOCKED, Environment, Interpreter, Lock

LOCKS = Path(__file__).resolve().parent / "locks"
REQUIREMENTS: Mapping[str, tuple[str, ...]] = {
    "django-printed": ("django", "psycopg[binary]", "redis"),
    "django-today": ("django", "psycopg[binary]", "redis", "pytest"),
    "fastapi-printed": (
        "fastapi", "httpx", "sqlalchemy[asyncio]", "aiosqlite", "asyncpg", "databases[aiosqlite]", "python-jose",
        "uvicorn", "gunicorn",
    ),
    "fastapi-today": (
        "fastapi", "email-validator", "httpx2", "sqlalchemy[asyncio]", "aiosqlite", "asyncpg", "pyjwt", "uvicorn",
        "pytest",
    ),
    "flask-printed": (
        "flask", "flask-sqlalchemy", "flask-migrate", "flask-caching", "flask-wtf", "psycopg2-binary", "redis",
        "gunicorn",
    ),
    "flask-today": (
        "flask", "flask-sqlalchemy", "flask-migrate", "flask-caching", "flask-wtf", "psycopg[binary]", "redis",
        "gunicorn", "pytest",
    ),
}  # fmt: skip
"""What is installed, by framework and form. Printed blocks get what they import, with the driver that they mean."""


def interpreter() -> Interpreter:
    """Return the Python that the locks are for; raise LabError if this machine has none."""
    return python.newest(LOCKED, LOCKED)


def _lock_of(name: str) -> CommittedLock:
    return CommittedLock(LOCKS, name, "python", "python -m lab blocks --lock", name)


def lock_file(name: str) -> Path:
    """Return the file of the locked requirements."""
    return _lock_of(name).file


def lock(name: str) -> None:
    """Resolve the newest releases again, and write the lock."""
    _lock_of(name).write(REQUIREMENTS[name], interpreter())


def installed(name: str) -> Environment:
    """Return the environment of a lock, made again if the lock has changed."""
    found = _lock_of(name)
    path = found.installed(CACHE / "blocks", interpreter())
    return Environment(path, interpreter(), Lock(found.file.read_text(encoding="utf-8")))


def versions(name: str) -> dict[str, str]:
    """Return the pinned versions of what a lock's requirements name, and of the libraries that the page shows."""
    pinned = _lock_of(name).versions
    asked = map(python.package_of, REQUIREMENTS[name])
    return {package: pinned[package] for package in sorted({*asked, *_shown(name)} & {*pinned})}


def _shown(name: str) -> tuple[str, ...]:
    return ("pydantic", "starlette") if name.startswith("fastapi") else ("sqlalchemy", "werkzeug", "wtforms", "click")
