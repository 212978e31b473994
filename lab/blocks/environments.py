"""What the blocks run in: locked requirements for each framework and form, installed once for each lock."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lab.core import python
from lab.core.errors import LabError
from lab.core.output import write_text
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


def lock_file(name: str) -> Path:
    """Return the file of the locked requirements."""
    return LOCKS / f"{name}.txt"


def lock(name: str) -> None:
    """Resolve the newest releases again, and write the lock."""
    write_text(lock_file(name), python.resolve(REQUIREMENTS[name], interpreter()).text)


def installed(name: str) -> Environment:
    """Return the environment of a lock, made again if the lock has changed."""
    if not lock_file(name).is_file():
        raise LabError(f"{name} has no lock file. Run: python -m lab blocks --lock")
    lock_ = Lock(lock_file(name).read_text(encoding="utf-8"))
    path = CACHE / "blocks" / f"{name}-{lock_.digest[:12]}"
    if not (path / "complete").is_file():
        python.make(path, lock_, interpreter())
        (path / "complete").touch()
    return Environment(path, interpreter(), lock_)


def versions(name: str) -> dict[str, str]:
    """Return the pinned versions of what a lock's requirements name, and of the libraries that the page shows."""
    pinned = Lock(lock_file(name).read_text(encoding="utf-8")).versions
    asked = map(python.package_of, REQUIREMENTS[name])
    return {package: pinned[package] for package in sorted({*asked, *_shown(name)} & {*pinned})}


def _shown(name: str) -> tuple[str, ...]:
    return ("pydantic", "starlette") if name.startswith("fastapi") else ("sqlalchemy", "werkzeug", "wtforms", "click")
