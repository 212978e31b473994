"""What is measured: a framework's adapter with a server, and the packages that are installed for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lab.bench.servers import Program
    from lab.bench.workloads import Workload

Language = Literal["python", "node"]
Lane = Literal["same", "recommended"]
Interface = Literal["asgi", "wsgi", "node", "own"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What is installed together: its name is the name of its lock."""

    id: str
    entry: str
    """The entry of the catalog whose Python it runs on; empty for servers without a framework."""
    language: Language
    requirements: tuple[str, ...]
    """The first one is the framework."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A framework on a server."""

    id: str
    entry: str
    """The entry of the catalog; empty for a floor."""
    title: str
    setup: str
    adapter: str
    program: Program
    language: Language
    lane: frozenset[Lane]
    """`same`: on the server that all of its kind share; `recommended`: on the server that its documentation names."""
    server: str
    """The server in words."""
    interface: Interface
    floor: str
    """The stack without a framework that it is compared with; empty for a floor."""
    without: Mapping[str, str] = field(default_factory=dict)
    """The workloads that it cannot serve, with the reason and the page that says so."""
    callgrind: bool = True
    """Whether its instructions can be counted."""

    def declines(self, workload: Workload) -> str:
        """Return why the stack does not serve a workload; empty if it does."""
        name = workload.id
        return self.without.get(name) or self.without.get(name.partition("-")[0], "")


_WSGI_ONLY = "A WSGI application receives no WebSocket: https://peps.python.org/pep-3333/"
_DJANGO = "Django serves HTTP only: https://docs.djangoproject.com/en/6.1/howto/deployment/asgi/"
_EXPRESS = "Neither the application nor the list of middleware has it: https://expressjs.com/en/resources/middleware"
_MASONITE_STREAM = (
    "A body is joined before it is sent: "
    "https://github.com/masonitedev/masonite/blob/v5.4.1/src/masonite/response/response.py"
)
_MASONITE_BODY = "A request gives inputs, but no raw body: https://docs.masonite.dev/the-basics/request/"
_NAMEKO_WEBSOCKET = (
    "Its WebSocket speaks remote calls in JSON only: "
    "https://github.com/nameko/nameko/blob/v2.14.1/nameko/web/websocket.py"
)
_TORNADO = (
    "There is no middleware, handlers override methods: "
    "https://www.tornadoweb.org/en/stable/guide/structure.html#overriding-requesthandler-methods"
)
_EVENTLET = "eventlet's server, one process"
_DRIVERS = ("aiosqlite", "asyncpg", "psycopg[binary,pool]")
_NODE_DRIVERS = ("better-sqlite3", "pg")
_ASGI, _WSGI = "uvicorn[standard]", "gunicorn"
_NEST = (
    *("@nestjs/common", "@nestjs/platform-express", "@nestjs/platform-fastify", "@nestjs/platform-ws"),
    *("@nestjs/websockets", "@fastify/view", "class-transformer", "class-validator", "ejs", "reflect-metadata", "rxjs"),
)
BOTH: frozenset[Lane] = frozenset({"same", "recommended"})
SAME: frozenset[Lane] = frozenset({"same"})
RECOMMENDED: frozenset[Lane] = frozenset({"recommended"})

WORDS: Mapping[Program, str] = {
    "uvicorn": "Uvicorn with uvloop and httptools, one process",
    "gunicorn": "Gunicorn, one gthread worker of 4 threads",
    "gunicorn-aiohttp": "Gunicorn, one worker of aiohttp with uvloop",
    "hypercorn": "Hypercorn, one worker",
    "waitress": "Waitress, 4 threads",
    "node": "node:http, one process",
    "own": "its own server, one process",
}
_INTERFACES: Mapping[Program, Interface] = {
    "uvicorn": "asgi",
    "hypercorn": "asgi",
    "gunicorn": "wsgi",
    "waitress": "wsgi",
    "node": "node",
}
_FLOORS: Mapping[Program, str] = {
    "uvicorn": "raw-asgi",
    "hypercorn": "raw-asgi-hypercorn",
    "gunicorn": "raw-wsgi",
    "waitress": "raw-wsgi-waitress",
    "node": "raw-node",
}


def _python(name: str, *requirements: str, entry: str | None = None) -> Setup:
    wanted = (*requirements, *_DRIVERS)
    return Setup(id=name, entry=name if entry is None else entry, language="python", requirements=wanted)


def _node(name: str, *requirements: str) -> Setup:
    return Setup(id=name, entry="", language="node", requirements=(*requirements, *_NODE_DRIVERS, "ws"))


SETUPS: Mapping[str, Setup] = {
    setup.id: setup
    for setup in (
        _python("raw-python", _ASGI, _WSGI, "hypercorn", "waitress", entry=""),
        _node("raw-node"),
        _python("starlette", "starlette", _ASGI, "jinja2", "pydantic"),
        _python("fastapi", "fastapi", _ASGI, "jinja2"),
        _python("flask", "flask", _WSGI, "marshmallow"),
        _python("aiohttp", "aiohttp", "aiohttp-jinja2", "pydantic", _WSGI, "uvloop"),
        _python("django", "django", _ASGI, _WSGI),
        _python("django-ninja", "django-ninja", _ASGI, _WSGI),
        _python("django-rest-framework", "djangorestframework", _WSGI),
        _python("falcon", "falcon", _ASGI, _WSGI, "jsonschema", "jinja2"),
        _python("litestar", "litestar[jinja]", _ASGI),
        _python("masonite", "masonite-framework", _WSGI),
        _python("nameko", "nameko", "jinja2", "marshmallow", "setuptools<81"),
        _python("pyramid", "pyramid", "pyramid-jinja2", "colander", _WSGI, "waitress"),
        _python("quart", "quart", "quart-schema[pydantic]", "hypercorn", _ASGI),
        _python("responder", "responder", _ASGI),
        _python("sanic", "sanic", "sanic-ext", "jinja2", "pydantic", _ASGI),
        _python("tornado", "tornado", "pydantic"),
        _node("express", "express", "ejs", "zod"),
        _node("fastify", "fastify", "@fastify/view", "@fastify/websocket", "ejs"),
        _node("nestjs", "@nestjs/core", *_NEST),
    )
}


