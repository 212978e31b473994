"""The servers of the setups: how each is started, whose release it has, and how it serves without a framework."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

Server = Literal[
    "uvicorn", "hypercorn", "gunicorn", "gunicorn-sync", "waitress", "node", "own", "own-uvicorn", "own-eventlet"
]
"""`own` is a server that is a part of the framework; `own-uvicorn` and the like are started by the framework."""

OWN = ("{python}", "-m", "{module}", "{port}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A server as setups use it."""

    command: tuple[str, ...]
    """What starts it; {python}, {module} and {port} are filled in."""
    package: str | None = None
    """The package whose release it has; None if it is a part of the framework or of the runtime."""
    alone: tuple[str, Server] | None = None
    """The adapter that uses no framework, and the server that serves it; None if it is a part of the framework."""
    only_with: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Capabilities that it has only if one of some packages is installed."""


WEBSOCKET = {"websocket": ("websockets", "wsproto")}

SERVERS: Mapping[Server, Program] = {
    "uvicorn": Program(
        command=("{python}", "-m", "uvicorn", "{module}:app", "--host", "127.0.0.1", "--port", "{port}"),
        package="uvicorn",
        alone=("bare_asgi", "uvicorn"),
        only_with=WEBSOCKET,
    ),
    "hypercorn": Program(
        command=("{python}", "-m", "hypercorn", "{module}:app", "--bind", "127.0.0.1:{port}"),
        package="hypercorn",
        alone=("bare_asgi", "hypercorn"),
    ),
    "gunicorn": Program(
        command=(
            *("{python}", "-m", "gunicorn", "{module}:app", "--bind", "127.0.0.1:{port}"),
            *("--worker-class", "gthread", "--workers", "1", "--threads", "4"),
        ),
        package="gunicorn",
        alone=("bare_wsgi", "gunicorn"),
    ),
    "gunicorn-sync": Program(
        command=("{python}", "-m", "gunicorn", "{module}:app", "--bind", "127.0.0.1:{port}"),
        package="gunicorn",
        alone=("bare_wsgi", "gunicorn-sync"),
    ),
    "waitress": Program(
        command=("{python}", "-m", "waitress", "--listen=127.0.0.1:{port}", "{module}:app"),
        package="waitress",
        alone=("bare_wsgi", "waitress"),
    ),
    "node": Program(command=("node", "describe.mjs", "{module}", "{port}"), alone=("bare_node", "node")),
    "own": Program(command=OWN),
    "own-uvicorn": Program(command=OWN, package="uvicorn", alone=("bare_asgi", "uvicorn"), only_with=WEBSOCKET),
    "own-eventlet": Program(command=OWN, package="eventlet", alone=("bare_eventlet", "own-eventlet")),
}
"""Every server by the name that a setup gives it."""
