"""The setups that are probed: a framework's adapter with packages and a server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Server = Literal["uvicorn", "hypercorn", "gunicorn", "gunicorn-sync", "own", "node"]

SERVERS: dict[Server, tuple[str, ...]] = {
    "uvicorn": ("{python}", "-m", "uvicorn", "{module}:app", "--host", "127.0.0.1", "--port", "{port}"),
    "hypercorn": ("{python}", "-m", "hypercorn", "{module}:app", "--bind", "127.0.0.1:{port}"),
    "gunicorn": (
        *("{python}", "-m", "gunicorn", "{module}:app", "--bind", "127.0.0.1:{port}"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", "4"),
    ),
    "gunicorn-sync": ("{python}", "-m", "gunicorn", "{module}:app", "--bind", "127.0.0.1:{port}"),
    "own": ("{python}", "-m", "{module}", "{port}"),
    "node": ("node", "describe.mjs", "{module}", "{port}"),
}
"""The command of each server; {python}, {module} and {port} are filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What is installed together, how it is served, and which entry of the catalog it represents."""

    id: str
    entry: str
    adapter: str
    requirements: tuple[str, ...]
    server: Server
    variant: str = ""
    decides: bool = True
    """Whether the records of the entry are checked against this setup; bare setups lack extras that records count."""

    @property
    def language(self) -> Literal["python", "node"]:
        """Return what runs it."""
        return "node" if self.server == "node" else "python"

    @property
    def module(self) -> str:
        """Return the adapter's module name, for Python."""
        return f"lab.probes.adapters.{self.adapter}"

    @property
    def adapter_file(self) -> str:
        """Return the path of the adapter from the root of the project."""
        return f"lab/probes/adapters/{self.adapter}.{'mjs' if self.language == 'node' else 'py'}"


def _setup(  # noqa: PLR0913 - the fields of a setup, most of them with a default
    name: str,
    server: Server,
    *requirements: str,
    entry: str = "",
    adapter: str = "",
    variant: str = "",
    decides: bool = True,
) -> Setup:
    entry = entry or name
    return Setup(
        id=name,
        entry=entry,
        adapter=adapter or entry.replace("-", "_"),
        requirements=requirements,
        server=server,
        variant=variant,
        decides=decides,
    )


AIO_LIBS = (
    *("aiohttp", "aiohttp-apischema", "aiohttp-cors", "aiohttp-jinja2", "aiohttp-remotes", "aiohttp-session[secure]"),
    *("aiohttp-sse", "aiojobs[aiohttp]"),
)

FASTIFY_PLUGINS = (
    *("@fastify/awilix", "@fastify/cookie", "@fastify/cors", "@fastify/csrf-protection", "@fastify/formbody"),
    *(
        "@fastify/helmet",
        "@fastify/multipart",
        "@fastify/session",
        "@fastify/sse",
        "@fastify/static",
        "@fastify/swagger",
    ),
    *("@fastify/swagger-ui", "@fastify/view", "@fastify/websocket", "awilix", "ejs", "fastify-cli"),
)

NEST_PACKAGES = (
    *("@nestjs/cli", "@nestjs/common", "@nestjs/core", "@nestjs/event-emitter", "@nestjs/platform-express"),
    *("@nestjs/platform-ws", "@nestjs/serve-static", "@nestjs/swagger", "@nestjs/websockets", "class-transformer"),
    *("class-validator", "ejs", "express-session", "reflect-metadata", "rxjs"),
)
ALL: tuple[Setup, ...] = (
    _setup("aiohttp", "own", *AIO_LIBS),
    _setup("aiohttp-bare", "own", "aiohttp", entry="aiohttp", decides=False),
    _setup("django-asgi", "uvicorn", "django", "uvicorn[standard]", entry="django", variant="asgi"),
    _setup("django-wsgi", "gunicorn", "django", "gunicorn", entry="django", variant="wsgi"),
    _setup("django-ninja", "uvicorn", "django-ninja", "uvicorn[standard]", variant="asgi"),
    _setup(
        *("django-rest-framework", "gunicorn", "djangorestframework", "inflection", "pyyaml", "uritemplate"),
        *("gunicorn",),
        variant="wsgi",
    ),
    _setup("express", "node", "express", "cors", "ejs", "express-generator", "express-session", "multer"),
    _setup("express-bare", "node", "express", entry="express", decides=False),
    _setup(
        "falcon-asgi", "uvicorn", "falcon", "jsonschema", "uvicorn[standard]", entry="falcon", adapter="falcon_asgi"
    ),
    _setup("falcon-wsgi", "gunicorn", "falcon", "jsonschema", "gunicorn", entry="falcon", adapter="falcon_wsgi"),
    _setup("fastapi", "uvicorn", "fastapi[standard]", "itsdangerous"),
    _setup("fastapi-bare", "uvicorn", "fastapi", "uvicorn", entry="fastapi", decides=False),
    _setup("fastify", "node", "fastify", *FASTIFY_PLUGINS),
    _setup("fastify-bare", "node", "fastify", entry="fastify", decides=False),
    _setup("flask", "gunicorn", "flask[async]", "gunicorn"),
    _setup("flask-bare", "gunicorn", "flask", "gunicorn", entry="flask", decides=False),
    _setup("litestar", "uvicorn", "litestar[standard,jinja,cryptography]"),
    _setup("litestar-bare", "uvicorn", "litestar", "uvicorn", entry="litestar", decides=False),
    _setup("masonite", "gunicorn-sync", "masonite-framework[test]", "gunicorn"),
    _setup("nameko", "own", "nameko", "setuptools<81"),
    _setup("nestjs", "node", *NEST_PACKAGES),
    _setup("pyramid", "own", "pyramid", "pyramid-jinja2", "pyramid-openapi3", "waitress", "webtest"),
    _setup("pyramid-bare", "own", "pyramid", "waitress", entry="pyramid", decides=False),
    _setup("quart", "hypercorn", "quart"),
    _setup("quart-uvicorn", "uvicorn", "quart", "uvicorn[standard]", entry="quart"),
    _setup("responder", "own", "responder"),
    _setup("sanic", "own", "sanic[ext]", "sanic-testing", "jinja2", "pydantic"),
    _setup("sanic-bare", "own", "sanic", entry="sanic", decides=False),
    _setup("starlette", "uvicorn", "starlette[full]", "uvicorn[standard]"),
    _setup("starlette-bare", "uvicorn", "starlette", "uvicorn", entry="starlette", decides=False),
    _setup("tornado", "own", "tornado"),
)

CONTROL = Setup(id="broken", entry="broken", adapter="broken", requirements=(), server="own", decides=False)
"""The negative control: a server on the standard library that does everything wrong."""


def by_id(name: str) -> Setup:
    """Return the setup with that id; raise KeyError with all ids if there is none."""
    found = {setup.id: setup for setup in (*ALL, CONTROL)}
    if name not in found:
        raise KeyError(f"{name} is not a setup. Choose from {', '.join(sorted(found))}.")
    return found[name]
