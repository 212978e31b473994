"""The setups that are probed: a framework's adapter with packages and a server."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from lab.core.python import package_of
from lab.probes.servers import SERVERS, Program, Server


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
    framework: str = ""
    """The package of the framework; the first requirement, if nothing is given."""

    @property
    def language(self) -> Literal["python", "node"]:
        """Return what runs it."""
        return "node" if self.server == "node" else "python"

    @property
    def package(self) -> str:
        """Return the name of the framework's package, as the environment lists it; empty if there is none."""
        if self.framework or self.language == "node" or not self.requirements:
            return self.framework or next(iter(self.requirements), "")
        return package_of(self.requirements[0])

    @property
    def program(self) -> Program:
        """Return the server that serves it."""
        return SERVERS[self.server]

    @property
    def alone(self) -> Setup | None:
        """Return the setup of the same server and packages without the framework; None if the two are one."""
        if self.program.alone is None:
            return None
        adapter, server = self.program.alone
        return replace(self, id=f"{self.id}-alone", adapter=adapter, server=server, variant="")

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
    framework: str = "",
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
        framework=framework,
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
    _setup("nameko", "own-eventlet", "nameko", "setuptools<81"),
    _setup("nestjs", "node", *NEST_PACKAGES, framework="@nestjs/core"),
    _setup("pyramid", "waitress", "pyramid", "pyramid-jinja2", "pyramid-openapi3", "waitress", "webtest"),
    _setup("pyramid-bare", "waitress", "pyramid", "waitress", entry="pyramid", decides=False),
    _setup("quart", "hypercorn", "quart"),
    _setup("quart-uvicorn", "uvicorn", "quart", "uvicorn[standard]", entry="quart"),
    _setup("responder", "own-uvicorn", "responder"),
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