def _stack(  # noqa: PLR0913 - the fields of a stack, most of them with a default
    name: str,
    title: str,
    program: Program,
    lane: frozenset[Lane],
    *,
    entry: str | None = None,
    setup: str = "",
    adapter: str = "",
    without: Mapping[str, str] | None = None,
    server: str = "",
    floor: str | None = None,
) -> Stack:
    entry = name if entry is None else entry
    setup = setup or entry
    declined = dict(without or {})
    if _INTERFACES.get(program) == "wsgi":
        declined.setdefault("websocket", _WSGI_ONLY)
    return Stack(
        id=name,
        entry=entry,
        title=title,
        setup=setup,
        adapter=adapter or setup.replace("-", "_"),
        program=program,
        language=SETUPS[setup].language,
        lane=lane,
        server=server or WORDS[program],
        interface=_INTERFACES.get(program, "own"),
        floor=_FLOORS.get(program, "raw-asgi") if floor is None else floor,
        without=declined,
        callgrind=program not in ("node", "hypercorn"),
    )


def _floor(name: str, title: str, program: Program, adapter: str, setup: str = "raw-python") -> Stack:
    return _stack(name, title, program, BOTH, entry="", setup=setup, adapter=adapter, floor="")


_FLOOR_STACKS = (
    _floor("raw-asgi", "ASGI without a framework", "uvicorn", "raw_asgi"),
    _floor("raw-asgi-hypercorn", "ASGI without a framework, Hypercorn", "hypercorn", "raw_asgi"),
    _floor("raw-wsgi", "WSGI without a framework", "gunicorn", "raw_wsgi"),
    _floor("raw-wsgi-waitress", "WSGI without a framework, Waitress", "waitress", "raw_wsgi"),
    _floor("raw-node", "node:http without a framework", "node", "raw_node", "raw-node"),
)
_FRAMEWORK_STACKS = (
    _stack("starlette", "Starlette", "uvicorn", BOTH),
    _stack("fastapi", "FastAPI", "uvicorn", BOTH),
    _stack("fastapi-sync", "FastAPI, handlers with def", "uvicorn", BOTH, entry="fastapi", adapter="fastapi_sync"),
    _stack("flask", "Flask", "gunicorn", BOTH),
    _stack("aiohttp", "aiohttp", "own", RECOMMENDED),
    _stack("aiohttp-gunicorn", "aiohttp on Gunicorn", "gunicorn-aiohttp", RECOMMENDED, entry="aiohttp"),
    _stack("django-wsgi", "Django, WSGI", "gunicorn", BOTH, entry="django", adapter="django_wsgi"),
    _stack(
        "django-asgi",
        "Django, ASGI",
        "uvicorn",
        BOTH,
        entry="django",
        adapter="django_asgi",
        without={"websocket": _DJANGO},
    ),
    _stack(
        "django-ninja-wsgi", "Django Ninja, WSGI", "gunicorn", BOTH, entry="django-ninja", adapter="django_ninja_wsgi"
    ),
    _stack(
        *("django-ninja-asgi", "Django Ninja, ASGI", "uvicorn", BOTH),
        entry="django-ninja",
        adapter="django_ninja_asgi",
        without={"websocket": _DJANGO},
    ),
    _stack("django-rest-framework", "Django REST framework", "gunicorn", BOTH),
    _stack("falcon-wsgi", "Falcon, WSGI", "gunicorn", BOTH, entry="falcon", adapter="falcon_wsgi"),
    _stack("falcon-asgi", "Falcon, ASGI", "uvicorn", BOTH, entry="falcon", adapter="falcon_asgi"),
    _stack("litestar", "Litestar", "uvicorn", BOTH),
    _stack("masonite", "Masonite", "gunicorn", BOTH, without={"download": _MASONITE_STREAM, "upload": _MASONITE_BODY}),
    _stack("nameko", "Nameko", "own", RECOMMENDED, server=_EVENTLET, without={"websocket": _NAMEKO_WEBSOCKET}),
    _stack("pyramid", "Pyramid", "gunicorn", SAME),
    _stack("pyramid-waitress", "Pyramid on Waitress", "waitress", RECOMMENDED, entry="pyramid"),
    _stack("quart", "Quart", "uvicorn", SAME),
    _stack("quart-hypercorn", "Quart on Hypercorn", "hypercorn", RECOMMENDED, entry="quart"),
    _stack("responder", "Responder", "uvicorn", BOTH),
    _stack("sanic", "Sanic", "own", RECOMMENDED),
    _stack("sanic-asgi", "Sanic on Uvicorn", "uvicorn", SAME, entry="sanic"),
    _stack("tornado", "Tornado", "own", RECOMMENDED, without={"middleware": _TORNADO}),
    _stack("express", "Express", "node", BOTH, without={"websocket": _EXPRESS}),
    _stack("fastify", "Fastify", "node", BOTH),
    _stack("nestjs", "NestJS on Express", "node", BOTH, adapter="nestjs_express"),
    _stack("nestjs-fastify", "NestJS on Fastify", "node", BOTH, entry="nestjs", adapter="nestjs_fastify"),
)
STACKS: Mapping[str, Stack] = {stack.id: stack for stack in (*_FLOOR_STACKS, *_FRAMEWORK_STACKS)}
"""Every stack by its id, the floors first."""
